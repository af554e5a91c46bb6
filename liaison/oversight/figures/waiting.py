"""承办与等待: how long the units had it, and what the whole wait was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.deadlines import DISPATCHES
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.results import Result, quantile
from liaison.oversight.figures.survival import Span
from liaison.oversight.figures.world import World, memo
from liaison.tickets.models.work import Ledger

CUSTODY = Ledger.CUSTODY.value
HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)


def custody(part: Fraction) -> Callable[[World], Result]:
    return lambda world: quantile(custodies(world), part)


@memo
def custodies(world: World) -> list[tuple[Record, Span]]:
    """Of each ticket and unit that had it: its working days there; whoever still has it is as old as on that day."""
    spans = []
    for one, shares in world.shares():
        units = {event.data.get("lead") for event in one.events if event.move in DISPATCHES}
        days: dict[object, int] = dict.fromkeys(units, 0)
        for share in shares:
            if share.whose == CUSTODY and share.unit in days:
                days[share.unit] += share.days
        has_it = one.is_open and one.handled is None and one.present is not None
        spans += [(one, Span(spent, not (has_it and unit == one.unit_id))) for unit, spent in days.items()]
    return spans


def wait_split(world: World) -> Result:
    """All days of waiting of the cohort, by whose time they were: they add up."""
    parts = Counter[str]()
    for _one, shares in world.shares():
        for share in shares:
            parts[share.whose] += share.days
    return Result(parts.total(), None, parts=dict(parts), counted=world.cohort())


WAITING = (
    Figure(
        "custody_median",
        _l("承办用时（中位）"),
        _l("每件在每个主办单位手里的工作日，还在手里的按截至当日计"),
        View.COHORT,
        custody(HALF),
    ),
    Figure(
        "custody_p90",
        _l("承办用时（九成）"),
        _l("每件在每个主办单位手里的工作日，还在手里的按截至当日计"),
        View.COHORT,
        custody(NINE_TENTHS),
    ),
    Figure(
        "wait_split",
        _l("等待构成"),
        _l("全部等待的工作日＝党政办公室＋承办部门＋各种暂停"),
        View.COHORT,
        wait_split,
    ),
)
