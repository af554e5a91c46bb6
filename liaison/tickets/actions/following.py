"""What the system does by itself after somebody's move, or when a time is over.

Every one of these is a move of the process made by the part «system»; run twice, nothing happens twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from liaison.core.clock import now
from liaison.core.db import db
from liaison.people.actor import SYSTEM
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket
from liaison.tickets.queries.facts import facts_for
from workflows.engine import offers
from workflows.parts import Part
from workflows.ticket_states import State
from workflows.tickets import TICKETS

BATCH = 200


def follow(ticket: Ticket, move: str) -> None:
    """After a rating, a telling or a mark: shut the file when everything asked of it is done (T34)."""
    if move in {"rate", "mark_unreachable"}:
        close_if_due(ticket)


def close_if_due(ticket: Ticket) -> bool:
    """Close an answered ticket whose voices are all settled and rated or past their seven days."""
    if ticket.state is not State.FEEDBACK_GIVEN:
        return False
    open_moves = offers(TICKETS, state=ticket.state, parts={Part.SYSTEM}, facts=facts_for(SYSTEM, ticket))
    if not any(offer.move.name == "close" and not offer.reasons for offer in open_moves):
        return False
    make_move(ticket, "close", actor=SYSTEM, as_system=True)
    return True


def close_settled() -> int:
    """All files whose rating windows are over; returns how many were closed. For `flask tick`."""
    return sum(close_if_due(ticket) for ticket in over(State.FEEDBACK_GIVEN))


def end_info_waits() -> int:
    """All questions that stayed unanswered for five working days: the work goes on (T6)."""
    return sum(end_info_wait(ticket) for ticket in over(State.INFO_NEEDED))


def end_info_wait(ticket: Ticket) -> bool:
    """The work goes on with what is known; says whether it did."""
    if ticket.state is not State.INFO_NEEDED:
        return False
    make_move(ticket, "info_timeout", actor=SYSTEM, as_system=True)
    return True


def over(state: State) -> Iterator[Ticket]:
    """Whose time is over, in batches by key: what has to stay open does not stand in the way of the rest."""
    overdue = select(Ticket).where(Ticket.state == state, Ticket.next_due_at <= now()).order_by(Ticket.id).limit(BATCH)
    last = 0
    while batch := db.session.scalars(overdue.where(Ticket.id > last)).all():
        yield from batch
        last = batch[-1].id
