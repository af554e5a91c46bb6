"""Contacts as facts for the progress engine: what took place, for whom, and whether he stands by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact, ContactLeader, ContactTarget, LateEntry
from liaison.core import clock
from liaison.core.db import run
from liaison.people.models import Unit
from liaison.programmes.reckoning import Meeting
from workflows.contacts import State

TOOK_PLACE = (State.HELD, State.TO_CONFIRM, State.CONFIRMED)
NOT_AGREED = select(LateEntry.contact_id).where(LateEntry.is_approved.is_not(True))
Place, Above = aliased(Unit), aliased(Unit)


def meetings_of(person_ids: Collection[int], first: date, last: date) -> dict[int, tuple[Meeting, ...]]:
    """The contacts of these people that began on these days. Two statements, however many."""
    mine = (
        ContactLeader.person_id.in_(person_ids),
        ContactLeader.declined_at.is_(None),
        Contact.held_at >= clock.moment(first),
        Contact.held_at < clock.end_of(last),
        Contact.state.in_(TOOK_PLACE),
        Contact.id.not_in(NOT_AGREED),
    )
    targets = _targets(mine)
    found: dict[int, list[Meeting]] = defaultdict(list)
    for row in run(_meetings(mine)):
        found[row.person_id].append(_meeting(row, targets.get(row.id, ())))
    return {one: tuple(found[one]) for one in person_ids}


def _meetings(mine: tuple[Any, ...]) -> Any:
    return (
        select(
            Contact.id,
            Contact.held_at,
            Contact.kind,
            Contact.second_kind,
            Contact.channel,
            Contact.minutes,
            Contact.place_id,
            Place.parent_id.label("above_id"),
            Above.parent_id.label("top_id"),
            Contact.course_id,
            Contact.colleague_id,
            ContactLeader.person_id,
            ContactLeader.confirmed_at,
        )
        .join(ContactLeader, ContactLeader.contact_id == Contact.id)
        .outerjoin(Place, Place.id == Contact.place_id)
        .outerjoin(Above, Above.id == Place.parent_id)
        .where(*mine)
    )


def _targets(mine: tuple[Any, ...]) -> dict[int, set[int]]:
    """Contact → the units it was for, and those they belong to."""
    wanted = (
        select(ContactTarget.contact_id, ContactTarget.unit_id, Unit.parent_id)
        .join(Unit, Unit.id == ContactTarget.unit_id)
        .join(Contact, Contact.id == ContactTarget.contact_id)
        .join(ContactLeader, ContactLeader.contact_id == Contact.id)
        .where(*mine)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in run(wanted):
        found[row.contact_id] |= {row.unit_id, row.parent_id}
    return found


def _meeting(row: Any, targets: Collection[int]) -> Meeting:
    kinds = (row.kind, row.second_kind) if row.second_kind else (row.kind,)
    units = {row.place_id, row.above_id, row.top_id, *targets}
    return Meeting(
        id=row.id,
        on=clock.local(row.held_at).date(),
        kinds=kinds,
        channel=row.channel,
        minutes=row.minutes,
        unit_ids=frozenset(units - {None}),
        course_id=row.course_id,
        colleague_id=row.colleague_id,
        is_confirmed=row.confirmed_at is not None,
    )
