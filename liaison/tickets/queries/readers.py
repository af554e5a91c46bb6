"""Who reads a restricted ticket by name, whom it is about, and who had it before its level was raised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, bindparam, func, select

from liaison.core.clock import today
from liaison.core.db import run
from liaison.people.models import Person, Post, RoleGrant
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from liaison.tickets.models import Assignment, Ticket, TicketEvent
from liaison.tickets.models.confidential import Recused
from liaison.tickets.models.tickets import Reader
from workflows.ticket_words import Confidentiality

TICKET: Any = bindparam("ticket")
DAY: Any = bindparam("day", type_=Date)


def named(ticket: Ticket) -> Sequence[Any]:
    """The named readers: id and name."""
    return run(NAMED, {"ticket": ticket.id}).all()


def recused(ticket: Ticket) -> Sequence[Any]:
    """The people it is about: id and name."""
    return run(RECUSED, {"ticket": ticket.id}).all()


def whom_it_is_about(ticket: Ticket) -> tuple[list[int], list[int]]:
    """Keys of the people, and of the units that may not work on it: the one named, and those these people head.

    Nobody is named on an ordinary matter, so nothing is asked there.
    """
    units = [ticket.complained_of_id] if ticket.complained_of_id else []
    if ticket.confidentiality is Confidentiality.NORMAL:
        return [], units
    rows = run(ABOUT, {"ticket": ticket.id, "day": today()}).all()
    return list(dict.fromkeys(row.person_id for row in rows)), units + [row.unit_id for row in rows if row.unit_id]


def is_complained_of(ticket: Ticket, person_id: int) -> bool:
    """Whether it is about this person, or about a unit he belongs to today."""
    if person_id in {row.id for row in recused(ticket)}:
        return True
    units = set(run(UNITS_OF, {"person": person_id, "day": today()}).scalars())
    return ticket.complained_of_id is not None and ticket.complained_of_id in units


def may_be_named(person_id: int) -> bool:
    """Heads of units are named (domain.md §2.3, «view ticket text, restricted»)."""
    return run(HEADED, {"person": person_id, "day": today()}).first() is not None


def working_units(ticket: Ticket) -> set[int]:
    """The units with an obligation on it that has not ended."""
    return set(run(WORKING, {"ticket": ticket.id}).scalars())


def earlier(ticket: Ticket) -> Sequence[Any]:
    """Who had it in hand before its level was raised: as they were called then (T38)."""
    return run(EARLIER, {"ticket": ticket.id}).all()


def people_called(words: str) -> Sequence[Any]:
    """Active people of this account or exactly this name: id and name."""
    return run(CALLED, {"login": words.lower(), "name": words}).all()


NAMED = (
    select(Person.id, Person.name)
    .join(Reader, Reader.person_id == Person.id)
    .where(Reader.ticket_id == TICKET)
    .order_by(Reader.id)
)
RECUSED = (
    select(Person.id, Person.name)
    .join(Recused, Recused.person_id == Person.id)
    .where(Recused.ticket_id == TICKET)
    .order_by(Recused.id)
)
UNITS_OF = (
    select(Post.unit_id)
    .where(Post.person_id == bindparam("person"), valid(Post, DAY))
    .union(select(RoleGrant.unit_id).where(RoleGrant.person_id == bindparam("person"), valid(RoleGrant, DAY)))
)
HEADED = select(RoleGrant.id).where(
    RoleGrant.person_id == bindparam("person"), RoleGrant.role == Role.HEAD, valid(RoleGrant, DAY)
)
ABOUT = (
    select(Recused.person_id, RoleGrant.unit_id)
    .outerjoin(
        RoleGrant,
        (RoleGrant.person_id == Recused.person_id) & (RoleGrant.role == Role.HEAD) & valid(RoleGrant, DAY),
    )
    .where(Recused.ticket_id == TICKET)
)
WORKING = select(Assignment.unit_id).where(Assignment.ticket_id == TICKET, Assignment.ending.is_(None))
_RAISED = (
    select(func.min(TicketEvent.seq))
    .where(TicketEvent.ticket_id == TICKET, TicketEvent.move == "raise_level")
    .scalar_subquery()
)
EARLIER = (
    select(TicketEvent.actor_label, func.min(TicketEvent.at).label("at"))
    .where(TicketEvent.ticket_id == TICKET, TicketEvent.seq < _RAISED, TicketEvent.actor_id.is_not(None))
    .group_by(TicketEvent.actor_label)
    .order_by(func.min(TicketEvent.id))
)
CALLED = (
    select(Person.id, Person.name)
    .where((Person.login == bindparam("login")) | (Person.name == bindparam("name")), Person.is_active)
    .order_by(Person.id)
    .limit(5)
)
