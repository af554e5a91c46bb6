"""Which contacts an actor may see: every read of contacts starts here (safety.md R2, R3)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Contact, ContactLeader, ContactTarget
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.people.words import Role
from workflows.contacts import State

FEW = 60  # units whose contacts are found one by one; above it, reading the newest contacts of all is quicker


def ways(actor: Actor) -> list[ColumnElement[bool]]:
    """The ways in which contacts become visible to this actor, each a condition with an index of its own.

    A list asks them one by one and merges: joined by OR they would read the whole table.
    """
    held = scopes(actor, Action.VIEW_CONTACTS)
    if Scope.ALL in held:
        return [true()]
    units = _units(actor, held)
    return [_own(actor), *([_confirmed_in(units)] if units else [])]


def load(actor: Actor, number: str) -> Contact:
    """The contact of this number, or NotVisible whether it is missing or merely not his."""
    contact = db.session.scalar(select(Contact).where(Contact.number == number))
    if contact is None or not _may_see(actor, contact):
        raise NotVisible(number)
    return contact


def _own(actor: Actor) -> ColumnElement[bool]:
    """Took part, acts for one who did, or filed it: a filer always sees what he filed (rulings §13)."""
    took_part = select(ContactLeader.contact_id).where(ContactLeader.person_id.in_(_people(actor)))
    return or_(Contact.id.in_(took_part), Contact.filed_by_id == actor.id)


def _people(actor: Actor) -> list[int]:
    return [person for person in (actor.id, *sorted(actor.leads_for)) if person is not None]


def _units(actor: Actor, held: frozenset[Scope]) -> frozenset[int]:
    """Own unit for heads and desks; supervised and linked ones for leaders (domain.md §2.3: U, S)."""
    own = actor.at(Role.HEAD) | actor.at(Role.DESK) if Scope.UNIT in held else frozenset()
    watched = actor.supervised | actor.linked if Scope.SUPERVISED in held else frozenset()
    return own | watched


def _confirmed_in(units: frozenset[int]) -> ColumnElement[bool]:
    """What took place in these units or below them, once its leader stands by it."""
    all_units = below(units)
    few = list(db.session.scalars(all_units.limit(FEW + 1)))
    is_few = len(few) <= FEW
    # «+ 0» keeps the database from collecting the contacts of thousands of rooms before it sorts them
    place = Contact.place_id.in_(few) if is_few else (Contact.place_id + 0).in_(all_units)
    aimed = ContactTarget.unit_id.in_(few if is_few else all_units)
    there = or_(place, Contact.id.in_(select(ContactTarget.contact_id).where(aimed)))
    return and_(there, Contact.state == State.CONFIRMED)


def below(units: Collection[int]) -> Select[Any]:
    """The ids of these units and of everything below them."""
    tree = select(Unit.id).where(Unit.id.in_(sorted(units))).cte("below", recursive=True)
    tree = tree.union(select(Unit.id).where(Unit.parent_id == tree.c.id))
    return select(tree.c.id)


def _above(units: Select[Any]) -> Select[Any]:
    """The ids of these units and of everything they belong to."""
    tree = select(Unit.id, Unit.parent_id).where(Unit.id.in_(units)).cte("above", recursive=True)
    tree = tree.union(select(Unit.id, Unit.parent_id).where(Unit.id == tree.c.parent_id))
    return select(tree.c.id)


def _may_see(actor: Actor, contact: Contact) -> bool:
    held = scopes(actor, Action.VIEW_CONTACTS)
    if Scope.ALL in held or contact.filed_by_id == actor.id:
        return True
    mine = ContactLeader.contact_id == contact.id, ContactLeader.person_id.in_(_people(actor))
    if db.session.scalar(select(ContactLeader.id).where(*mine).limit(1)) is not None:
        return True
    units = _units(actor, held)
    return bool(units) and contact.state is State.CONFIRMED and _lies_in(contact, units)


def _lies_in(contact: Contact, units: frozenset[int]) -> bool:
    targets = select(ContactTarget.unit_id).where(ContactTarget.contact_id == contact.id)
    places = targets.union(select(Unit.id).where(Unit.id == contact.place_id))
    above = _above(select(places.subquery()))
    return not units.isdisjoint(db.session.scalars(above))
