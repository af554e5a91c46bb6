"""What a monthly form is made of, for many people in one statement each: contacts, links, plans, what was heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact, ContactEvent, ContactLeader, ContactTarget, LateEntry
from liaison.contacts.queries.meetings import NOT_AGREED
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.queries.record_holders import last_of
from liaison.oversight.record_forms import Heard, Held, Plan
from liaison.people.models import Link, Person, StaffLink, Unit
from liaison.people.words import UnitType
from liaison.programmes.models import CarrierPlan, Course, SpecialPeriod
from liaison.tickets.models import Category, Telling, Ticket, Voice
from liaison.tickets.models.tellings import About
from liaison.tickets.queries.voices import lead_of
from workflows.contacts import State
from workflows.ticket_words import Confidentiality

RESTRICTED, UNSORTED = "受限", "未分类"


def academic_year(month: date) -> str:
    """2026-2027: it begins in September."""
    first = month.year if month.month >= 9 else month.year - 1
    return f"{first}-{first + 1}"


def contacts(month: date, people: Collection[int]) -> dict[int, list[Held]]:
    """Confirmed contacts of the month, by person, in the order they were held."""
    wanted = (
        select(
            ContactLeader.person_id,
            Contact.id,
            Contact.held_at,
            Contact.kind,
            Contact.second_kind,
            Contact.place_id,
            func.coalesce(Unit.name, Contact.place_text).label("place"),
            Unit.type.label("place_type"),
            Contact.summary,
            Contact.title,
            Course.name.label("course"),
            _voices().label("voices"),
            _voices(_is_told()).label("told"),
            ContactLeader.confirmed_at,
            LateEntry.decided_at,
            _edited_at().label("edited_at"),
        )
        .join(Contact, Contact.id == ContactLeader.contact_id)
        .outerjoin(LateEntry, LateEntry.contact_id == Contact.id)
        .outerjoin(Unit, Unit.id == Contact.place_id)
        .outerjoin(Course, Course.id == Contact.course_id)
        .where(ContactLeader.person_id.in_(people), *counts_in(month))
        .order_by(Contact.held_at, Contact.id)
    )
    rows = db.session.execute(wanted).all()
    targets = _targets({row.id for row in rows})
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(_held(row, targets[row.id]))
    return found


def counts_in(month: date) -> tuple[ColumnElement[bool], ...]:
    """Contacts of a month that stand: confirmed by this person; filed in time, or late and agreed to."""
    first, end = days_of(month)
    between = (Contact.held_at >= first, Contact.held_at < end)
    stands = (Contact.state == State.CONFIRMED, ContactLeader.confirmed_at.is_not(None), Contact.id.not_in(NOT_AGREED))
    return (*between, *stands)


def days_of(month: date) -> tuple[datetime, datetime]:
    """Its begin, and its end, which belongs to the next."""
    return clock.moment(month), clock.end_of(last_of(month))


def special_days(month: date) -> tuple[str, ...]:
    """A sentence for each special period that touches the month: it is printed wherever it counts (§3.6)."""
    touches = (SpecialPeriod.from_on <= last_of(month), SpecialPeriod.until_on >= month)
    wanted = select(SpecialPeriod).where(*touches, SpecialPeriod.withdrawn_at.is_(None)).order_by(SpecialPeriod.from_on)
    return tuple(
        f"{one.from_on:%-m月%-d日}至{one.until_on:%-m月%-d日}为特殊时期（{one.reason}），网上联系按面对面计算。"
        for one in db.session.scalars(wanted)
    )


def _held(row: Any, targets: dict[int, tuple[UnitType, str]]) -> Held:
    place = {row.place_id: (row.place_type, row.place)} if row.place_id else {}
    return Held(
        held_at=row.held_at,
        kinds=frozenset(kind for kind in (row.kind, row.second_kind) if kind),
        first_kind=row.kind,
        place=row.place,
        units=place | targets,
        summary=row.summary,
        title=row.title,
        course=row.course or "",
        voices=row.voices,
        told=row.told,
        since=max(row.confirmed_at, row.decided_at or row.confirmed_at),
        is_late=row.decided_at is not None,
        edited_at=row.edited_at,
    )


def _edited_at() -> Any:
    edits = (ContactEvent.contact_id == Contact.id, ContactEvent.move == "edit")
    return select(func.max(ContactEvent.at)).where(*edits).correlate(Contact).scalar_subquery()


def _voices(*more: ColumnElement[bool]) -> Any:
    own = (Voice.contact_id == Contact.id, Voice.extract_of_id.is_(None))
    return select(func.count()).where(*own, *more).correlate(Contact).scalar_subquery()


def _is_told() -> ColumnElement[bool]:
    """Told of the present answer, of a route or of a withdrawal."""
    own, lead = aliased(Ticket), aliased(Ticket)
    answer = (
        select(lead.answer_id)
        .join(own, lead.id == lead_of(own))
        .where(own.id == Voice.ticket_id)
        .correlate(Voice)
        .scalar_subquery()
    )
    of_something = or_(Telling.answer_id == answer, Telling.about != About.ANSWER)
    return exists().where(Telling.voice_id == Voice.id, of_something).correlate(Voice)


def _targets(contacts: Collection[int]) -> dict[int, dict[int, tuple[UnitType, str]]]:
    wanted = (
        select(ContactTarget.contact_id, Unit.id, Unit.type, Unit.name)
        .join(Unit, Unit.id == ContactTarget.unit_id)
        .where(ContactTarget.contact_id.in_(contacts))
    )
    found: dict[int, dict[int, tuple[UnitType, str]]] = defaultdict(dict)
    for contact, key, kind, name in db.session.execute(wanted) if contacts else ():
        found[contact][key] = (kind, name)
    return found


def linked(month: date, people: Collection[int]) -> dict[int, dict[UnitType | None, dict[int, str]]]:
    """Units by their type, and young teachers under None, as linked at some time of the month."""
    units = (
        select(Link.person_id, Unit.type, Unit.id, Unit.name)
        .join(Unit, Unit.id == Link.unit_id)
        .where(Link.person_id.in_(people), *_within(Link, month))
        .order_by(Unit.order, Unit.id)
    )
    teachers = (
        select(StaffLink.person_id, Person.id, Person.name)
        .join(Person, Person.id == StaffLink.colleague_id)
        .where(StaffLink.person_id.in_(people), StaffLink.is_young_teacher, *_within(StaffLink, month))
        .order_by(StaffLink.id)
    )
    found: dict[int, dict[UnitType | None, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for person, kind, key, name in db.session.execute(units):
        found[person][kind][key] = name
    for person, key, name in db.session.execute(teachers):
        found[person][None][key] = name
    return found


def _within(dated: Any, month: date) -> tuple[ColumnElement[bool], ...]:
    return dated.from_on <= last_of(month), or_(dated.until_on.is_(None), dated.until_on >= month)


def plans(month: date, people: Collection[int]) -> dict[int, Plan]:
    where = (CarrierPlan.person_id.in_(people), CarrierPlan.academic_year == academic_year(month))
    return {
        row.person_id: Plan((row.duty, row.business, row.talent), tuple(row.staff_carriers), tuple(row.group_carriers))
        for row in db.session.scalars(select(CarrierPlan).where(*where))
    }


def heard(month: date, people: Collection[int]) -> dict[int, list[Heard]]:
    """What was heard in their contacts: this month, or earlier and answered this month. Restricted ones only count."""
    own, lead = aliased(Ticket), aliased(Ticket)
    first, end = days_of(month)
    in_month = Contact.held_at >= first
    answered = (lead.handled_at >= first) & (lead.handled_at < end)
    wanted = (
        select(
            ContactLeader.person_id,
            Category.name,
            lead.outcome,
            lead.confidentiality,
            in_month.label("is_of_month"),
        )
        .join(Contact, Contact.id == ContactLeader.contact_id)
        .join(Voice, (Voice.contact_id == Contact.id) & Voice.extract_of_id.is_(None))
        .join(own, own.id == Voice.ticket_id)
        .join(lead, lead.id == lead_of(own))
        .outerjoin(Category, Category.id == lead.category_id)
        .where(ContactLeader.person_id.in_(people), *counts_in(month)[1:], or_(in_month, answered))
        .order_by(Contact.held_at, Voice.id)
    )
    found: dict[int, list[Heard]] = defaultdict(list)
    for row in db.session.execute(wanted):
        is_normal = row.confidentiality is Confidentiality.NORMAL
        category = (row.name or UNSORTED) if is_normal else RESTRICTED
        found[row.person_id].append(Heard(category, row.outcome if is_normal else None, bool(row.is_of_month)))
    return found
