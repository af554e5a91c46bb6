"""Where one can meet students: what one is linked with, where one was lately, and all the rest by typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact
from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Link, Unit
from liaison.programmes.words import ContactKind
from workflows.contacts import State

HITS = 8
RECENT = 5
LOOKED_BACK = 30  # contacts; five different places are nearly always among them
LONGEST_SEARCH = 40

Within = aliased(Unit, name="within")


@dataclass(frozen=True)
class Place:
    id: int
    name: str
    within: str = ""  # the unit it belongs to: tells two rooms or classes of one name apart


@dataclass(frozen=True)
class Habits:
    """What a filer did lately: the kind he used last and where he was."""

    kind: ContactKind | None
    places: list[Place]


def links(person_ids: Iterable[int]) -> list[Place]:
    """联系点: the units these people are linked with today, in organisational order."""
    wanted = (
        select(Unit.id, Unit.name)
        .join(Link, Link.unit_id == Unit.id)
        .where(Link.person_id.in_(sorted(person_ids)), _valid(Link.from_on, Link.until_on, today()), is_open())
        .group_by(Unit.id, Unit.name, Unit.order)
        .order_by(Unit.order, Unit.id)
    )
    return [Place(*row) for row in db.session.execute(wanted)]


def habits(person_id: int | None) -> Habits:
    """Presets of the capture page, from what this person filed last."""
    wanted = (
        select(Contact.kind, Unit.id, Unit.name, Unit.closed_on)
        .outerjoin(Unit, Unit.id == Contact.place_id)
        .where(Contact.filed_by_id == person_id, Contact.state != State.PLANNED)
        .order_by(Contact.held_at.desc(), Contact.id.desc())
        .limit(LOOKED_BACK)
    )
    rows = list(db.session.execute(wanted))
    places = dict.fromkeys(Place(row.id, row.name) for row in rows if row.id and row.closed_on is None)
    return Habits(rows[0].kind if rows else None, list(places)[:RECENT])


def search(typed: str, limit: int = HITS) -> list[Place]:
    """Open units whose name, other names or superior unit hold every word typed; the nearest first."""
    words = unicodedata.normalize("NFKC", typed).strip()[:LONGEST_SEARCH].split()
    if not words:
        return []
    wanted = _places().where(*[_mentions(word) for word in words], is_open())
    order = (_nearness(words[0], "".join(words)), func.length(Unit.name), Unit.order, Unit.name)
    return _found(wanted.order_by(*order).limit(limit))


def by_ids(ids: Iterable[int]) -> list[Place]:
    """The places of these keys, in the order of their keys."""
    wanted = sorted(set(ids))
    return _found(_places().where(Unit.id.in_(wanted)).order_by(Unit.id)) if wanted else []


def is_open(on: date | None = None) -> ColumnElement[bool]:
    """Today, or on another day."""
    return _valid(Unit.opened_on, Unit.closed_on, on or today())


def _places() -> Any:
    return select(Unit.id, Unit.name, Within.name.label("within")).outerjoin(Within, Within.id == Unit.parent_id)


def _found(wanted: Select[Any]) -> list[Place]:
    return [Place(row.id, row.name, row.within or "") for row in db.session.execute(wanted)]


def _mentions(word: str) -> ColumnElement[bool]:
    names = (Unit.name, Unit.aliases, Within.name, Within.aliases)
    return or_(*[name.icontains(word, autoescape=True) for name in names])


def _nearness(word: str, whole: str) -> ColumnElement[int]:
    """0 the very name, 1 begins so, 2 another of its names, 3 somewhere in the name, 4 only its superior."""
    return case(
        (func.lower(Unit.name) == whole.lower(), 0),
        (Unit.name.istartswith(whole, autoescape=True), 1),
        (Unit.aliases.icontains(whole, autoescape=True), 2),
        (Unit.name.icontains(word, autoescape=True), 3),
        else_=4,
    )


def _valid(from_on: Any, until_on: Any, day: date) -> ColumnElement[bool]:
    return and_(from_on <= day, or_(until_on.is_(None), until_on >= day))
