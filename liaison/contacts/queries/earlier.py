"""Contacts as they stood at an earlier moment: what was rewritten or rejected since is laid back, event by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, func, select

from liaison.contacts.models import REWRITTEN, Contact, ContactEvent, ContactTarget
from liaison.contacts.queries.meetings import TOOK_PLACE
from liaison.core import clock
from liaison.core.db import run
from liaison.people.models import Unit
from liaison.people.words import UnitType

BETWEEN = ","


@dataclass(frozen=True)
class Stood:
    """When it was, and of the units it reached: the place (`home`: a room counts as its building), and all of them."""

    held_at: datetime
    home: int | None
    unit_ids: frozenset[int]


def rewritten_since(known: datetime) -> Mapping[int, Stood]:
    """Contacts of before this moment, rewritten since, as they stood then. One statement; none where it is to come."""
    if known > clock.now():
        return {}
    told: defaultdict[int, list[Any]] = defaultdict(list)
    for row in run(_rewritings(known)):
        if row.filed_at < known:  # asked in SQL, it would tempt both databases to begin with all contacts of before
            told[row.contact_id].append(row)
    return {key: _stood(rows) for key, rows in told.items()}


def _stood(rows: Sequence[Any]) -> Stood:
    """From all that was done to one contact since, in order: what the first deed to touch a fact found there."""
    before: dict[str, Any] = {}
    for row in reversed(rows):
        before |= {name: change[0] for name, change in row.data.items() if change}
    there = next((row for row in rows if "place_id" in row.data), rows[0])
    was_outside = "place_id" in before and before["place_id"] is None
    place_ids = set() if was_outside else {there.place_id, there.building_id}
    return Stood(
        held_at=datetime.fromisoformat(before["held_at"]) if "held_at" in before else rows[0].held_at,
        home=None if was_outside else there.building_id or there.place_id,
        unit_ids=frozenset({*place_ids, *before.get("targets", _keys(rows[0].targets))} - {None}),
    )


def _keys(joined: str | None) -> list[int]:
    return [int(key) for key in joined.split(BETWEEN)] if joined else []


def _rewritings(known: datetime) -> Any:
    """Each with the unit where it was said to be before, or with the present one where it left that alone."""
    place_before = ContactEvent.data["place_id", 0].as_integer()
    targets = select(func.aggregate_strings(cast(ContactTarget.unit_id, String), BETWEEN))
    wanted = select(
        ContactEvent.contact_id,
        ContactEvent.data,
        Contact.held_at,
        Contact.filed_at,
        Unit.id.label("place_id"),
        case((Unit.type == UnitType.DORM_ROOM, Unit.parent_id)).label("building_id"),
        targets.where(ContactTarget.contact_id == Contact.id).scalar_subquery().label("targets"),
    )
    return (
        wanted.join(Contact, Contact.id == ContactEvent.contact_id)
        .outerjoin(Unit, Unit.id == func.coalesce(place_before, Contact.place_id))
        .where(REWRITTEN, ContactEvent.at >= known, ContactEvent.from_state.in_(TOOK_PLACE))
        .order_by(ContactEvent.at, ContactEvent.id)
    )
