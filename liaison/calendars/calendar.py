"""The calendar as one value that never changes: which days count, and the n-th of them (domain.md §4.4).

Days are Chinese days (`core.clock` turns moments into them). Each year is laid out once as a sorted row
of the days that count, so a due date is two look-ups, however long the limit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from workflows.engine import Labelled


class CalendarKind(Labelled):
    """Which days a limit counts."""

    NATURAL = "natural", "自然日"
    STATUTORY = "statutory", "法定工作日"
    SERVICE = "service", "校内工作日"


class DayKind(Labelled):
    """Why a day counts or does not."""

    WORKDAY = "workday", "工作日"
    SHIFTED = "shifted", "调休上班"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "节假日"
    VACATION = "vacation", "寒暑假"


COUNTING = frozenset({DayKind.WORKDAY, DayKind.SHIFTED})
SERVICE = CalendarKind.SERVICE


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a limit: does it count, why, and is that final?"""

    day: date
    kind: DayKind
    counts: bool
    is_provisional: bool
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """One version of the school calendar.

    `statutory` = Monday–Friday − `off` + `shifted` · `service` = statutory − `vacation` of the staff ·
    `natural` = every day. Beyond the last published year days are Monday–Friday and provisional (rule 4).
    """

    label: str
    published: frozenset[int]
    off: frozenset[date] = frozenset()
    shifted: frozenset[date] = frozenset()
    vacation: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def last_published_day(self) -> date:
        """The end of the table: years without a gap from the first one on."""
        year = min(self.published)
        while year + 1 in self.published:
            year += 1
        return date(year, 12, 31)

    def is_provisional(self, day: date) -> bool:
        """Lies beyond the last published table: recomputed once when the table comes (rule 4)."""
        return day > self.last_published_day

    def kind_of(self, day: date, by: CalendarKind = SERVICE) -> DayKind:
        if by is SERVICE and day in self.vacation:
            return DayKind.VACATION
        if day in self.shifted:
            return DayKind.SHIFTED
        if day in self.off:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY

    def counts(self, day: date, by: CalendarKind = SERVICE) -> bool:
        return by is CalendarKind.NATURAL or self.kind_of(day, by) in COUNTING

    def add(self, day: date, n: int, by: CalendarKind = SERVICE) -> date:
        """The n-th counting day after `day`, which itself does not count (rule 1).

        n = 0 is "the same day": `day`, or the next counting day when it does not count.
        """
        if n < 0:
            raise ValueError("counts forward only; see before")
        year, days = day.year, self._row(day.year, by)
        at = bisect_right(days, day) + n - 1 if n else bisect_left(days, day)
        while at >= len(days):
            at -= len(days)
            year += 1
            days = self._row(year, by)
        return days[at]

    def before(self, day: date, n: int = 1, by: CalendarKind = SERVICE) -> date:
        """The n-th counting day before `day`, n ≥ 1."""
        if n < 1:
            raise ValueError("counts backward from one")
        year, at = day.year, bisect_left(self._row(day.year, by), day) - n
        while at < 0:
            year -= 1
            at += len(self._row(year, by))
        return self._row(year, by)[at]

    def between(self, after: date, until: date, by: CalendarKind = SERVICE) -> int:
        """How many counting days lie in (after, until]; 0 when `until` is not later."""
        if until <= after:
            return 0
        if until.year == after.year:
            days = self._row(until.year, by)
            return bisect_right(days, until) - bisect_right(days, after)
        whole_years = sum(len(self._row(year, by)) for year in range(after.year, until.year))
        return whole_years + self._so_far(until, by) - self._so_far(after, by)

    def counted(self, after: date, until: date, by: CalendarKind = SERVICE) -> list[CountedDay]:
        """Every day in (after, until], for the page that shows which days were counted."""
        return [self._told(after + timedelta(days=n), by) for n in range(1, (until - after).days + 1)]

    def _told(self, day: date, by: CalendarKind) -> CountedDay:
        return CountedDay(day, self.kind_of(day, by), self.counts(day, by), self.is_provisional(day), self._name(day))

    def _name(self, day: date) -> str:
        return self.names.get(day, "") if day in self.off else ""

    def _row(self, year: int, by: CalendarKind) -> tuple[date, ...]:
        """The counting days of a year in order, laid out at the first question."""
        if (row := self._rows.get((year, by))) is None:
            days = (date(year, 1, 1) + timedelta(days=n) for n in range(366 if isleap(year) else 365))
            row = self._rows[year, by] = tuple(day for day in days if self.counts(day, by))
        return row

    @cached_property
    def _rows(self) -> dict[tuple[int, CalendarKind], tuple[date, ...]]:
        return {}

    def _so_far(self, day: date, by: CalendarKind) -> int:
        """Counting days of its year up to and including it."""
        return bisect_right(self._row(day.year, by), day)
