"""Every look at a restricted ticket leaves a record, in a transaction of its own (domain.md §4.5 «View log»)."""

from __future__ import annotations

from liaison.audit import actions as audit
from liaison.core.db import writing
from liaison.people.actor import Actor
from liaison.tickets.models import Ticket
from liaison.tickets.queries import visible
from workflows.ticket_words import Confidentiality


def opened(actor: Actor, number: str) -> Ticket:
    """The ticket a page is about to show. NotVisible as `visible.load`; without its record nobody looks."""
    ticket = visible.load(actor, number)
    return visible.load(actor, number) if record(actor, ticket) else ticket


def record(actor: Actor, ticket: Ticket) -> bool:
    """Note a look at a restricted or sealed ticket; ends the reading transaction. False: an ordinary one."""
    if ticket.confidentiality is Confidentiality.NORMAL:
        return False
    number = ticket.number
    with writing():
        audit.append(actor.id, "ticket.looked", object=number)
    return True
