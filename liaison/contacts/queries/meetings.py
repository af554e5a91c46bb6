"""Contacts as facts for the progress engine: what took place, for whom, and whether he stands by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, select
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact, ContactLeader, ContactTarget, LateEntry
from liaison.core import clock
from liaison.core.db import run
from liaison.people.models import Unit
from liaison.programmes.reckoning import Meeting
from workflows.contacts import State

TOOK_PLACE = (State.HELD, State.TO_CONFIRM, State.CONFIRMED)
NOT_AGREED = select(LateEntry.contact_id).where(LateEntry.is_approved.is_not(True))
COLUMNS = "id held_at kind second_kind channel minutes place_id course_id colleague_id".split()
Place, Above = aliased(Unit), aliased(Unit)
Days = tuple[datetime, datetime]  # from, and before


def meetings_of(person_ids: Collection[int], first: date, last: date) -> dict[int, tuple[Meeting, ...]]:
    """The contacts of these people that began on these days. Two statements, however many."""
    mine, days = _of(person_ids), (clock.moment(first), clock.end_of(last))
    targets = _targets(mine, days)
    found: dict[int, list[Meeting]] = defaultdict(list)
    for row in run(_meetings(mine, days)):
        found[row.person_id].append(_meeting(row, targets.get(row.id, ())))
    return {one: tuple(found[one]) for one in person_ids}


def _of(person_ids: Collection[int]) -> CTE:
    """Everything these people ever took part in. Materialized: PostgreSQL, which prepares the statement once for any
    days, would else look for the days first and read what everybody did in a year for ten people."""
    columns = (ContactLeader.person_id, ContactLeader.confirmed_at, *(getattr(Contact, name) for name in COLUMNS))
    wanted = select(*columns).join(ContactLeader, ContactLeader.contact_id == Contact.id)
    theirs = (ContactLeader.person_id.in_(person_ids), ContactLeader.declined_at.is_(None))
    return wanted.where(*theirs, Contact.state.in_(TOOK_PLACE)).cte("mine").prefix_with("MATERIALIZED")


def _meetings(mine: CTE, days: Days) -> Any:
    return (
        select(mine, Place.parent_id.label("above_id"), Above.parent_id.label("top_id"))
        .outerjoin(Place, Place.id == mine.c.place_id)
        .outerjoin(Above, Above.id == Place.parent_id)
        .where(*_counts(mine, days))
    )


def _targets(mine: CTE, days: Days) -> dict[int, set[int]]:
    """Contact → the units it was for, and those they belong to."""
    wanted = (
        select(ContactTarget.contact_id, ContactTarget.unit_id, Unit.parent_id)
        .join(Unit, Unit.id == ContactTarget.unit_id)
        .join(mine, mine.c.id == ContactTarget.contact_id)
        .where(*_counts(mine, days))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in run(wanted):
        found[row.contact_id] |= {row.unit_id, row.parent_id}
    return found


def _counts(mine: CTE, days: Days) -> tuple[ColumnElement[bool], ...]:
    return (mine.c.held_at >= days[0], mine.c.held_at < days[1], mine.c.id.not_in(NOT_AGREED))


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
