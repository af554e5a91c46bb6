"""可能复发: earlier matters of the same place and category that were solved shortly before (domain.md §4.10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from liaison.core.db import run
from liaison.tickets.models import Ticket
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Outcome

WINDOW, WIDE = timedelta(days=30), timedelta(days=90)  # proposed, and shown besides
SHOWN = 5
WHERE_ASKED = {State.SUBMITTED, State.TRIAGE}


def may_be(ticket: Ticket) -> Sequence[Any]:
    """Which matters this one may be the return of, the latest first: id, number, title, handled_at. One statement.

    Only solved ones (outcome A) within ninety days before it was raised, and nothing confidential.
    """
    if ticket.state not in WHERE_ASKED or not (ticket.place_id and ticket.category_id):
        return []
    if ticket.confidentiality is not Confidentiality.NORMAL:
        return []
    wanted = select(Ticket.id, Ticket.number, Ticket.title, Ticket.handled_at)
    same = (Ticket.place_id == ticket.place_id, Ticket.category_id == ticket.category_id, Ticket.id != ticket.id)
    solved = (Ticket.outcome == Outcome.A, Ticket.handled_at.between(ticket.raised_at - WIDE, ticket.raised_at))
    known = (Ticket.confidentiality == Confidentiality.NORMAL, Ticket.merged_into_id.is_(None))
    return run(wanted.where(*same, *solved, *known).order_by(Ticket.handled_at.desc()).limit(SHOWN)).all()


def is_near(ticket: Ticket, earlier: Any) -> bool:
    """Within the thirty days in which it is proposed; the rest is only shown."""
    return bool(ticket.raised_at - earlier.handled_at <= WINDOW)
