"""更正 on the record forms: the versions of a locked month, and what became known of each person since its lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from liaison.contacts.models import Amendment, Contact, ContactEvent, ContactLeader, LateEntry
from liaison.core.clock import local
from liaison.core.db import db
from liaison.oversight.queries import record_sources as sources
from liaison.oversight.record_forms import Correction, Version
from liaison.programmes.derived import MonthSnapshot


def versions(month: date) -> list[Version]:
    """The month as it was locked, then each time it was corrected."""
    wanted = select(MonthSnapshot.version, MonthSnapshot.frozen_at).where(MonthSnapshot.month == month)
    return [Version(*row) for row in db.session.execute(wanted.order_by(MonthSnapshot.version))]


def of_month(month: date, people: Collection[int]) -> dict[int, list[Correction]]:
    """By person, in the order of the decisions. Two statements, and one where something was amended."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for person, correction in [*_late(month, people), *_amended(month, people)]:
        found[person].append(correction)
    return {person: sorted(found[person], key=lambda one: one.at) for person in people}


def _late(month: date, people: Collection[int]) -> Iterator[tuple[int, Correction]]:
    """补录 the director agreed to."""
    wanted = (
        select(ContactLeader.person_id, Contact.held_at, Contact.kind, LateEntry.decided_at)
        .join(Contact, Contact.id == ContactLeader.contact_id)
        .join(LateEntry, LateEntry.contact_id == Contact.id)
        .where(LateEntry.is_approved.is_(True), ContactLeader.person_id.in_(people), *sources.counts_in(month))
    )
    for row in db.session.execute(wanted):
        yield row.person_id, Correction(row.decided_at, True, row.held_at, row.kind)


def _amended(month: date, people: Collection[int]) -> Iterator[tuple[int, Correction]]:
    """Records put right with his yes: also one that left the month, and for whoever was struck out of it."""
    agreed = select(Amendment.contact_id).where(Amendment.is_approved.is_(True))
    wanted = (
        select(Contact.id, Contact.held_at, Contact.kind, ContactEvent.at, ContactEvent.data)
        .join(Contact, Contact.id == ContactEvent.contact_id)
        .where(ContactEvent.move == "amend", ContactEvent.contact_id.in_(agreed))
    )
    rows = [row for row in db.session.execute(wanted) if month in {one.replace(day=1) for one in _days(row)}]
    present = _leaders({row.id for row in rows}) if rows else {}
    for row in rows:
        was, became = row.data.get("leaders", [present.get(row.id, []), []])
        days = _moments(row)
        moved_to = days[-1] if local(days[0]).date() != local(days[-1]).date() else None
        for person in {*was, *became} & set(people):
            yield person, Correction(row.at, False, days[0], row.kind, moved_to)


def _moments(row: Any) -> list[datetime]:
    """When it was held, before and after; one where that did not change."""
    return [datetime.fromisoformat(one) for one in row.data.get("held_at", ())] or [row.held_at]


def _days(row: Any) -> list[date]:
    return [local(one).date() for one in _moments(row)]


def _leaders(contacts: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    where = ContactLeader.contact_id.in_(contacts)
    for contact, person in db.session.execute(select(ContactLeader.contact_id, ContactLeader.person_id).where(where)):
        found[contact].append(person)
    return found
