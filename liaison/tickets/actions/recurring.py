"""复发: the office says whether a later matter is an earlier one come back (domain.md §4.10, metrics.md «durable»)."""

from __future__ import annotations

from sqlalchemy import select

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core.db import db
from liaison.core.errors import Conflict, NotAllowed, NotVisible
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.actions.beside import note
from liaison.tickets.actions.moving import refuse_late
from liaison.tickets.models import Ticket, TicketEvent
from liaison.tickets.queries import visible
from workflows.parts import OFFICE

CONFIRMED, DECLINED = "recurrence", "no_recurrence"


def confirm(ticket: Ticket, earlier: Ticket, *, actor: Actor, version: int | None = None) -> None:
    """Note on the later ticket which earlier one came back: that fix stops being durable.

    NotAllowed; Conflict where it was decided already or nothing can have come back. Commits nothing.
    """
    _decide(ticket, earlier, CONFIRMED, actor, version)


def decline(ticket: Ticket, earlier: Ticket, *, actor: Actor, version: int | None = None) -> None:
    """Note that it is something else: it is proposed no more, and no figure changes. As `confirm`."""
    _decide(ticket, earlier, DECLINED, actor, version)


def load(row: int, *, actor: Actor) -> Ticket:
    """An earlier ticket by its key, or NotVisible whether it is missing or merely not his."""
    found = db.session.get(Ticket, row)
    if found is None or not visible.sees(actor, found.number):
        raise NotVisible(row)
    return found


def _is_decided(ticket: Ticket, earlier: Ticket) -> bool:
    """A matter comes back from one fix, its last; and what was declined is not asked again."""
    noted = select(TicketEvent.move, TicketEvent.data).where(TicketEvent.ticket_id == ticket.id)
    said = db.session.execute(noted.where(TicketEvent.move.in_((CONFIRMED, DECLINED)))).all()
    return any(move == CONFIRMED or data["of_id"] == earlier.id for move, data in said)


def _decide(ticket: Ticket, earlier: Ticket, deed: str, actor: Actor, version: int | None) -> None:
    refuse_late(ticket, version)
    if not parts_of(actor, visible.relation(actor, ticket)) & OFFICE:
        raise NotAllowed(_("复发由党政办公室确认。"))
    if earlier.id == ticket.id or earlier.handled_at is None or ticket.raised_at < earlier.raised_at:
        raise Conflict(_("只有办理过的、更早的事项才会复发。"))
    if _is_decided(ticket, earlier):
        raise Conflict(_("是不是复发，已经确认过了。"))
    note(ticket, deed, actor, {"of": earlier.number, "of_id": earlier.id})
    audit.append(actor.id, f"ticket.{deed}", object=ticket.number, of=earlier.number)
