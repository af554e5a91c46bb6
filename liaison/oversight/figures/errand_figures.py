"""移交、协办、督办: what others than the lead unit owed, and whether it came in time."""

from __future__ import annotations

from dataclasses import replace

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.errands import Errand, Sort
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.results import Result, share
from liaison.oversight.figures.world import World


def handoff_receipt(world: World) -> Result:
    """Numbers only: what was handed over names nothing."""
    found = _in_time(world, [one for one in world.errands(Sort.HANDOFF) if world.scope.holds(one.began_at)])
    return replace(found, counted=(), others=())


def co_on_time(world: World) -> Result:
    return _in_time(world, [one for one in world.errands(Sort.CO) if one.gone_at is None and world.is_due_in(one.due)])


def orders(world: World) -> Result:
    issued = [one for one in world.errands(Sort.ORDER) if world.scope.holds(one.began_at)]
    unanswered = sum(one.done_at is None and one.gone_at is None for one in issued)
    return replace(_in_time(world, issued), parts={"issued": len(issued), "open": unanswered})


def _in_time(world: World, errands: list[Errand]) -> Result:
    return share(errands, lambda one: one.is_in_time, is_due=lambda one: world.is_passed(one.due))


ERRANDS = (
    Figure(
        "handoff_receipt",
        _l("移交签收率"),
        _l("24小时内有回执 ÷ 移交满24小时的次数"),
        View.FLOW,
        handoff_receipt,
        is_confidential=True,
    ),
    Figure("co_on_time", _l("协办按期率"), _l("期限内答复 ÷ 本期到期的协办，免除的不计"), View.DUE, co_on_time),
    Figure("orders", _l("督办按期回复率"), _l("期限内回复 ÷ 本期下达且期限已到的督办单"), View.FLOW, orders),
)
