"""数量: how much came in, and what of it is not counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.records import EXCLUDED, Outside, Record, is_named
from liaison.oversight.figures.results import Result, count, share
from liaison.oversight.figures.world import World

NOT_A_TICKET = {Outside.MERGED, Outside.SPLIT}
HOT = 5


def voices(world: World) -> Result:
    return count(one for one in world.said() if not one.is_extract)


def tickets_all(world: World) -> Result:
    return count(one for one in world.raised() if one.outside not in NOT_A_TICKET)


def tickets(world: World) -> Result:
    return count(world.cohort())


def excluded(world: World) -> Result:
    known = [one for one in world.raised() if one.is_countable or one.outside in EXCLUDED]
    reasons = Counter(one.outside.value for one in world.raised() if one.outside and one.outside not in NOT_A_TICKET)
    return replace(share(known, lambda one: not one.is_countable), parts=dict(reasons))


def on_spot(world: World) -> Result:
    return share(world.cohort(), lambda one: one.is_on_spot)


def hot_tickets(world: World) -> Result:
    """By number of voices: those on which five or more have come together."""
    voices = Counter(one.lead.key for one in world.voices)
    found: list[Record] = [one for one in world.cohort() if voices[one.key] >= HOT]
    return count(found, voices={one.number: voices[one.key] for one in filter(is_named, found)})


VOLUME = (
    Figure("voices", _l("诉求件次"), _l("本期提出的诉求，含已并案和不计入的"), View.COHORT, voices),
    Figure("tickets_all", _l("事项总数"), _l("本期提出的事项，不含已并案的和已拆分的原件"), View.COHORT, tickets_all),
    Figure("tickets", _l("受理事项"), _l("事项总数减去转出、移交、撤回、作废和表扬"), View.COHORT, tickets),
    Figure("excluded_share", _l("排除占比"), _l("转其他渠道、移交、撤回 ÷（它们＋受理事项）"), View.COHORT, excluded),
    Figure("onspot_share", _l("当场解决率"), _l("当场解决 ÷ 受理事项"), View.COHORT, on_spot),
    Figure("hot_tickets", _l("集中反映"), _l("五条以上诉求并在一起的受理事项"), View.COHORT, hot_tickets),
)
