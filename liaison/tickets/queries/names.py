"""Names and first voices by key: what an event keeps of the units and people it speaks of."""

from __future__ import annotations

from sqlalchemy import Date, bindparam, select

from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Person, RoleGrant, Unit
from liaison.people.queries.acting import valid
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
    given = {"roles": roles, "day": today(), "unit": unit_id}
    return list(db.session.scalars(_IN_OFFICE if unit_id is None else _AT_UNIT, given))


def workers_of(unit_id: int) -> list[tuple[int, Role]]:
    """The active heads and handlers of a unit, each with the role: who may take a ticket there."""
    given = {"roles": [Role.HEAD, Role.HANDLER], "day": today(), "unit": unit_id}
    return [(person_id, role) for person_id, role in db.session.execute(_WORKERS, given)]


def own_voice(ticket_id: int) -> int:
    """The voice that opened a ticket."""
    first = select(Voice.id).where(Voice.ticket_id == ticket_id).order_by(Voice.id).limit(1)
    return int(db.session.scalars(first).one())


_DAY = bindparam("day", type_=Date)
_IN_OFFICE = (  # built once: every notice asks
    select(RoleGrant.person_id)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(RoleGrant.role.in_(bindparam("roles", expanding=True)), valid(RoleGrant, _DAY), Person.is_active)
    .distinct()
)
_AT_UNIT = _IN_OFFICE.where(RoleGrant.unit_id == bindparam("unit"))
_WORKERS = _AT_UNIT.with_only_columns(RoleGrant.person_id, RoleGrant.role)
