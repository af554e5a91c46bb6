"""本人申报: what a person has to declare, and for the office who has not yet – in organisational order, no ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, select

from liaison.calendars.models import Term
from liaison.contacts.models import Contact, ContactLeader
from liaison.core import clock
from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.people.models import Person, Post, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import PostCategory
from liaison.programmes.models import CarrierPlan, TimeShare
from liaison.programmes.queries import rules
from liaison.programmes.words import MeetingChannel
from workflows.contacts import State

CADRES = (PostCategory.DIVISION_HEAD, PostCategory.DIVISION_DEPUTY)
PLAN, SHARE = ("FJ21-3T-PLAN",), ("FJ21-3T-HALF", "MOE19-HALF")
HALF_DAY, WHOLE_DAY = 180, 360  # minutes of one stay (domain.md §3.9)


@dataclass(frozen=True)
class Asked:
    """What a person has to declare by his posts of today."""

    plan: bool
    share: bool


def asked_of(person_id: int | None) -> Asked:
    wanted = (
        select(func.count(Post.id), func.sum(_has_rule()), _asks(PLAN), _asks(SHARE))
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id == person_id, *_cadre())
    )
    posts, half_time, plan, share = db.session.execute(wanted).one()
    return Asked(plan=bool(posts and plan), share=bool(half_time and share))


def asked_of_cadres() -> Asked:
    """What the rules in force ask of cadres at all."""
    plan, share = db.session.execute(select(_asks(PLAN), _asks(SHARE))).one()
    return Asked(plan=plan, share=share)


def present_term() -> Term | None:
    """The term that began last."""
    begun = select(Term).where(Term.first_monday <= clock.today())
    return db.session.scalar(begun.order_by(Term.first_monday.desc()).limit(1))


def half_days(person_id: int | None, term: Term) -> int:
    """Half days on the front line in a term, as recorded: beside the declaration for orientation, never instead."""
    held = (Contact.held_at >= clock.moment(term.first_monday), Contact.held_at < clock.end_of(term.last_day))
    stands = (Contact.state == State.CONFIRMED, Contact.channel == MeetingChannel.FACE_TO_FACE)
    wanted = (
        select(Contact.held_at, Contact.minutes)
        .join(ContactLeader, ContactLeader.contact_id == Contact.id)
        .where(ContactLeader.person_id == person_id, ContactLeader.confirmed_at.is_not(None), *held, *stands)
        .where(Contact.minutes >= HALF_DAY)
    )
    longest: dict[date, int] = defaultdict(int)
    for held_at, minutes in db.session.execute(wanted):
        day = clock.local(held_at).date()
        longest[day] = max(longest[day], minutes or 0)
    return sum(2 if minutes >= WHOLE_DAY else 1 for minutes in longest.values())


def page_of(year: str, term: Term | None, wants: Asked, asked: Mapping[str, str], *, is_missing: bool) -> Page:
    """Every cadre of today with what he declared; or only those of whom something `wants` is missing."""
    people = _people()
    plan, share = CarrierPlan.declared_on, TimeShare.band
    of_term = (TimeShare.person_id == people.c.person_id) & (TimeShare.term_id == (term.id if term else 0))
    of_year = (CarrierPlan.person_id == people.c.person_id) & (CarrierPlan.academic_year == year)
    wanted: Any = (
        select(people, Person.name, plan, share, TimeShare.sentence)
        .join(Person, Person.id == people.c.person_id)
        .outerjoin(CarrierPlan, of_year)
        .outerjoin(TimeShare, of_term)
    )
    if is_missing:
        lacks_plan = plan.is_(None) if wants.plan else false()
        lacks_share = (people.c.has_rule == 1) & share.is_(None) if wants.share and term else false()
        wanted = wanted.where(lacks_plan | lacks_share)
    return page(wanted, [people.c.unit_order, people.c.post_order, people.c.person_id], asked)


def counts(year: str) -> tuple[int, int]:
    """How many cadres there are, and how many of them declared their plan."""
    people = _people()
    of_year = (CarrierPlan.person_id == people.c.person_id) & (CarrierPlan.academic_year == year)
    both = select(func.count(people.c.person_id), func.count(CarrierPlan.id)).select_from(people)
    everybody, declared = db.session.execute(both.outerjoin(CarrierPlan, of_year)).one()
    return everybody, declared


def posts_of(person_ids: list[int]) -> dict[int, str]:
    """Unit and title of today, for the people of a page."""
    wanted = select(Post.person_id, Unit.name, Post.title).join(Unit, Unit.id == Post.unit_id)
    found: dict[int, list[str]] = defaultdict(list)
    in_order = wanted.where(Post.person_id.in_(person_ids), *_cadre()).order_by(Unit.order, Post.order)
    for person, unit, title in db.session.execute(in_order):
        found[person].append(title if title.startswith(unit) else f"{unit} {title}")
    return {person: "、".join(words) for person, words in found.items()}


def _people() -> Any:
    orders = (func.min(Unit.order).label("unit_order"), func.min(Post.order).label("post_order"))
    return (
        select(Post.person_id, *orders, func.max(_has_rule()).label("has_rule"))
        .join(Unit, Unit.id == Post.unit_id)
        .where(*_cadre())
        .group_by(Post.person_id)
        .subquery()
    )


def _cadre() -> tuple[ColumnElement[bool], ...]:
    return valid(Post, clock.today()), Post.category.in_(CADRES)


def _asks(codes: tuple[str, ...]) -> Any:
    return select(rules.asks(codes, clock.today())).scalar_subquery()


def _has_rule() -> Any:
    """一半以上时间: the head or deputy of a unit with that rule."""
    return case((Unit.has_half_time_rule, 1), else_=0)
