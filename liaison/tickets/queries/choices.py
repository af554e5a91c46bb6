"""What a move's form offers to choose from; asked of the database only for the forms that are open to the actor."""

from __future__ import annotations

from sqlalchemy import select

from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Person, RoleGrant, Unit
from liaison.people.words import Role
from liaison.tickets.models import Ticket

Choices = list[tuple[str, str]]


def receiving_units() -> Choices:
    """Units that take tickets, in organisational order."""
    wanted = select(Unit.id, Unit.name).where(Unit.can_receive_tickets, Unit.closed_on.is_(None))
    return [(str(key), name) for key, name in db.session.execute(wanted.order_by(Unit.order, Unit.id))]


def handlers(unit_id: int | None) -> Choices:
    """Who may work a ticket of a unit today: its handlers, then its heads."""
    wanted = (
        select(Person.id, Person.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.unit_id == unit_id,
            RoleGrant.role.in_([Role.HANDLER, Role.HEAD]),
            RoleGrant.from_on <= today(),
            (RoleGrant.until_on.is_(None)) | (RoleGrant.until_on >= today()),
            Person.is_active,
        )
        .order_by(RoleGrant.role.desc(), Person.id)
    )
    found: dict[str, str] = {}
    for key, name, _role in db.session.execute(wanted):
        found.setdefault(str(key), name)
    return list(found.items())


def filers(ticket: Ticket) -> Choices:
    """Who may have answered on the spot: the leader the contact stands for, or who filed."""
    keys = [key for key in (ticket.filed_for_id, ticket.filed_by_id) if key is not None]
    wanted = select(Person.id, Person.name).where(Person.id.in_(keys))
    names = {row.id: row.name for row in db.session.execute(wanted)}
    return [(str(key), names[key]) for key in dict.fromkeys(keys) if key in names]
