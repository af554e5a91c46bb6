"""What a version of the calendar holds, as plain JSON: published years, exceptional days, vacations of the staff.

Everything is written out, also what came with the program: a newer library changes no older version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from liaison.calendars import published
from liaison.calendars.calendar import Calendar
from liaison.calendars.published import Exceptional, ExceptionKind

Content = dict[str, Any]
Span = tuple[date, date]  # first and last day


def lay_out(years: Iterable[int], days: Iterable[Exceptional], vacations: Iterable[Span]) -> Content:
    """The tables that come with the program, with what was imported: `years` published by a sheet, their `days`.

    A day of a sheet wins over the program's table.
    """
    known = {day.day: day for year in published.years() for day in published.table(year)}
    known |= {day.day: day for day in days}
    return {
        "published": sorted(published.years() | set(years)),
        "days": {day.isoformat(): [known[day].kind.value, known[day].name] for day in sorted(known)},
        "vacations": sorted([first.isoformat(), last.isoformat()] for first, last in vacations),
    }


def calendar_from(label: str, content: Content) -> Calendar:
    """The value that counts, from what a version holds."""
    days = {date.fromisoformat(day): (ExceptionKind(kind), name) for day, (kind, name) in content["days"].items()}
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in content["vacations"]]
    return Calendar(
        label=label,
        published=frozenset(content["published"]),
        off=frozenset(day for day, (kind, _name) in days.items() if kind is ExceptionKind.OFF),
        shifted=frozenset(day for day, (kind, _name) in days.items() if kind is ExceptionKind.WORK),
        vacation=frozenset(day for span in spans for day in _days(*span)),
        names={day: name for day, (_kind, name) in days.items() if name},
    )


def label_after(content: Content, others: Iterable[str]) -> str:
    """2026-1: the last published year, then the edition among the labels there are."""
    prefix = f"{calendar_from('', content).last_published_day.year}-"
    return f"{prefix}{1 + sum(label.startswith(prefix) for label in others)}"


@cache
def shipped() -> Calendar:
    """The calendar before anything was imported or saved."""
    content = lay_out([], [], [])
    return calendar_from(label_after(content, []), content)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
