"""派单: did it go to the right unit at once, and how often did it come back."""

from __future__ import annotations

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.deadlines import DISPATCHES
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.results import Result, count, share
from liaison.oversight.figures.world import World


def accuracy(world: World) -> Result:
    return share((one for one in world.cohort() if one.was_dispatched), _kept)


def _kept(one: Record) -> bool:
    return not (one.hops or "uphold_return" in one.done)


def return_rate(world: World) -> Result:
    sent, upheld, refused = (world.events(*moves) for moves in (DISPATCHES, ["uphold_return"], ["reject_return"]))
    return Result(len(upheld), len(sent), parts={"refused": len(refused)}, counted=upheld)


def hops(world: World) -> Result:
    moved = [one for one in world.cohort() if one.hops]
    number = sum(one.hops for one in moved)
    return Result(number, None, parts={"tickets": len(moved)}, counted=moved)


def designated(world: World) -> Result:
    return count(world.events("designate"))


HANDING = (
    Figure(
        "dispatch_accuracy", _l("派单准确率"), _l("首次交办的单位一直办到底的 ÷ 交办过的事项"), View.COHORT, accuracy
    ),
    Figure("return_rate", _l("退回率"), _l("同意退回的次数 ÷ 交办次数；驳回的另列"), View.FLOW, return_rate),
    Figure("hops", _l("改派次数"), _l("换到另一个主办单位的次数"), View.COHORT, hops),
    Figure("designated", _l("指定承办数"), _l("本期指定承办的次数"), View.FLOW, designated),
)
