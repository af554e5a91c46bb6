"""Classes of time limits as values (domain.md §4.4): what a version of the table says, and how a step is counted.

Moments go in and come out as aware UTC. A limit of working days ends at 24:00 of a Chinese day;
URGENT runs in natural hours and stops for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.core import clock
from workflows.ticket_words import LimitClass


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a calendar, the day of the event not counted; 0 = the same day."""

    count: int

    def after(self, at: datetime, calendar: Calendar, by: CalendarKind) -> datetime:
        return clock.end_of(calendar.add(clock.local(at).date(), self.count, by))


@dataclass(frozen=True, slots=True)
class Hours:
    """Natural hours."""

    count: int

    def after(self, at: datetime, _calendar: Calendar, _by: CalendarKind) -> datetime:
        return at + timedelta(hours=self.count)


@dataclass(frozen=True, slots=True)
class Limits:
    """One row of the table. `extension` is the most working days that may be added, once; 0 = none."""

    accept: Days | Hours
    triage: Days | Hours
    sign: Days | Hours
    handle: Days | Hours | None  # None: milestones instead of a date
    extension: int
    office: Days = Days(1)  # the office's review of an answer
    feedback: Days = Days(2)  # direct channels of telling (§4.6)
    calendar: CalendarKind = CalendarKind.SERVICE

    @property
    def is_in_hours(self) -> bool:
        return isinstance(self.handle, Hours)


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the whole table; its label is frozen on tickets."""

    label: str
    rows: Mapping[LimitClass, Limits]


L = LimitClass
SHIPPED = Rules(
    "1",
    {
        L.URGENT: Limits(Hours(2), Hours(2), Hours(24), Hours(24), 0, calendar=CalendarKind.NATURAL),
        L.SIMPLE: Limits(Days(1), Days(0), Days(1), Days(3), 0),
        L.GENERAL: Limits(Days(1), Days(1), Days(1), Days(5), 5),
        L.COMPLEX: Limits(Days(1), Days(2), Days(1), Days(15), 10),
        L.LONG: Limits(Days(1), Days(1), Days(1), None, 0),
        L.RESTRICTED: Limits(Days(1), Days(1), Days(1), Days(15), 10),
    },
)
