"""Time limits as a table (domain.md §4.4), and moments computed from it.

Moments go in and come out as aware UTC. A limit of working days ends at 24:00 of a Chinese day;
URGENT runs in natural hours and stops for nothing. Nothing here reads a ticket or the present time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from liaison.calendars import working_days
from liaison.core import clock
from workflows.ticket_words import LimitClass

RULE_VERSION = "1"  # raised with every change of the table; frozen on tickets

Tone = Literal["calm", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Days:
    """Working days, the day of the event not counted; 0 = the same day."""

    count: int

    def after(self, at: datetime) -> datetime:
        return clock.end_of(working_days.add_working_days(clock.local(at).date(), self.count))


@dataclass(frozen=True, slots=True)
class Hours:
    """Natural hours."""

    count: int

    def after(self, at: datetime) -> datetime:
        return at + timedelta(hours=self.count)


@dataclass(frozen=True, slots=True)
class Limits:
    """One row of the table. `extension` is the most working days that may be added, once; 0 = none."""

    accept: Days | Hours
    triage: Days | Hours
    sign: Days | Hours
    handle: Days | Hours | None  # None: milestones instead of a date
    extension: int


OFFICE = Days(1)  # the office's review of an answer
FEEDBACK = Days(2)  # direct channels of telling (§4.6)
CO_LEAD_TIME = 2  # working days by which a co-answer comes before the lead's due day

LIMITS = {
    LimitClass.URGENT: Limits(Hours(2), Hours(2), Hours(24), Hours(24), extension=0),
    LimitClass.SIMPLE: Limits(Days(1), Days(0), Days(1), Days(3), extension=0),
    LimitClass.GENERAL: Limits(Days(1), Days(1), Days(1), Days(5), extension=5),
    LimitClass.COMPLEX: Limits(Days(1), Days(2), Days(1), Days(15), extension=10),
    LimitClass.LONG: Limits(Days(1), Days(1), Days(1), None, extension=0),
    LimitClass.RESTRICTED: Limits(Days(1), Days(1), Days(1), Days(15), extension=10),
}


def accept_due(at: datetime, urgent: bool = False) -> datetime:
    """Until when a voice raised at `at` is accepted. Its class is not known yet, only its urgency."""
    return LIMITS[LimitClass.URGENT if urgent else LimitClass.GENERAL].accept.after(at)


def triage_due(at: datetime, limit_class: LimitClass) -> datetime:
    """Until when a ticket accepted at `at` is dispatched."""
    return LIMITS[limit_class].triage.after(at)


def sign_due(at: datetime, limit_class: LimitClass) -> datetime:
    """Until when a ticket dispatched at `at` is signed for."""
    return LIMITS[limit_class].sign.after(at)


def handle_due(at: datetime, limit_class: LimitClass) -> datetime | None:
    """Until when the lead unit hands in its answer, from dispatch or reopening; None for LONG (milestones)."""
    limit = LIMITS[limit_class].handle
    return limit.after(at) if limit else None


def co_due(lead_due: datetime, urgent: bool = False) -> datetime:
    """Until when a co-unit answers: two working days before the lead; together with it where hours run."""
    if urgent:
        return lead_due
    return clock.end_of(working_days.working_day_before(clock.day_ending_at(lead_due), CO_LEAD_TIME))


def office_due(at: datetime) -> datetime:
    """Until when the office reviews an answer, decides a return or an extension asked at `at`."""
    return OFFICE.after(at)


def feedback_due(at: datetime) -> datetime:
    """Until when whoever holds a direct channel tells, from `offered_at` or the redirection."""
    return FEEDBACK.after(at)


def moved_due(due: datetime, days: int) -> datetime:
    """A due moment moved by the working days of a pause or an extension (§4.4 «Pauses»)."""
    return clock.end_of(working_days.add_working_days(clock.day_ending_at(due), days)) if days else due


def promise(raised_at: datetime, limit_class: LimitClass) -> datetime | None:
    """The date printed to the student: every step at its limit, counted from raising. None for LONG."""
    row = LIMITS[limit_class]
    if row.handle is None:
        return None
    if isinstance(row.handle, Hours):
        return row.handle.after(raised_at)
    steps = (row.accept, row.triage, row.handle, OFFICE, FEEDBACK)
    return Days(sum(step.count for step in steps)).after(raised_at)


def days_left(due: datetime, now: datetime) -> int:
    """Working days until the due day: 0 on it and on days off after it, negative once one was missed."""
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    if today <= due_day:
        return working_days.working_days_between(today, due_day)
    return -working_days.working_days_between(due_day, today)


def tone(due: datetime | None, now: datetime, *, urgent: bool = False, since: datetime | None = None) -> Tone:
    """How pressing a due moment is (§4.4 rule 5, rulings §13). Without one: calm.

    `urgent`: hours run, red at the hour, no amber. `since`, the start of this clock (for the department:
    dispatch, not signing), tells a one-day limit, which turns amber on the day itself.
    """
    if due is None:
        return "calm"
    if urgent:
        return "red" if now >= due else "calm"
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    if today >= working_days.red_day(due_day):
        return "red"
    is_one_day = since is not None and working_days.working_days_between(clock.local(since).date(), due_day) <= 1
    return "amber" if today >= working_days.amber_day(due_day, is_one_day) else "calm"


def red_until(now: datetime) -> datetime:
    """Limits of working days that were due up to this moment are red: the condition a list can index."""
    today = clock.local(now).date()
    last_working_day = today if working_days.is_working_day(today) else working_days.working_day_before(today)
    return clock.moment(last_working_day)
