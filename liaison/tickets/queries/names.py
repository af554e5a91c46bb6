"""Names and first voices by key: what an event keeps of the units and people it speaks of."""

from __future__ import annotations

from sqlalchemy import or_, select

from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Person, RoleGrant, Unit
from liaison.people.words import Role
from liaison.tickets.models import Voice


def unit(unit_id: int | None) -> str:
    """The unit's name today; the event keeps it as it was then."""
    return db.session.scalar(select(Unit.name).where(Unit.id == unit_id)) or ""


def person(person_id: int | None) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def heads(unit_id: int) -> list[int]:
    """Those who may answer for a unit today."""
    return people_with(unit_id, Role.HEAD)


def people_with(unit_id: int | None, *roles: Role) -> list[int]:
    """Active people holding one of the roles, at a unit or (None) in the whole office."""
    where = [RoleGrant.role.in_(roles), RoleGrant.from_on <= today(), Person.is_active]
    where.append(or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= today()))
    if unit_id is not None:
        where.append(RoleGrant.unit_id == unit_id)
    wanted = select(RoleGrant.person_id).join(Person, Person.id == RoleGrant.person_id).where(*where).distinct()
    return list(db.session.scalars(wanted))


def own_voice(ticket_id: int) -> int:
    """The voice that opened a ticket."""
    first = select(Voice.id).where(Voice.ticket_id == ticket_id).order_by(Voice.id).limit(1)
    return int(db.session.scalars(first).one())
