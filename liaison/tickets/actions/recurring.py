"""确认复发: the office says that a later matter is an earlier one come back (domain.md §4.10, metrics.md «durable»)."""

from __future__ import annotations

from sqlalchemy import exists, select

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core.db import db
from liaison.core.errors import Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.actions.beside import note
from liaison.tickets.models import Ticket, TicketEvent
from liaison.tickets.queries import visible
from workflows.parts import OFFICE

DEED = "recurrence"


def confirm(ticket: Ticket, earlier: Ticket, *, actor: Actor) -> None:
    """Note on the later ticket which earlier one came back. NotAllowed, Conflict. Commits nothing."""
    if not parts_of(actor, visible.relation(actor, ticket)) & OFFICE:
        raise NotAllowed(_("复发由党政办公室确认。"))
    if earlier.id == ticket.id or earlier.handled_at is None or ticket.raised_at < earlier.raised_at:
        raise Conflict(_("只有办理过的、更早的事项才会复发。"))
    if db.session.scalar(select(exists().where(TicketEvent.ticket_id == ticket.id, TicketEvent.move == DEED))):
        raise Conflict(_("这件事项已经确认过复发。"))
    note(ticket, DEED, actor, {"of": earlier.number, "of_id": earlier.id})
    audit.append(actor.id, "ticket.recurrence", object=ticket.number, of=earlier.number)
