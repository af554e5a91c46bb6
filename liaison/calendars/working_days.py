"""The statutory calendar: Monday–Friday − State Council holidays + shifted workdays (domain.md §4.4).

Days are Chinese days (`core.clock` turns moments into them). Each year is laid out once as a sorted
row of working days, so a due date is two look-ups, however long the limit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from workflows.engine import Labelled

# The notice for a year appears in the autumn before it. The library goes on computing after the last
# notice it knows, without bridge days and shifts; the rules want Monday–Friday there, marked 暂定.
LAST_PUBLISHED_YEAR = 2026
CALENDAR_VERSION = f"{LAST_PUBLISHED_YEAR}-1"  # year of the last table, edition; frozen on tickets


class DayKind(Labelled):
    """Why a day counts or does not."""

    WORKDAY = "workday", "工作日"
    SHIFTED = "shifted", "调休上班"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "节假日"


COUNTING = frozenset({DayKind.WORKDAY, DayKind.SHIFTED})


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a limit: does it count, why, and is that final?"""

    day: date
    kind: DayKind
    counts: bool
    is_provisional: bool


def kind_of(day: date) -> DayKind:
    off, shifted = _table(day.year)
    if day in shifted:
        return DayKind.SHIFTED
    if day in off:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY


def is_working_day(day: date) -> bool:
    return kind_of(day) in COUNTING


def is_provisional(day: date) -> bool:
    """Lies beyond the last published table: Monday–Friday for now, recomputed once (§4.4 rule 4)."""
    return day.year > LAST_PUBLISHED_YEAR


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`, which itself does not count (§4.4 rule 1).

    n = 0 is "the same day": `day`, or the next working day when nobody works on it.
    """
    if n < 0:
        raise ValueError("counts forward only; see working_day_before")
    year, days = day.year, _working_days(day.year)
    at = bisect_right(days, day) + n - 1 if n else bisect_left(days, day)
    while at >= len(days):
        at -= len(days)
        year += 1
        days = _working_days(year)
    return days[at]


def working_day_before(day: date, n: int = 1) -> date:
    """The n-th working day before `day`, n ≥ 1."""
    if n < 1:
        raise ValueError("counts backward from one")
    year, at = day.year, bisect_left(_working_days(day.year), day) - n
    while at < 0:
        year -= 1
        at += len(_working_days(year))
    return _working_days(year)[at]


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1)


def working_days_between(after: date, until: date) -> int:
    """How many working days lie in (after, until]; 0 when `until` is not later."""
    if until <= after:
        return 0
    whole_years = sum(len(_working_days(year)) for year in range(after.year, until.year))
    return whole_years + _so_far(until) - _so_far(after)


def red_day(due: date) -> date:
    """From this day a missed due day is red: the first working day after it (§4.4 rule 5)."""
    return next_working_day(due)


def amber_day(due: date, is_one_day: bool = False) -> date:
    """From this day a due day is amber: the last working day before it (§4.4 rule 5).

    For one-day limits it is the day itself (rulings §13).
    """
    return due if is_one_day else working_day_before(due)


def counted_days(start: date, due: date) -> list[CountedDay]:
    """Every day after the event up to the due day, for the page that shows which days were counted."""
    days = (start + timedelta(days=n) for n in range(1, (due - start).days + 1))
    return [CountedDay(day, kind, kind in COUNTING, is_provisional(day)) for day in days for kind in [kind_of(day)]]


@cache
def _table(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and shifted workdays of a year; both empty beyond the published tables."""
    if year > LAST_PUBLISHED_YEAR:
        return frozenset(), frozenset()
    # Loading it takes half a second and 10 MB: the first due date pays, not every command.
    from holidays import country_holidays

    published = country_holidays("CN", years=year)
    return frozenset(published), frozenset(day for day in published.weekend_workdays if day.year == year)


@cache
def _working_days(year: int) -> tuple[date, ...]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return tuple(day for day in days if day.year == year and is_working_day(day))


def _so_far(day: date) -> int:
    """Working days of its year up to and including it."""
    return bisect_right(_working_days(day.year), day)
