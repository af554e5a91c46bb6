"""更正: who may ask for one, what waits for the director, and what it would change, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Amendment, Contact
from liaison.contacts.queries.lists import lines
from liaison.core.db import db, run
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from workflows.contacts import State

MOST = 100  # shown at once, the oldest first


def may_ask(actor: Actor, contact: Contact, leader_ids: frozenset[int]) -> bool:
    """Of his own record in a locked month; never through a liaison (domain.md §2.3)."""
    is_own = Scope.OWN in scopes(actor, Action.EDIT_CONTACT) and actor.id in leader_ids
    return is_own and contact.is_locked and contact.state not in (State.CANCELLED, State.PLANNED)


def last(contact_id: int) -> Amendment | None:
    """The latest one of a record, decided or not."""
    mine = select(Amendment).where(Amendment.contact_id == contact_id)
    return db.session.scalar(mine.order_by(Amendment.id.desc()).limit(1))


def waiting(number: str) -> tuple[Contact, Amendment] | None:
    """The one that waits, with its record."""
    wanted = select(Contact, Amendment).join(Amendment, Amendment.contact_id == Contact.id)
    found = db.session.execute(wanted.where(Contact.number == number, Amendment.is_approved.is_(None))).one_or_none()
    return (found.Contact, found.Amendment) if found else None


def pending() -> Sequence[Any]:
    """Lines of the list with what is wanted, why, and by whom."""
    columns = (Contact.version, Contact.minutes, Contact.summary, Amendment.wanted, Amendment.reason)
    wanted = lines().add_columns(*columns, Amendment.asked_at, Person.name.label("asker"))
    wanted = wanted.join(Amendment, Amendment.contact_id == Contact.id).join(Person, Person.id == Amendment.asked_by_id)
    waits = wanted.where(Amendment.is_approved.is_(None)).order_by(Amendment.asked_at, Contact.id)
    return list(db.session.execute(waits.limit(MOST)))


def pending_count() -> int:
    return db.session.scalar(select(func.count()).where(Amendment.is_approved.is_(None))) or 0


def names_of(wanted: Sequence[dict[str, Any]]) -> dict[str, dict[int, str]]:
    """The places and people these speak of: two statements, however many."""
    places = {one["place_id"] for one in wanted if one.get("place_id")}
    people = {person for one in wanted for person in one["leader_ids"]}
    units = run(select(Unit.id, Unit.name).where(Unit.id.in_(places)))
    persons = run(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {"places": {row.id: row.name for row in units}, "people": {row.id: row.name for row in persons}}
