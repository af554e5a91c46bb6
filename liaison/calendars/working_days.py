"""Working days of the calendar in force. Without more words those of the school: no vacation of the staff counts.

Days are Chinese days. The arithmetic itself is `calendar.Calendar`; here it is asked for today's version.
"""

from __future__ import annotations

from datetime import date

from liaison.calendars import in_force
from liaison.calendars.calendar import SERVICE, CalendarKind, CountedDay, DayKind


def calendar_version() -> str:
    """The label of the calendar in force, as it is frozen on tickets: year of the last table, edition."""
    return in_force.calendar().label


def kind_of(day: date, by: CalendarKind = SERVICE) -> DayKind:
    return in_force.calendar().kind_of(day, by)


def is_working_day(day: date, by: CalendarKind = SERVICE) -> bool:
    return in_force.calendar().counts(day, by)


def is_provisional(day: date) -> bool:
    """Lies beyond the last published table: Monday–Friday for now, recomputed once (§4.4 rule 4)."""
    return in_force.calendar().is_provisional(day)


def add_working_days(day: date, n: int, by: CalendarKind = SERVICE) -> date:
    """The n-th working day after `day`, which itself does not count (§4.4 rule 1).

    n = 0 is "the same day": `day`, or the next working day when nobody works on it.
    """
    return in_force.calendar().add(day, n, by)


def working_day_before(day: date, n: int = 1, by: CalendarKind = SERVICE) -> date:
    """The n-th working day before `day`, n ≥ 1."""
    return in_force.calendar().before(day, n, by)


def next_working_day(day: date, by: CalendarKind = SERVICE) -> date:
    """The first working day after `day`."""
    return in_force.calendar().add(day, 1, by)


def working_days_between(after: date, until: date, by: CalendarKind = SERVICE) -> int:
    """How many working days lie in (after, until]; 0 when `until` is not later."""
    return in_force.calendar().between(after, until, by)


def red_day(due: date, by: CalendarKind = SERVICE) -> date:
    """From this day a missed due day is red: the first working day after it (§4.4 rule 5)."""
    return next_working_day(due, by)


def amber_day(due: date, is_one_day: bool = False, by: CalendarKind = SERVICE) -> date:
    """From this day a due day is amber: the last working day before it (§4.4 rule 5).

    For one-day limits it is the day itself (rulings §13).
    """
    return due if is_one_day else working_day_before(due, 1, by)


def counted_days(start: date, due: date, by: CalendarKind = SERVICE, label: str = "") -> list[CountedDay]:
    """Every day after the event up to the due day; `label`: by an older version of the calendar."""
    return in_force.calendar(label).counted(start, due, by)
