"""The voices of a ticket: its own and those of all tickets pointing at it (domain.md §4.0)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from liaison.tickets.models import Ticket, Voice


def of_ticket(ticket: Ticket) -> ColumnElement[bool]:
    """Condition on Voice. Extracts of a split are voices of the child; pointers may be chained."""
    if ticket.voice_count == 1:
        return Voice.ticket_id == ticket.id
    return Voice.ticket_id.in_(family(ticket.id))


def family(ticket_id: int):  # type: ignore[no-untyped-def]
    """The ids of a ticket and of everything merged into it, however long the chain."""
    chain = select(Ticket.id).where(Ticket.id == ticket_id).cte("family", recursive=True)
    pointing = aliased(Ticket)
    chain = chain.union_all(select(pointing.id).where(pointing.merged_into_id == chain.c.id))
    return select(chain.c.id)
