"""Whose monthly form there is: the posts of a person's last day in the month decide (rulings §13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.oversight.record_forms import Holder
from liaison.people.models import Person, Post, Unit
from liaison.people.words import PostCategory
from liaison.programmes.models import CarrierPlan, MonthlyForm
from liaison.programmes.queries.rules import asks
from liaison.programmes.words import MonthlyFormKind

WHO = {
    MonthlyFormKind.FIVE_LINKS: (PostCategory.PARTY_SECRETARY, PostCategory.PRESIDENT, PostCategory.VICE_LEADER),
    MonthlyFormKind.THREE_STRENGTHS: (PostCategory.DIVISION_HEAD, PostCategory.DIVISION_DEPUTY),
}
OBLIGED = tuple(category for categories in WHO.values() for category in categories)
ASKED_BY = {  # the lines whose work a form shows
    MonthlyFormKind.FIVE_LINKS: ("FJ21-L1-M", "FJ21-L2-DAY", "FJ21-L3-M", "FJ21-L4-M", "FJ21-L5-M", "FJ21-7-F2F"),
    MonthlyFormKind.THREE_STRENGTHS: ("FJ21-3T-M",),
}
PARTED = "、"


def of_people(person_ids: Collection[int], month: date) -> list[tuple[MonthlyFormKind, Holder, datetime | None]]:
    """The forms of these people in a month, and when each was confirmed."""
    where = (MonthlyForm.month == month, MonthlyForm.person_id.in_(person_ids))
    wanted = select(MonthlyForm.kind, MonthlyForm.person_id, MonthlyForm.confirmed_at).where(*where)
    done = {(kind, person): at for kind, person, at in db.session.execute(wanted)}
    theirs = Post.person_id.in_(person_ids)
    found = [(kind, holder) for kind in WHO for holder in of_month(kind, month, theirs)]
    return [(kind, holder, done.get((kind, holder.person_id))) for kind, holder in found]


def page_of(kind: MonthlyFormKind, month: date, asked: Mapping[str, str]) -> Page:
    """For the office: who has such a form, in organisational order, and when it was confirmed."""
    places, done = _places(kind, month), _confirmed(kind, month)
    wanted = select(places, done.c.confirmed_at).outerjoin(done, done.c.person_id == places.c.person_id)
    found = page(wanted, [places.c.unit_order, places.c.post_order, places.c.person_id], asked)
    these = Post.person_id.in_([row.person_id for row in found.rows])
    named = {holder.person_id: holder for holder in of_month(kind, month, these)}
    return replace(found, rows=[(named[row.person_id], row.confirmed_at) for row in found.rows])


def count_of(kind: MonthlyFormKind, month: date) -> tuple[int, int]:
    """How many have such a form, and how many of them confirmed it."""
    places, done = _places(kind, month), _confirmed(kind, month)
    counted = select(func.count(places.c.person_id), func.count(done.c.confirmed_at))
    both = counted.select_from(places).outerjoin(done, done.c.person_id == places.c.person_id)
    everybody, those = db.session.execute(both).one()
    return everybody, those


def unconfirmed(month: date) -> set[int]:
    """Who has a form of this month that he did not confirm."""
    found: set[int] = set()
    for kind in WHO:
        places, done = _places(kind, month), _confirmed(kind, month)
        missing = select(places.c.person_id).outerjoin(done, done.c.person_id == places.c.person_id)
        found |= set(db.session.scalars(missing.where(done.c.confirmed_at.is_(None))))
    return found


def undeclared(year: str, month: date) -> set[int]:
    """Whose form of this month lacks the plan of the academic year."""
    places = _places(MonthlyFormKind.THREE_STRENGTHS, month)
    of_year = (CarrierPlan.person_id == places.c.person_id) & (CarrierPlan.academic_year == year)
    missing = select(places.c.person_id).outerjoin(CarrierPlan, of_year).where(CarrierPlan.id.is_(None))
    return set(db.session.scalars(missing))


def _places(kind: MonthlyFormKind, month: date) -> Any:
    """Who has such a form, with his place in the organisational order."""
    orders = (func.min(Unit.order).label("unit_order"), func.min(Post.order).label("post_order"))
    return (
        select(Post.person_id, *orders)
        .join(Unit, Unit.id == Post.unit_id)
        .where(_holds(Post, kind, month))
        .group_by(Post.person_id)
        .subquery()
    )


def of_month(kind: MonthlyFormKind, month: date, *where: ColumnElement[bool]) -> list[Holder]:
    """Name, titles and units of those with such a form, each person once."""
    wanted = (
        select(Post.person_id, Person.name, Post.title, Unit.name.label("unit"))
        .join(Person, Person.id == Post.person_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(_holds(Post, kind, month), *where)
        .order_by(Unit.order, Post.order, Post.person_id)
    )
    posts: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(wanted):
        posts[row.person_id].append(row)
    return [
        Holder(key, held[0].name, _joined(row.title for row in held), _joined(row.unit for row in held))
        for key, held in posts.items()
    ]


def _holds(post: Any, kind: MonthlyFormKind, month: date) -> ColumnElement[bool]:
    """A post of his last day in the month: one that lasts to its end, else the one that ended last. Where the rules
    that ask for the form are not in force, nobody has one."""
    last = last_of(month)
    later = aliased(Post)
    outlived = exists().where(
        later.person_id == post.person_id,
        later.category.in_(OBLIGED),
        later.from_on <= last,
        or_(later.until_on.is_(None), later.until_on > post.until_on),
    )
    lasts = or_(post.until_on.is_(None), post.until_on >= last)
    ended_last = (post.until_on >= month) & ~outlived
    held: ColumnElement[bool] = post.category.in_(WHO[kind]) & (post.from_on <= last) & or_(lasts, ended_last)
    return asks(ASKED_BY[kind], month) & held


def _joined(words: Iterable[str]) -> str:
    return PARTED.join(dict.fromkeys(words))


def _confirmed(kind: MonthlyFormKind, month: date) -> Any:
    wanted = select(MonthlyForm.person_id, MonthlyForm.confirmed_at)
    return wanted.where(MonthlyForm.kind == kind, MonthlyForm.month == month).subquery()


def last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
