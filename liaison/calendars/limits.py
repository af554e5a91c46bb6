"""Moments by which something is due, from the table of limits and the calendar in force (domain.md §4.4).

Moments go in and come out as aware UTC. `version` is the edition of the table frozen on a ticket; without
one the table in force counts. Nothing here reads a ticket or the present time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from liaison.calendars import in_force, working_days
from liaison.calendars.calendar import SERVICE, CalendarKind
from liaison.calendars.limit_rules import Days, Hours, Limits
from liaison.core import clock
from workflows.ticket_words import LimitClass

Tone = Literal["calm", "amber", "red"]

CO_LEAD_TIME = 2  # working days by which a co-answer comes before the lead's due day
NO_CLASS = LimitClass.GENERAL  # before a class is set


def rule_version() -> str:
    """The label of the table in force, as it is frozen on tickets."""
    return in_force.rules().label


def row(limit_class: LimitClass | None, version: str = "") -> Limits:
    """The limits of a class."""
    return in_force.rules(version).rows[limit_class or NO_CLASS]


def days_of(limit_class: LimitClass | None, version: str = "") -> CalendarKind:
    """Which days the limits of a class count; those without a class count like ordinary ones."""
    return row(limit_class, version).calendar


def accept_due(at: datetime, urgent: bool = False, version: str = "") -> datetime:
    """Until when a voice raised at `at` is accepted. Its class is not known yet, only its urgency."""
    limits = row(LimitClass.URGENT if urgent else LimitClass.GENERAL, version)
    return _after(at, limits.accept, limits)


def triage_due(at: datetime, limit_class: LimitClass, version: str = "") -> datetime:
    """Until when a ticket accepted at `at` is dispatched."""
    limits = row(limit_class, version)
    return _after(at, limits.triage, limits)


def sign_due(at: datetime, limit_class: LimitClass, version: str = "") -> datetime:
    """Until when a ticket dispatched at `at` is signed for."""
    limits = row(limit_class, version)
    return _after(at, limits.sign, limits)


def handle_due(at: datetime, limit_class: LimitClass, version: str = "") -> datetime | None:
    """Until when the lead unit hands in its answer, from dispatch or reopening; None for LONG (milestones)."""
    limits = row(limit_class, version)
    return _after(at, limits.handle, limits) if limits.handle else None


def office_due(at: datetime, limit_class: LimitClass | None = None, version: str = "") -> datetime:
    """Until when the office reviews an answer, decides a return or an extension asked at `at`."""
    limits = row(limit_class, version)
    return _after(at, limits.office, limits)


def feedback_due(at: datetime, limit_class: LimitClass | None = None, version: str = "") -> datetime:
    """Until when whoever holds a direct channel tells, from `offered_at` or the redirection."""
    limits = row(limit_class, version)
    return _after(at, limits.feedback, limits)


def co_due(lead_due: datetime, urgent: bool = False, by: CalendarKind = SERVICE) -> datetime:
    """Until when a co-unit answers: two working days before the lead; together with it where hours run."""
    if urgent:
        return lead_due
    return clock.end_of(working_days.working_day_before(clock.day_ending_at(lead_due), CO_LEAD_TIME, by))


def moved_due(due: datetime, days: int, by: CalendarKind = SERVICE) -> datetime:
    """A due moment moved by the working days of a pause or an extension (§4.4 «Pauses»)."""
    return clock.end_of(working_days.add_working_days(clock.day_ending_at(due), days, by)) if days else due


def promise(raised_at: datetime, limit_class: LimitClass, version: str = "") -> datetime | None:
    """The date printed to the student: every step at its limit, counted from raising. None for LONG."""
    limits = row(limit_class, version)
    if limits.handle is None:
        return None
    if isinstance(limits.handle, Hours):
        return _after(raised_at, limits.handle, limits)
    steps = (limits.accept, limits.triage, limits.handle, limits.office, limits.feedback)
    return _after(raised_at, Days(sum(step.count for step in steps)), limits)


def promise_after(due: datetime, limit_class: LimitClass, version: str = "") -> datetime:
    """The date given to somebody who waits again: the fresh limit, then review and telling."""
    limits = row(limit_class, version)
    if limits.is_in_hours:
        return due
    return moved_due(due, limits.office.count + limits.feedback.count, limits.calendar)


def days_left(due: datetime, now: datetime, by: CalendarKind = SERVICE) -> int:
    """Working days until the due day: 0 on it and on days off after it, negative once one was missed."""
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    if today <= due_day:
        return working_days.working_days_between(today, due_day, by)
    return -working_days.working_days_between(due_day, today, by)


def tone(
    due: datetime | None,
    now: datetime,
    *,
    urgent: bool = False,
    since: datetime | None = None,
    by: CalendarKind = SERVICE,
) -> Tone:
    """How pressing a due moment is (§4.4 rule 5, rulings §13). Without one: calm.

    `urgent`: hours run, red at the hour, no amber. `since`, the start of this clock (for the department:
    dispatch, not signing), tells a one-day limit, which turns amber on the day itself.
    """
    if due is None:
        return "calm"
    if urgent:
        return "red" if now >= due else "calm"
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    if today >= working_days.red_day(due_day, by):
        return "red"
    began = clock.local(since).date() if since else None
    is_one_day = began is not None and working_days.working_days_between(began, due_day, by) <= 1
    return "amber" if today >= working_days.amber_day(due_day, is_one_day, by) else "calm"


def red_until(now: datetime) -> datetime:
    """Limits of working days that were due up to this moment are red: the condition a list can index."""
    today = clock.local(now).date()
    last_working_day = today if working_days.is_working_day(today) else working_days.working_day_before(today)
    return clock.moment(last_working_day)


def _after(at: datetime, step: Days | Hours, limits: Limits) -> datetime:
    return step.after(at, in_force.calendar(), limits.calendar)
