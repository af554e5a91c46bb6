"""What happened before and still counts for the next move: one statement each, asked only where there is something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, func, select

from liaison.calendars.working_days import working_days_between
from liaison.core import clock
from liaison.core.db import db
from liaison.people.models import Person
from liaison.settings import in_force
from liaison.tickets.models import Assignment, Category, Interval, Ticket, TicketEvent, Voice
from liaison.tickets.models.work import Ending, PauseReason
from liaison.tickets.queries import plans
from liaison.tickets.queries.categories import FACILITIES
from workflows.ticket_states import Stage, State
from workflows.ticket_words import Channel

MAY_ASK = {State.TRIAGE, State.INFO_NEEDED, State.IN_PROGRESS}
MAY_RETURN = {State.DISPATCHED, State.IN_PROGRESS}
REOPENINGS = ("reopen", "reopen_onspot")
BEGINNINGS = ("dispatch", "designate", "reopen", "check_mismatch")  # of an obligation of the lead unit


def of_history(ticket: Ticket, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that follow from earlier rows of this ticket, under the names of `TicketFacts`."""
    known: dict[str, Any] = _of_this_state(ticket)
    if ticket.state in MAY_ASK:
        known |= _of_questions(ticket)
    if ticket.reopen_count and ticket.stage is Stage.FEEDBACK and given.get("reason"):
        known["earlier_grounds"] = _grounds(ticket)
    if ticket.return_count and ticket.state in MAY_RETURN:
        known["returned_by_lead"] = _was_returned_by(ticket.id, ticket.lead_unit_id)
    if ticket.merged_into_id:
        known["merged_lead_moved_on"] = _where_the_lead_went(ticket.merged_into_id)
    if given.get("channel") == Channel.NOTICE:
        known["facility_matter"] = in_force.is_on("notice_allowed") and _is_of_a_facility(ticket)
    return known


def _of_this_state(ticket: Ticket) -> dict[str, Any]:
    if ticket.state is State.INFO_NEEDED:
        return {"info_expired": ticket.next_due_at is not None and clock.now() >= ticket.next_due_at}
    if ticket.state is State.LONG_TERM:
        plan = plans.present(ticket.id)
        return {"milestone_reached": plan.has_reached_one(clock.today()), "plan_dropped": plan.is_dropped}
    if ticket.state is State.REDIRECTED:
        return {"objection_raised": _since_it_stands(ticket, "object") > 0}
    if ticket.state is State.CALLBACK:
        return {"callback_attempts": _since_it_stands(ticket, "attempt")}
    return {}


def _of_questions(ticket: Ticket) -> dict[str, Any]:
    """What is left of the days for questions. One that waits keeps the days that were in force when it was asked."""
    since = ticket.state_since if ticket.state is State.INFO_NEEDED else None
    days = in_force.number("info_days", since)
    used = _info_days(ticket) if ticket.info_rounds else 0
    return {"info_days_left": max(days - used, 0), "info_rounds_max": in_force.number("info_rounds")}


def _info_days(ticket: Ticket) -> int:
    """Working days that earlier questions have taken, the one that waits now not counted."""
    waits = select(Interval.from_at, Interval.until_at).where(
        Interval.ticket_id == ticket.id, Interval.pause_reason == PauseReason.INFO, Interval.until_at.is_not(None)
    )
    days = [(clock.local(row.from_at).date(), clock.local(row.until_at).date()) for row in db.session.execute(waits)]
    return sum(working_days_between(first, last) for first, last in days)


def _grounds(ticket: Ticket) -> frozenset[str]:
    reasons = select(TicketEvent.reason).where(TicketEvent.ticket_id == ticket.id, TicketEvent.move.in_(REOPENINGS))
    return frozenset(reason.strip() for reason in db.session.scalars(reasons))


def named_in_a_voice(ticket: Ticket, person_id: int) -> frozenset[str]:
    """This person, if a voice of the ticket says his name: he does not handle it (T12)."""
    is_named = Voice.text.contains(Person.name, autoescape=False)
    said = select(Person.id).where(Person.id == person_id, Voice.ticket_id == ticket.id, is_named)
    return frozenset(str(found) for found in db.session.scalars(said))


def _since_it_stands(ticket: Ticket, deed: str) -> int:
    """How often something was noted beside the moves since the ticket stands where it stands: an objection, a call."""
    noted = select(func.count()).where(
        TicketEvent.ticket_id == ticket.id, TicketEvent.move == deed, TicketEvent.at >= ticket.state_since
    )
    return db.session.scalar(noted) or 0


def _was_returned_by(ticket_id: int, unit_id: int | None) -> bool:
    returned = exists().where(
        Assignment.ticket_id == ticket_id, Assignment.unit_id == unit_id, Assignment.ending == Ending.RETURNED
    )
    return db.session.scalar(select(returned)) is True


def _where_the_lead_went(lead_id: int) -> str:
    """The number of the ticket that the lead itself was merged into later, else empty."""
    next_lead = select(Ticket.merged_into_id).where(Ticket.id == lead_id).scalar_subquery()
    return db.session.scalar(select(Ticket.number).where(Ticket.id == next_lead)) or ""


def _is_of_a_facility(ticket: Ticket) -> bool:
    return db.session.scalar(select(Category.code).where(Category.id == ticket.category_id)) in FACILITIES
