"""快慢: replies, limits kept, waits and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from liaison.core import clock
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.deadlines import Deadline
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.records import Record, is_named
from liaison.oversight.figures.results import Result, count, quantile, share
from liaison.oversight.figures.signing import Signing, signing_of
from liaison.oversight.figures.survival import Span
from liaison.oversight.figures.world import Ripe, Said, World
from workflows.ticket_states import State

Due = Callable[[Deadline], Any]
OLDEST = 10
BANDS = (5, 10, 20, 60)  # working days: up to each, and beyond
HALF, THREE_QUARTERS, NINE_TENTHS = Fraction(1, 2), Fraction(3, 4), Fraction(9, 10)


def response_on_time(world: World) -> Result:
    limits = [(one, one.response_due) for one in world.cohort()]
    return share(
        limits,
        lambda it: it[0].replied_at is not None and it[0].replied_at <= it[1],
        is_due=lambda it: world.is_passed(it[1]),
    )


def on_time(due: Due, handled: Callable[[Record], Any], of: Callable[[World], Ripe]) -> Any:
    """`handled` by `due`, of those whose limit has passed; open and late ones are in the denominator."""

    def counted(world: World) -> Result:
        known = of(world)
        found = share(known.ripe, lambda it: (done := handled(it[0])) is not None and done.at <= due(it[1]))
        return replace(found, not_due=known.not_due, left_out={"away": known.away} if known.away else {})

    return counted


def extended(world: World) -> Result:
    return share(world.due(), lambda one: one.first is not None and one.first.is_extended)


def response(part: Fraction) -> Callable[[World], Result]:
    return lambda world: quantile(world.replies(), part)


def wait(part: Fraction) -> Callable[[World], Result]:
    return lambda world: quantile(world.waits(), part)


def told_wait(world: World) -> Result:
    owed = [one for one in world.said() if one.is_owed]
    return quantile([(one, _told(one, world.scope.as_of)) for one in owed], HALF)


def _told(one: Said, as_of: date) -> Span:
    """Natural days from raising to telling; who cannot be reached is counted up to the day that was noted."""
    end = one.told_at or one.unreachable_at
    day = clock.local(end).date() if end else as_of
    return Span((day - clock.local(one.raised_at).date()).days, one.told_at is not None)


def signed(world: World) -> Result:
    """Each dispatch of the period with the signing that followed it."""
    return share(
        _signings(world), lambda one: one[2] is not None and one[2] <= one[1], is_due=lambda one: _is_due(one, world)
    )


def _is_due(signing: Signing, world: World) -> bool:
    return world.is_passed(signing[1])


def _signings(world: World) -> list[Signing]:
    """(ticket, until when, when): one working day after each dispatch; in hours where hours run."""
    return [signing_of(record, event) for record, event in world.events("dispatch", "designate")]


def open_stock(world: World) -> Result:
    stock = world.stock()
    plans = [one for one in stock if one.state is State.LONG_TERM]
    ages = world.ages()
    named = sorted(filter(is_named, stock), key=lambda one: (-ages[one.key], one.key))
    oldest = {one.number: ages[one.key] for one in named[:OLDEST]}
    return count(stock, bands=_bands(ages.values()), plans=len(plans), oldest=oldest)


def _bands(ages: Iterable[int]) -> dict[str, int]:
    """Counts by age, each band up to its last working day."""
    names = [f"{low + 1}–{high}" if low else f"≤{high}" for low, high in zip((0, *BANDS), BANDS, strict=False)]
    found = dict.fromkeys([*names, f">{BANDS[-1]}"], 0)
    for age in ages:
        at = next((n for n, high in enumerate(BANDS) if age <= high), len(BANDS))
        found[list(found)[at]] += 1
    return found


def overdue_stock(world: World) -> Result:
    return share(world.stock(), lambda one: _is_overdue(one, world))


def _is_overdue(one: Record, world: World) -> bool:
    if one.state is State.LONG_TERM:
        return one.milestones_missed
    return one.present is not None and world.is_passed(one.present.due)


def plan_stock(world: World) -> Result:
    return share([one for one in world.stock() if one.state is State.LONG_TERM], lambda one: not one.milestones_missed)


def _on_time(key: str, name: Any, words: Any, due: Due, handled: Callable[[Record], Any]) -> tuple[Figure, Figure]:
    """Over the due set for the monthly return, over the cohort for the dashboard: the same formula."""
    return (
        Figure(key, name, words, View.DUE, on_time(due, handled, World.ripe_due)),
        Figure(key, name, words, View.COHORT, on_time(due, handled, World.ripe_cohort)),
    )


SPEED = (
    Figure(
        "response_on_time", _l("响应率"), _l("期限内有首次答复 ÷ 答复期限已到的受理事项"), View.COHORT, response_on_time
    ),
    Figure(
        "response_median",
        _l("首次答复用时（中位）"),
        _l("提出到首次答复的工作日，未答复的按截至当日计"),
        View.COHORT,
        response(HALF),
    ),
    Figure(
        "response_p90",
        _l("首次答复用时（九成）"),
        _l("提出到首次答复的工作日，未答复的按截至当日计"),
        View.COHORT,
        response(NINE_TENTHS),
    ),
    Figure("sign_on_time", _l("签收及时率"), _l("期限内签收 ÷ 签收期限已到的交办次数"), View.FLOW, signed),
    *_on_time(
        "on_time_final",
        _l("按期办结率"),
        _l("最后一次办理不晚于期限 ÷ 期限已到的事项；期限含暂停和延期"),
        lambda one: one.due,
        lambda one: one.handled,
    ),
    *_on_time(
        "on_time_first",
        _l("首次按期率"),
        _l("首次办理不晚于期限 ÷ 期限已到的事项"),
        lambda one: one.due,
        lambda one: one.first_handling,
    ),
    *_on_time(
        "on_time_unpaused",
        _l("不计暂停按期率"),
        _l("期限去掉暂停的工作日以后，再算按期"),
        lambda one: one.unpaused,
        lambda one: one.handled,
    ),
    *_on_time(
        "on_time_original",
        _l("原时限按期率"),
        _l("按延期以前的期限，再算按期"),
        lambda one: one.original,
        lambda one: one.handled,
    ),
    Figure("extension_rate", _l("延期率"), _l("延期过的 ÷ 本期到期的事项"), View.DUE, extended),
    Figure(
        "wait_median",
        _l("群众等待（中位）"),
        _l("提出到最后一次办理的工作日，在办的按截至当日计"),
        View.COHORT,
        wait(HALF),
    ),
    Figure(
        "wait_p75",
        _l("群众等待（四分之三）"),
        _l("提出到最后一次办理的工作日，在办的按截至当日计"),
        View.COHORT,
        wait(THREE_QUARTERS),
    ),
    Figure(
        "wait_p90",
        _l("群众等待（九成）"),
        _l("提出到最后一次办理的工作日，在办的按截至当日计"),
        View.COHORT,
        wait(NINE_TENTHS),
    ),
    Figure(
        "told_wait_median",
        _l("告知等待（中位）"),
        _l("提出到告知的自然日，逐条诉求，未告知的按截至当日计"),
        View.COHORT,
        told_wait,
    ),
    Figure("open_stock", _l("在办存量"), _l("截至当日还没有最终答复的受理事项，含长期推进"), View.STOCK, open_stock),
    Figure("overdue_stock", _l("超期在办"), _l("期限已过的 ÷ 在办存量；长期推进只看节点"), View.STOCK, overdue_stock),
    Figure("plan_stock", _l("长期推进"), _l("节点没有错过的 ÷ 长期推进的事项"), View.STOCK, plan_stock),
)
