"""我的看板: what one person brought in and what came of it. Pure; his own matters, compared with nobody's.

What students rated is not in it: of few ratings he would know whose they are, he was there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.catalogue import BY_NAME
from liaison.oversight.figures.figure import Figure
from liaison.oversight.figures.records import Outside, Record
from liaison.oversight.figures.showing import FACTS, Line, line
from liaison.oversight.figures.telling import is_due, ready_at
from liaison.oversight.figures.world import Said, World
from workflows.ticket_states import State

FATES: tuple[tuple[Any, Callable[[Record], bool]], ...] = (  # the first that holds
    (_l("还在办"), lambda lead: lead.is_countable and lead.handled is None and lead.state is not State.LONG_TERM),
    (_l("按计划推进"), lambda lead: lead.is_countable and lead.handled is None),
    (_l("答复已解决"), lambda lead: lead.is_countable and lead.is_claimed),
    (_l("暂不能办"), lambda lead: lead.is_countable),
    (_l("转其他渠道"), lambda lead: lead.outside is Outside.REDIRECTED),
    (_l("撤回、移交或表扬"), lambda lead: True),
)
PARTS: tuple[tuple[Any, str], ...] = (
    (_l("提出"), "voices.cohort tickets.cohort excluded_share.cohort onspot_share.cohort"),
    (
        _l("办理"),
        "answered_final.cohort closed_rate.cohort response_on_time.cohort on_time_final.cohort wait_median.cohort"
        " open_stock.stock overdue_stock.stock plan_stock.stock",
    ),
    (
        _l("解决：说的与核实的"),
        "claimed_over_countable.cohort claimed_over_handled.cohort explained_over_closed.cohort"
        " verified_over_countable.cohort checks_passed.cohort reopened_tickets.cohort recurrence_over_claimed.cohort",
    ),
    (
        _l("告知"),
        "told_over_outcome.cohort told_over_voices.cohort told_wait_median.cohort filer_told.cohort debts.stock",
    ),
)


def named(figure: Figure) -> Figure:
    """The figure as it is printed of his own: nothing restricted is in it, and small numbers are plain."""
    return replace(figure, is_confidential=False)


OWN: dict[str, Figure] = {name: named(BY_NAME[name]) for _words, names in PARTS for name in names.split()}


def facts(world: World) -> list[Line]:
    """The four facts, of what he brought in."""
    return [line(OWN[f"{key}.cohort"], world) for key in FACTS]


def known(world: World) -> Line:
    """已知悉: of what is closed, what he has opened the answer of."""
    return line(OWN["filer_told.cohort"], world)


def parts(world: World) -> list[tuple[Any, list[Line]]]:
    return [(words, [line(OWN[name], world) for name in names.split()]) for words, names in PARTS]


def owed(world: World) -> list[Said]:
    """Voices whose answer is there to be told; the oldest first."""
    return sorted((one for one in world.voices if is_due(one)), key=lambda one: (ready_at(one), one.key))


def asked(world: World) -> list[Said]:
    """Voices on whose matter the office waits for a word of the one who brought it in."""
    return [one for one in world.voices if one.own.state is State.INFO_NEEDED]


def fates(world: World) -> list[tuple[Any, list[Said]]]:
    """What he brought in in the period, by what came of it, the newest first; what is empty is left out."""
    found: dict[int, list[Said]] = {n: [] for n in range(len(FATES))}
    for one in reversed(world.said()):
        found[next(n for n, (_words, holds) in enumerate(FATES) if holds(one.lead))].append(one)
    return [(FATES[n][0], those) for n, those in found.items() if those]


def in_his_words(world: World, record: Record) -> Record:
    """A matter into which his own was merged, as the one he knows."""
    his = next((one.own for one in world.voices if one.lead is record), record)
    return replace(his, state=record.state)
