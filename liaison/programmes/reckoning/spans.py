"""Stretches of time with a key: a week, a month, a term, half a year, a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from liaison.programmes.words import Period

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A period: its sort, its key, its days. A week also has its number in the term, a term its name."""

    sort: Period
    key: str
    first: date
    last: date
    number: int = 0
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last

    def is_in_last_quarter(self, today: date) -> bool:
        """Three quarters of its days are over (rulings §13: 需关注 counts days)."""
        return (today - self.first).days * 4 >= ((self.last - self.first).days + 1) * 3


def week(monday: date, number: int = 0) -> Span:
    return Span(Period.WEEK, f"w{monday.isoformat()}", monday, monday + 6 * DAY, number)


def thursday(week: Span) -> date:
    """The day that decides to which month a week belongs and to which role (domain.md §3.9)."""
    return week.first + 3 * DAY


def month(day: date) -> Span:
    """The month of a day: 2026-11."""
    first = day.replace(day=1)
    return Span(Period.MONTH, first.isoformat()[:7], first, next_month(first) - DAY)


def half_year(day: date) -> Span:
    """2026-H2."""
    first = day.replace(month=1 if day.month < 7 else 7, day=1)
    last = day.replace(month=6, day=30) if day.month < 7 else day.replace(month=12, day=31)
    return Span(Period.HALF_YEAR, f"{day.year}-H{1 if day.month < 7 else 2}", first, last)


def calendar_year(year: int) -> Span:
    return Span(Period.CALENDAR_YEAR, str(year), date(year, 1, 1), date(year, 12, 31))


def months(first: date, last: date) -> list[Span]:
    """The months that touch these days."""
    found = [month(first)]
    while found[-1].last < last:
        found.append(month(found[-1].last + DAY))
    return found


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def monday(day: date) -> date:
    return day - day.weekday() * DAY
