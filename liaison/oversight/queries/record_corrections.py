"""更正 on the record forms: the versions of a locked month, and which of its records were put right since its lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from liaison.contacts.models import Amendment, Contact, ContactEvent, ContactLeader
from liaison.contacts.queries.meetings import NOT_AGREED
from liaison.core.clock import local
from liaison.core.db import db
from liaison.oversight.queries.record_sources import days_of
from liaison.oversight.record_history import How, News, Version
from liaison.programmes.derived import MonthSnapshot

SAID_YES = ("confirm", "confirm_own")


def versions(month: date) -> list[Version]:
    """The month as it was locked, then each time it was corrected."""
    wanted = select(MonthSnapshot.version, MonthSnapshot.frozen_at).where(MonthSnapshot.month == month)
    return [Version(*row) for row in db.session.execute(wanted.order_by(MonthSnapshot.version))]


def amended(month: date, people: Collection[int]) -> dict[int, list[News]]:
    """By person: records put right with the director's yes; also one that left the month, and for whoever was struck
    out of it. Nothing for whoever never stood by it. One statement, and three where something was amended."""
    rows = put_right(month)
    contacts = {row.id for row in rows}
    stands, ever = (_standing(contacts), _said_yes(contacts)) if rows else ({}, {})
    found: dict[int, list[News]] = {person: [] for person in people}
    for row in rows:
        now = stands.get(row.id, {})
        was, became = row.data.get("leaders", [now, ()])
        for person in {*was, *became} & (now.keys() | ever.get(row.id, set())) & found.keys():
            found[person].append(_news(row, now.get(person, row.at)))
    return found


def put_right(month: date) -> Sequence[Any]:
    """id, held_at, kind of contacts that were amended, with at and data of each time that touched this month."""
    agreed = select(Amendment.contact_id).where(Amendment.is_approved.is_(True))
    wanted = (
        select(Contact.id, Contact.held_at, Contact.kind, ContactEvent.at, ContactEvent.data)
        .join(Contact, Contact.id == ContactEvent.contact_id)
        .where(ContactEvent.move == "amend", ContactEvent.contact_id.in_(agreed))
        .where(Contact.id.not_in(NOT_AGREED), _touches(month))
    )
    return db.session.execute(wanted).all()


def _touches(month: date) -> ColumnElement[bool]:
    """It was in the month before or is after; the event keeps both moments where they changed, in UTC."""
    first, end = days_of(month)
    was, became = (ContactEvent.data["held_at", n].as_string() for n in (0, 1))
    stayed = and_(became.is_(None), Contact.held_at >= first, Contact.held_at < end)
    moved = (and_(at >= first.isoformat(), at < end.isoformat()) for at in (was, became))
    return or_(stayed, *moved)


def _standing(contacts: Collection[int]) -> dict[int, dict[int, datetime]]:
    """Contact → its people who stand by it today, each since when."""
    columns = (ContactLeader.contact_id, ContactLeader.person_id, ContactLeader.confirmed_at)
    confirmed = (ContactLeader.contact_id.in_(contacts), ContactLeader.confirmed_at.is_not(None))
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for row in db.session.execute(select(*columns).where(*confirmed)):
        found[row.contact_id][row.person_id] = row.confirmed_at
    return found


def _said_yes(contacts: Collection[int]) -> dict[int, set[int]]:
    """Contact → whoever stood by it once, those among them who were struck out."""
    columns = (ContactEvent.contact_id, ContactEvent.actor_id)
    said = (ContactEvent.contact_id.in_(contacts), ContactEvent.move.in_(SAID_YES))
    found: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(select(*columns).where(*said)):
        found[row.contact_id].add(row.actor_id)
    return found


def _news(row: Any, since: datetime) -> News:
    """`since`: when its person stood by it; what was put right before that is known to him since then."""
    days = [datetime.fromisoformat(one) for one in row.data.get("held_at", ())] or [row.held_at]
    moved_to = days[-1] if local(days[0]).date() != local(days[-1]).date() else None
    return News(max(row.at, since), How.AMENDED, days[0], row.kind, moved_to)
