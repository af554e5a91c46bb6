"""Whose time it is, who has the ball, and until when – one row of a table per state (domain.md §4.1).

The ledger of waiting cuts the wait into intervals without gap or overlap, so that
office + custodies + pauses = whole wait for every possible history (rulings §6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from liaison.calendars import in_force, limits
from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.calendars.working_days import add_working_days
from liaison.core.clock import day_ending_at, end_of, local, moment
from liaison.settings.in_force import number
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Ledger, PauseReason
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

WALL_DAYS = 60  # natural days: the outer wall (domain.md §4.4)
DEFAULT_CLASS = LimitClass.GENERAL


@dataclass(frozen=True)
class Moment:
    """What a due date may depend on."""

    at: datetime
    limit_class: LimitClass
    is_urgent: bool
    due_at: datetime | None  # the department's limit, frozen at dispatch
    rules: str = ""  # the edition of the limits frozen on the ticket; "" = the one in force


Due = Callable[[Moment], datetime | None]


def _working_days(n: int) -> Due:
    return lambda m: end_of(add_working_days(local(m.at).date(), n))


def _custody(m: Moment) -> datetime | None:
    return m.due_at


def _never(_m: Moment) -> datetime | None:
    return None


def rating_ends(told_at: datetime) -> datetime:
    """From when a told voice no longer keeps the file open: so many days past its telling (domain.md A22, A33).

    Rating stays possible on that last day, in the closed file. The setting of the moment of telling holds.
    """
    return moment(local(told_at).date() + timedelta(days=number("rating_days", told_at)))


@dataclass(frozen=True)
class Standing:
    """What follows from a state: whose ledger runs, who has the ball, until when."""

    ball: Ball
    ledger: Ledger | None
    pause: PauseReason | None = None
    due: Due = _never


S, B, L, P = State, Ball, Ledger, PauseReason

STANDINGS: dict[State, Standing] = {
    S.SUBMITTED: Standing(B.OFFICE, L.OFFICE, due=lambda m: limits.accept_due(m.at, m.is_urgent, m.rules)),
    S.INFO_NEEDED: Standing(B.FILER, L.PAUSE, P.INFO, lambda m: _working_days(number("info_days", m.at))(m)),
    S.WITHDRAWN: Standing(B.NOBODY, None),
    S.TRIAGE: Standing(B.OFFICE, L.OFFICE, due=lambda m: limits.triage_due(m.at, m.limit_class, m.rules)),
    S.MERGED: Standing(B.NOBODY, L.PAUSE, P.MERGED),
    S.SPLIT: Standing(B.NOBODY, None),
    S.REDIRECTED: Standing(B.OFFICE, L.OFFICE, due=_working_days(2)),
    S.HANDED_OFF: Standing(B.CONFIDENTIAL, None, due=lambda m: m.at + timedelta(hours=24)),
    S.DISPATCHED: Standing(B.UNIT, L.CUSTODY, due=lambda m: limits.sign_due(m.at, m.limit_class, m.rules)),
    S.RETURN_REQUESTED: Standing(B.OFFICE, L.CUSTODY, due=_working_days(1)),
    S.IN_PROGRESS: Standing(B.HANDLER, L.CUSTODY, due=_custody),
    S.COORDINATING: Standing(B.DIRECTOR, L.PAUSE, P.MEETING, _working_days(10)),
    S.LEADERSHIP_REVIEW: Standing(B.DIRECTOR, L.PAUSE, P.MEETING, _working_days(20)),
    S.LONG_TERM: Standing(B.HEAD, L.PAUSE, P.PLAN),
    S.DEPT_REVIEW: Standing(B.HEAD, L.CUSTODY, due=_custody),
    S.OFFICE_REVIEW: Standing(B.OFFICE, L.OFFICE, due=lambda m: limits.office_due(m.at, m.limit_class, m.rules)),
    S.FEEDBACK_PENDING: Standing(B.OFFICE, L.OFFICE, due=lambda m: limits.feedback_due(m.at, m.limit_class, m.rules)),
    S.FEEDBACK_GIVEN: Standing(B.HOLDER, L.PAUSE, P.ANSWERED, lambda m: rating_ends(m.at)),
    S.CALLBACK: Standing(B.OFFICE, L.PAUSE, P.ANSWERED, _working_days(5)),
    S.CLOSED: Standing(B.NOBODY, L.PAUSE, P.ANSWERED),
}


NATURAL = {S.HANDED_OFF, S.LONG_TERM, S.FEEDBACK_GIVEN}  # hours, a milestone, seven days: no table moves them
OFFICE_DAYS = {S.INFO_NEEDED, S.REDIRECTED, S.RETURN_REQUESTED, S.COORDINATING, S.LEADERSHIP_REVIEW, S.CALLBACK}
PATIENT = {S.LONG_TERM, S.LEADERSHIP_REVIEW}
FAR = timedelta(days=184)  # without a date of its own a matter is looked at after six months at the latest


def ball_of(state: State, is_restricted: bool, handler_id: int | None = None) -> Ball:
    """Who has to act. On restricted tickets the confidential officer stands where the office stands;
    where no handler is named yet, the whole unit stands in for him."""
    ball = STANDINGS[state].ball
    if ball is Ball.HANDLER and handler_id is None:
        return Ball.UNIT
    return Ball.CONFIDENTIAL if is_restricted and ball is Ball.OFFICE else ball


def next_due(state: State, moment: Moment) -> datetime | None:
    """Until when whoever has the ball must act; every open ticket has such a moment."""
    standing = STANDINGS[state]
    if standing.ball is Ball.NOBODY:
        return None
    return standing.due(moment) or moment.at + FAR


def is_past_wall(row: Any, today: date) -> bool:
    """Older than sixty natural days without an answer, and neither planned nor before a meeting of the leaders."""
    if not row.is_open or row.handled_at is not None or row.state in PATIENT:
        return False
    return (today - local(row.waits_since).date()).days > WALL_DAYS


def counted_by(
    due_at: datetime | None, limit_class: LimitClass | None, rules: str, calendar: Calendar | None = None
) -> dict[str, Any]:
    """What is frozen with a limit: the calendar that counted it, and whether it lies beyond the last table."""
    calendar = calendar or in_force.calendar()
    hours = limits.days_of(limit_class, rules) is CalendarKind.NATURAL
    is_open_date = due_at is not None and not hours and calendar.is_provisional(day_ending_at(due_at))
    return {"calendar_version": calendar.label, "is_due_provisional": is_open_date}


def days_in(state: State, by: CalendarKind) -> CalendarKind:
    """Which days count until whoever has the ball must act; `by`: those of the ticket's class."""
    return CalendarKind.SERVICE if state in OFFICE_DAYS else by


def ledger_key(state: State, lead_unit_id: int | None) -> tuple[Ledger | None, int | None, PauseReason | None]:
    """What must change for a new interval to begin."""
    standing = STANDINGS[state]
    unit = lead_unit_id if standing.ledger is Ledger.CUSTODY else None
    return standing.ledger, unit, standing.pause
