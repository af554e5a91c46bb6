"""What the figures say of contact work, told as far as it was known on a day: how often, where to, what was planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, case, exists, false, func, null, or_, select, true, union_all

from liaison.contacts.models import PLANNED, Contact, ContactEvent
from liaison.contacts.queries.coverage import KINDS, ways
from liaison.contacts.queries.meetings import TOOK_PLACE
from liaison.contacts.queries.places import is_open
from liaison.core import clock
from liaison.core.db import one_of, run
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.programmes.reckoning.spans import monday
from liaison.tickets.models import Voice

PlaceWeek = tuple[int, date]  # a place, and the Monday of a week
POSTPONED = timedelta(days=31)  # a plan is carried out within so many days, or it was another visit


def totals(begin: datetime, end: datetime, known: datetime) -> Select[Any]:
    """One row, to be read: of [begin, end), as far as filed before `known`, contacts, those with a voice, units there
    are, units visited."""
    lately = (Contact.held_at >= begin, Contact.held_at < end, Contact.filed_at < known)
    held = (*lately, Contact.state.in_(TOOK_PLACE))
    brought = (one_of(Voice.contact_id, select(Contact.id).where(*held)), Voice.filed_at < known)
    there = or_(*(exists(select(Contact.id).where(way, *lately).correlate(Unit)) for way in ways()))
    units = select(func.count()).select_from(Unit).where(Unit.type.in_(KINDS), is_open())
    asked = {
        "contacts": select(func.count()).select_from(Contact).where(*held),
        "heard": select(func.count(Voice.contact_id.distinct())).where(*brought),
        "units": units,
        "visited": units.where(there),
    }
    return select(*(one.scalar_subquery().label(name) for name, one in asked.items()))


def place_weeks(first: date, last: date, known: datetime) -> tuple[set[PlaceWeek], set[PlaceWeek]]:
    """Where somebody meant to go on these days, as was said when it was planned; and what of it came about: somebody
    was there in the same week.

    As far as it was known before a moment. A room counts as its building.
    """
    meant, went = set[PlaceWeek](), set[PlaceWeek]()
    for row in run(_place_weeks(first, last, known)):
        on = date.fromisoformat(row.meant_on) if row.meant_on else clock.local(row.held_at).date()
        if not row.is_plan:
            went.add((row.place, monday(on)))
        elif first <= on <= last:
            meant.add((row.place, monday(on)))
    return meant, meant & went


def _place_weeks(first: date, last: date, known: datetime) -> CompoundSelect[Any]:
    """The plans, and the contacts of their weeks at the same places."""
    begin, end = clock.moment(monday(first)), clock.end_of(monday(last) + timedelta(days=6))
    home = case((Unit.type == UnitType.DORM_ROOM, Unit.parent_id), else_=Unit.id).label("place")
    of_a_kind = Unit.type.in_((*KINDS, UnitType.DORM_ROOM))
    held_near = (Contact.held_at >= begin - POSTPONED, Contact.held_at < end + POSTPONED)
    meant, on = (ContactEvent.data[name] for name in ("place_id", "on"))
    planned = (
        select(home, Contact.held_at, on.as_string().label("meant_on"), true().label("is_plan"))
        .join(ContactEvent, ContactEvent.contact_id == Contact.id)
        .join(Unit, Unit.id == func.coalesce(meant.as_integer(), Contact.place_id))
        .where(*held_near, PLANNED, ContactEvent.at < known, of_a_kind)
        .cte("planned")
    )
    there = (Contact.held_at >= begin, Contact.held_at < end, Contact.filed_at < known, Contact.state.in_(TOOK_PLACE))
    at_such = (of_a_kind, home.in_(select(planned.c.place)))
    visited = select(home, Contact.held_at, null(), false()).join(Unit, Unit.id == Contact.place_id)
    return union_all(select(planned), visited.where(*there, *at_such))
