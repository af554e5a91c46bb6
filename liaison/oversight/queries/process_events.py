"""The rows behind an export of events, as a stream: an archive of any size passes through a small memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from liaison.core.db import run
from liaison.oversight.figures.scope import Scope
from liaison.people.models import RoleGrant, Unit
from liaison.people.words import Role
from liaison.tickets.models import Category, Ticket, TicketEvent, Voice
from workflows.ticket_words import Confidentiality

BATCH = 2000


def events(scope: Scope) -> Iterable[Any]:
    """Every event up to the cut-off of the ordinary matters raised in the period, matter by matter."""
    place, lead = aliased(Unit), aliased(Ticket)
    wanted = (
        select(
            TicketEvent.ticket_id,
            TicketEvent.move,
            TicketEvent.from_state,
            TicketEvent.to_state,
            TicketEvent.actor_id,
            TicketEvent.at,
            TicketEvent.data,
            Ticket.filed_by_id,
            Ticket.filed_for_id,
            Ticket.limit_class,
            Ticket.is_urgent,
            Category.name.label("category"),
            place.type.label("place_type"),
            Unit.name.label("unit"),
            lead.id.label("lead_id"),
        )
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .outerjoin(Category, Category.id == Ticket.category_id)
        .outerjoin(place, place.id == Ticket.place_id)
        .outerjoin(Unit, Unit.id == Ticket.lead_unit_id)
        .outerjoin(lead, (lead.id == Ticket.merged_into_id) & _raised(lead, scope))
        .where(_raised(Ticket, scope), TicketEvent.at < scope.cut_off)
        .order_by(TicketEvent.ticket_id, TicketEvent.seq)
    )
    return run(wanted.execution_options(yield_per=BATCH))


def voices(scope: Scope) -> dict[int, list[int]]:
    """Ticket → the voices it holds."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = select(Voice.ticket_id, Voice.id).join(Ticket, Ticket.id == Voice.ticket_id)
    for row in run(wanted.where(_raised(Ticket, scope)).order_by(Voice.id)):
        found[row.ticket_id].append(row.id)
    return found


def roles() -> dict[int, set[Role]]:
    """Person → the roles he ever held."""
    found: dict[int, set[Role]] = defaultdict(set)
    for row in run(select(RoleGrant.person_id, RoleGrant.role)):
        found[row.person_id].add(row.role)
    return found


def _raised(ticket: Any, scope: Scope) -> Any:
    within = (ticket.raised_at >= scope.begin) & (ticket.raised_at < scope.end)
    return within & (ticket.confidentiality == Confidentiality.NORMAL)
