"""What a report says of contact work: contacts, leaders in the order of the organisation, requirements, coverage.

A contact counts when its person stands by it, and, filed late, when the director agreed. Two leaders stand side by
side for the office only (domain.md §2.3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact, ContactLeader, ContactTarget
from liaison.contacts.queries.meetings import NOT_AGREED
from liaison.core import clock
from liaison.core.db import run
from liaison.oversight.record_forms import ENTRIES
from liaison.people.models import Link, Person, Post, Unit
from liaison.people.words import PostCategory, UnitType
from liaison.programmes.derived import Progress
from liaison.programmes.queries.progress import no_further
from liaison.tickets.models import Ticket, Voice
from workflows.contacts import State
from workflows.ticket_words import Confidentiality

LEADERS = (PostCategory.PARTY_SECRETARY, PostCategory.PRESIDENT, PostCategory.VICE_LEADER)
SEVEN = sorted(set().union(*ENTRIES.values()))  # 七个走进
COVERED = (UnitType.CLASS, UnitType.DORM_ROOM)  # by college and by building


@dataclass(frozen=True)
class Visits:
    """Of one leader: entries of 七个走进, contacts filed late, problems heard."""

    entries: int = 0
    late: int = 0
    voices: int = 0


def totals(first: date, last: date) -> Any:
    """contacts · with_voice · units: how many different places and units somebody went to."""
    heard = exists().where(Voice.contact_id == Contact.id)
    counted = select(
        func.count().label("contacts"),
        func.coalesce(func.sum(case((heard, 1), else_=0)), 0).label("with_voice"),
        func.count(Contact.place_id.distinct()).label("units"),
    )
    return run(counted.where(*_counts(first, last))).one()


def leaders(first: date, last: date) -> Sequence[Any]:
    """person_id, name, title: whoever led the university in the period, by the post he held last in it."""
    held = (Post.category.in_(LEADERS), Post.from_on <= last, or_(Post.until_on.is_(None), Post.until_on >= first))
    wanted = select(Post.person_id, Person.name, Post.title).join(Person, Person.id == Post.person_id)
    wanted = wanted.join(Unit, Unit.id == Post.unit_id).where(*held)
    rows = run(wanted.order_by(Unit.order, Post.order, Post.person_id, Post.from_on)).all()
    return list({row.person_id: row for row in rows}.values())


def visits(people: Collection[int], first: date, last: date) -> dict[int, Visits]:
    """Two statements, however many they are. Restricted matters are in no one's line."""
    mine = (ContactLeader.person_id.in_(people), ContactLeader.confirmed_at.is_not(None), *_counts(first, last))
    is_entry = or_(Contact.kind.in_(SEVEN), Contact.second_kind.in_(SEVEN))
    sums = (func.sum(case((is_entry, 1), else_=0)), func.sum(case((Contact.is_late, 1), else_=0)))
    of_contacts = select(ContactLeader.person_id, *sums).join(Contact, Contact.id == ContactLeader.contact_id)
    heard = select(ContactLeader.person_id, func.count()).join(Contact, Contact.id == ContactLeader.contact_id)
    heard = heard.join(Voice, (Voice.contact_id == Contact.id) & Voice.extract_of_id.is_(None))
    heard = heard.join(Ticket, (Ticket.id == Voice.ticket_id) & (Ticket.confidentiality == Confidentiality.NORMAL))
    said: Any = run(heard.where(*mine).group_by(ContactLeader.person_id))
    rows: Any = run(of_contacts.where(*mine).group_by(ContactLeader.person_id))
    voices = {row[0]: row[1] for row in said}
    counts = {row[0]: (int(row[1]), int(row[2])) for row in rows}
    return {one: Visits(*counts.get(one, (0, 0)), voices.get(one, 0)) for one in people}


def fulfilment(period_keys: Collection[str]) -> Sequence[Any]:
    """programme, code, lines, exempt, met, done, required: of the whole group, for each requirement in these periods;
    a line is one person's in one period."""
    is_exempt, is_met = Progress.required.is_(None), Progress.done >= Progress.required
    sums = {
        "lines": func.count(),
        "exempt": func.sum(case((is_exempt, 1), else_=0)),
        "met": func.sum(case((is_met, 1), else_=0)),
        "done": func.sum(case((is_exempt, 0), else_=no_further(Progress.done, Progress.required))),
        "required": func.sum(func.coalesce(Progress.required, 0)),
    }
    wanted = select(Progress.programme, Progress.code, *(one.label(name) for name, one in sums.items()))
    mine = wanted.where(Progress.period_key.in_(period_keys))
    return run(mine.group_by(Progress.programme, Progress.code).order_by(Progress.programme, Progress.code)).all()


def coverage(first: date, last: date) -> list[tuple[str, UnitType, int, int, int]]:
    """Colleges with their classes, buildings with their rooms: how many there are, how many somebody went to, and how
    many contacts were there at all, be it to the whole building."""
    above = aliased(Unit)
    there = select(Contact.place_id).where(*_counts(first, last), Contact.place_id.is_not(None))
    meant = select(ContactTarget.unit_id).join(Contact, Contact.id == ContactTarget.contact_id)
    seen = or_(Unit.id.in_(there), Unit.id.in_(meant.where(*_counts(first, last))))
    is_open = (Unit.opened_on <= last, or_(Unit.closed_on.is_(None), Unit.closed_on >= first))
    wanted = (
        select(above.id, above.name, Unit.type, func.count(), func.sum(case((seen, 1), else_=0)))
        .join(above, above.id == Unit.parent_id)
        .where(Unit.type.in_(COVERED), *is_open)
        .group_by(above.id, above.name, above.order, Unit.type)
        .order_by(Unit.type, above.order, above.id)
    )
    contacts = _contacts_at(first, last)
    rows: Any = run(wanted)
    return [(name, kind, there, int(gone), contacts.get(key, 0)) for key, name, kind, there, gone in rows]


def _contacts_at(first: date, last: date) -> dict[int, int]:
    """College or building → contacts at it or at a part of it."""
    places = select(Contact.id.label("contact"), Contact.place_id.label("unit")).where(*_counts(first, last))
    meant = select(ContactTarget.contact_id, ContactTarget.unit_id).join(
        Contact, Contact.id == ContactTarget.contact_id
    )
    there = union(places, meant.where(*_counts(first, last))).subquery()
    whole = case((Unit.type.in_(COVERED), Unit.parent_id), else_=Unit.id)
    counted = select(whole, func.count(there.c.contact.distinct())).join(Unit, Unit.id == there.c.unit)
    rows: Any = run(counted.group_by(whole))
    return {one[0]: one[1] for one in rows}


def links_on(day: date, people: Collection[int]) -> dict[int, list[str]]:
    """联系点 of these people on a day, by name, in the order of the organisation."""
    holds = (Link.from_on <= day, or_(Link.until_on.is_(None), Link.until_on >= day))
    wanted = select(Link.person_id, Unit.name).join(Unit, Unit.id == Link.unit_id)
    found: dict[int, list[str]] = defaultdict(list)
    for row in run(wanted.where(Link.person_id.in_(people), *holds).order_by(Unit.order, Unit.id)):
        found[row.person_id].append(row.name)
    return found


def _counts(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    held = (Contact.held_at >= clock.moment(first), Contact.held_at < clock.end_of(last))
    return (*held, Contact.state == State.CONFIRMED, Contact.id.not_in(NOT_AGREED))
