"""Units and places: the tree, and a unit by what people call it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from liaison.core import clock
from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.people.models import Link, Post, RoleGrant, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import Role, UnitType

PLACES = (UnitType.CLASS, UnitType.DORM_ROOM, UnitType.CLUB, UnitType.PLACE)  # too many for a list to choose from


def by_code(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code))


def is_open(day: date) -> ColumnElement[bool]:
    """Units that exist on a day."""
    return (Unit.opened_on <= day) & (Unit.closed_on.is_(None) | (Unit.closed_on >= day))


def tree(parent_id: int | None, words: str, asked: Mapping[str, str]) -> Page:
    """The units under a parent in organisational order; with words: those so called, anywhere."""
    child = aliased(Unit)
    has_children = exists().where(child.parent_id == Unit.id).label("has_children")
    columns = (Unit.id, Unit.order, Unit.code, Unit.name, Unit.type, Unit.can_receive_tickets, Unit.closed_on)
    statement: Any = select(*columns, has_children)
    statement = statement.where(_called(words) if words else Unit.parent_id == parent_id)
    return page(statement, [Unit.order, Unit.id], asked)


def path_to(unit: Unit) -> list[Unit]:
    """From the top to the unit itself."""
    path = [unit]
    while path[0].parent_id is not None and len(path) < 20:
        parent = db.session.get_one(Unit, path[0].parent_id)
        path.insert(0, parent)
    return path


def named(words: str) -> Sequence[Unit]:
    """The open units that are called exactly so, by name or code; more than one when a name repeats."""
    where = or_(Unit.name == words.strip(), Unit.code == words.strip())
    return db.session.scalars(select(Unit).where(where, is_open(clock.today())).limit(3)).all()


def shortest_name(unit: Unit) -> str:
    """What to type so that `named` finds this unit: its name, or its code where the name repeats."""
    return unit.name if [found.id for found in named(unit.name)] == [unit.id] else unit.code


def offered() -> Sequence[str]:
    """The names to offer while somebody types a unit: departments and colleges, not rooms and classes."""
    where = (Unit.type.not_in(PLACES), is_open(clock.today()))
    return db.session.scalars(select(Unit.name).where(*where).order_by(Unit.order, Unit.id).limit(300)).all()


def missing_to_receive(unit_id: int) -> list[Role]:
    """Who must still be named before tickets can be dispatched to a unit: one head, one handler (domain.md §2.1)."""
    where = (RoleGrant.unit_id == unit_id, valid(RoleGrant, clock.today()))
    held = set(db.session.scalars(select(RoleGrant.role).where(*where)))
    return [role for role in (Role.HEAD, Role.HANDLER) if role not in held]


def holds_anything(unit_id: int) -> bool:
    """Has it open parts, links, roles or posts, which a successor must take?"""
    today = clock.today()
    return any(
        db.session.scalar(select(exists().where(*where)))
        for where in (
            (Unit.parent_id == unit_id, is_open(today)),
            (Link.unit_id == unit_id, valid(Link, today)),
            (RoleGrant.unit_id == unit_id, valid(RoleGrant, today)),
            (Post.unit_id == unit_id, valid(Post, today)),
        )
    )


def _called(words: str) -> ColumnElement[bool]:
    columns = (Unit.name, Unit.code, Unit.aliases)
    return or_(*(column.contains(words, autoescape=True) for column in columns))
