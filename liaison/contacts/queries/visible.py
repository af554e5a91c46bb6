"""Which contacts an actor may see: every read of contacts starts here (safety.md R2, R3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true, union

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Contact, ContactLeader, ContactTarget
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.people.words import Role
from workflows.contacts import State


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition «this actor may see this contact», from the scopes of the access table."""
    held = scopes(actor, Action.VIEW_CONTACTS)
    if Scope.ALL in held:
        return true()
    reachable = [_filed_by(actor), _took_part({actor.id, *actor.leads_for})]
    units = _units_of(actor, held)
    if units:
        reachable.append(_confirmed_in(units))
    return Contact.id.in_(union(*reachable))


def load(actor: Actor, number: str) -> Contact:
    """The contact of this number, or NotVisible whether it is missing or merely not his."""
    contact = db.session.scalar(select(Contact).where(Contact.number == number, visible(actor)))
    if contact is None:
        raise NotVisible(number)
    return contact


def _filed_by(actor: Actor) -> Select[Any]:
    """A filer always sees what he filed (rulings §13)."""
    return select(Contact.id).where(Contact.filed_by_id == actor.id)


def _took_part(person_ids: set[int | None]) -> Select[Any]:
    ids = [person for person in person_ids if person is not None]
    return select(ContactLeader.contact_id).where(ContactLeader.person_id.in_(ids))


def _units_of(actor: Actor, held: frozenset[Scope]) -> frozenset[int]:
    """Own unit for heads and desks; supervised and linked ones for leaders (domain.md §2.3: U, S)."""
    own = actor.at(Role.HEAD) | actor.at(Role.DESK) if Scope.UNIT in held else frozenset()
    watched = actor.supervised | actor.linked if Scope.SUPERVISED in held else frozenset()
    return own | watched


def _confirmed_in(units: frozenset[int]) -> Select[Any]:
    """What took place in these units or below them, once its leader stands by it."""
    tree = subtree(units)
    aimed = select(ContactTarget.contact_id).where(ContactTarget.unit_id.in_(tree))
    there = or_(Contact.place_id.in_(tree), Contact.id.in_(aimed))
    return select(Contact.id).where(there, Contact.state == State.CONFIRMED)


def subtree(units: frozenset[int]) -> Select[Any]:
    """The ids of these units and of everything below them."""
    tree = select(Unit.id).where(Unit.id.in_(sorted(units))).cte("subtree", recursive=True)
    tree = tree.union(select(Unit.id).where(Unit.parent_id == tree.c.id))
    return select(tree.c.id)
