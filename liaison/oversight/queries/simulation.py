"""What a replay needs of a term: the lead units' obligations, and the history they follow from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import db
from liaison.people.models import Unit
from liaison.tickets.models import Assignment, Ticket, TicketEvent
from liaison.tickets.models.work import Duty, Ending
from workflows.ticket_states import State

Histories = dict[int, list[Any]]  # ticket → its events in order


def terms() -> Sequence[Term]:
    """Terms that have begun, the newest first."""
    begun = select(Term).where(Term.first_monday <= clock.today())
    return db.session.scalars(begun.order_by(Term.first_monday.desc())).all()


def span(term: Term) -> tuple[datetime, datetime]:
    """From the first Monday to the end of the last day, as moments."""
    return clock.moment(term.first_monday), clock.end_of(term.last_day)


def obligations(term: Term) -> Sequence[Any]:
    """Every lead unit's obligation that began in the term, returned ones left out, by unit and number."""
    columns = ["id", "ticket_id", "dispatched_at", "sign_due_at", "signed_at", "due_at", "ended_at"]
    wanted = (
        select(
            *[getattr(Assignment, name) for name in columns],
            Ticket.number,
            Ticket.confidentiality,
            Unit.name.label("unit"),
            Unit.order.label("unit_order"),
        )
        .join(Ticket, Ticket.id == Assignment.ticket_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.duty == Duty.LEAD, Assignment.dispatched_at.between(*span(term)))
        .where(Assignment.ending.is_(None) | (Assignment.ending != Ending.RETURNED))
    )
    return db.session.execute(wanted.order_by(Unit.order, Unit.id, Ticket.number, Assignment.id)).all()


def histories(term: Term) -> Histories:
    """The events of all tickets with an obligation of the term."""
    theirs = select(Assignment.ticket_id).where(
        Assignment.duty == Duty.LEAD, Assignment.dispatched_at.between(*span(term))
    )
    return _events(TicketEvent.ticket_id.in_(theirs))


def arrivals(term: Term) -> list[datetime]:
    """When the tickets of the term reached the office; those joined to another at once made no work there."""
    where = (Ticket.raised_at.between(*span(term)), Ticket.parent_id.is_(None))
    return list(db.session.scalars(select(Ticket.raised_at).where(*where).order_by(Ticket.raised_at)))


def receptions(term: Term) -> Histories:
    """The events of all tickets raised in the term, as far as they passed through the office."""
    raised = select(Ticket.id).where(Ticket.raised_at.between(*span(term)), Ticket.parent_id.is_(None))
    office = [State.SUBMITTED, State.TRIAGE]
    return _events(
        TicketEvent.ticket_id.in_(raised), TicketEvent.from_state.in_(office) | TicketEvent.to_state.in_(office)
    )


def _events(*where: Any) -> Histories:
    columns = ["ticket_id", "move", "from_state", "to_state", "at", "data"]
    wanted = select(*[getattr(TicketEvent, name) for name in columns]).where(*where)
    found: Histories = defaultdict(list)
    for row in db.session.execute(wanted.order_by(TicketEvent.ticket_id, TicketEvent.seq)):
        found[row.ticket_id].append(row)
    return found
