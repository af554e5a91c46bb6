"""Names and first voices by key: what an event keeps of the units and people it speaks of."""

from __future__ import annotations

from sqlalchemy import Date, bindparam, select

from liaison.core.clock import today
from liaison.core.db import run
from liaison.people.models import Person, RoleGrant, Supervision, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from liaison.tickets.models import Voice


def unit(unit_id: int | None) -> str:
    """The unit's name today; the event keeps it as it was then."""
    return run(_UNIT, {"unit": unit_id}).scalar() or ""


def heir_of(unit_id: int | None) -> int | None:
    """The unit itself; where it was closed, the one that took over from it, however often."""
    heir = run(_SUCCESSOR, {"unit": unit_id}).scalar()
    return unit_id if heir is None else heir_of(heir)


def person(person_id: int | None) -> str:
    return run(_PERSON, {"person": person_id}).scalar() or ""


def heads(unit_id: int) -> list[int]:
    """Those who may answer for a unit today."""
    return [person_id for person_id, role in workers_of(unit_id) if role is Role.HEAD]


def workers_of(unit_id: int) -> list[tuple[int, Role]]:
    """The active heads and handlers of a unit, each with the role: who may take a ticket there."""
    return [(row.person_id, row.role) for row in run(_WORKERS, {"unit": unit_id, "day": today()})]


def unit_and_workers(unit_id: int) -> tuple[str, list[tuple[int, Role]]]:
    """A unit's name with who may take a ticket there: one statement; the name is empty where nobody may."""
    rows = run(_UNIT_WORKERS, {"unit": unit_id, "day": today()}).all()
    return (rows[0].name if rows else ""), [(row.person_id, row.role) for row in rows]


def supervisors(unit_id: int | None) -> list[int]:
    """The leaders in charge of a unit today."""
    return list(run(_SUPERVISORS, {"unit": unit_id, "day": today()}).scalars())


def own_voice(ticket_id: int) -> int:
    """The voice that opened a ticket."""
    return int(run(_OWN_VOICE, {"ticket": ticket_id}).scalar_one())


_UNIT = select(Unit.name).where(Unit.id == bindparam("unit"))
_SUCCESSOR = select(Unit.successor_id).where(Unit.id == bindparam("unit"))
_PERSON = select(Person.name).where(Person.id == bindparam("person"))
_OWN_VOICE = select(Voice.id).where(Voice.ticket_id == bindparam("ticket")).order_by(Voice.id).limit(1)
_SUPERVISORS = select(Supervision.leader_id).where(
    Supervision.unit_id == bindparam("unit"), valid(Supervision, bindparam("day", type_=Date))
)
_WORKERS = (
    select(RoleGrant.person_id, RoleGrant.role)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(
        RoleGrant.unit_id == bindparam("unit"),
        RoleGrant.role.in_([Role.HEAD, Role.HANDLER]),
        valid(RoleGrant, bindparam("day", type_=Date)),
        Person.is_active,
    )
    .distinct()
)
_UNIT_WORKERS = _WORKERS.join(Unit, Unit.id == RoleGrant.unit_id).add_columns(Unit.name)
