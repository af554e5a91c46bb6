"""The office's table: who stands in it, in organisational order, by key (domain.md §6.1: no ranking)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.people.models import Person, Post, Unit
from liaison.programmes.derived import Progress
from liaison.programmes.models import Programme


def people(programme: str, period_key: str, first: date, last: date, asked: Mapping[str, str]) -> Page:
    """Fifty of whom a programme asks something in a period, with the first of their posts in it."""
    places = (
        select(
            Post.person_id,
            func.min(Unit.order).label("unit_order"),
            func.min(Post.order).label("post_order"),
            func.min(Post.title).label("title"),
        )
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.from_on <= last, Post.until_on.is_(None) | (Post.until_on >= first))
        .group_by(Post.person_id)
        .subquery()
    )
    owing = select(Progress.person_id).where(Progress.period_key == period_key, Progress.programme == programme)
    wanted: Any = select(places, Person.name).join(Person, Person.id == places.c.person_id).where(Person.id.in_(owing))
    return page(wanted, [places.c.unit_order, places.c.post_order, places.c.person_id], asked)


def pages(programme: str, period_key: str, first: date, last: date) -> Iterator[Page]:
    """All of them, fifty at a time."""
    asked: dict[str, str] = {}
    while True:
        found = people(programme, period_key, first, last, asked)
        yield found
        if not found.after:
            return
        asked = {"after": found.after}


def name_of(person_id: int) -> str | None:
    return db.session.scalar(select(Person.name).where(Person.id == person_id))


def programmes() -> Sequence[Any]:
    """Code and title of those that ask anything of anybody."""
    asking = select(Progress.programme).distinct()
    wanted = select(Programme.code, Programme.title).where(Programme.code.in_(asking))
    return db.session.execute(wanted.order_by(Programme.order, Programme.id)).all()
