"""What the figures say of contact work, told as far as it was known on a day: how often, where to, what was planned.

What was said differently later is laid back: the figures of a day say for ever what they said on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    exists,
    false,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)

from liaison.contacts.models import PLANNED, Contact, ContactEvent
from liaison.contacts.queries.coverage import KINDS, ways
from liaison.contacts.queries.earlier import Stood
from liaison.contacts.queries.meetings import TOOK_PLACE
from liaison.contacts.queries.places import is_open
from liaison.core import clock
from liaison.core.db import among, one_of, run
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.programmes.reckoning.spans import monday
from liaison.tickets.models import Voice

PlaceWeek = tuple[int, date]  # a place, and the Monday of a week
Changed = Mapping[int, Stood]  # contacts rewritten since the moment that is asked about, as they stood then
HOME = case((Unit.type == UnitType.DORM_ROOM, Unit.parent_id), else_=Unit.id).label("place")
OF_A_KIND = Unit.type.in_((*KINDS, UnitType.DORM_ROOM))
AHEAD = timedelta(days=366)  # nobody plans further (forms/capture.py)


def totals(begin: datetime, end: datetime, known: datetime, changed: Changed) -> Select[Any]:
    """One row, to be read: of [begin, end), as was said before `known`, contacts, those with a voice, units there are,
    units visited."""
    lately, stood = _lately(begin, end, known, changed), _stood(begin, end, changed)
    held: Any = select(Contact.id).where(*lately, Contact.state.in_(TOOK_PLACE))
    there: list[ColumnElement[bool]] = [
        exists(select(Contact.id).where(way, *lately).correlate(Unit)) for way in ways()
    ]
    if stood:
        held = held.union_all(among(stood))
        there.append(Unit.id.in_(among({key for one in stood.values() for key in one.unit_ids})))
    brought = (one_of(Voice.contact_id, held), Voice.filed_at < known)
    on = clock.local(known - timedelta.resolution).date()
    units = select(func.count()).select_from(Unit).where(Unit.type.in_(KINDS), is_open(on))
    asked = {
        "contacts": select(func.count()).select_from(held.subquery()),
        "heard": select(func.count(Voice.contact_id.distinct())).where(*brought),
        "units": units,
        "visited": units.where(or_(*there)),
    }
    return select(*(one.scalar_subquery().label(name) for name, one in asked.items()))


def place_weeks(first: date, last: date, known: datetime, changed: Changed) -> tuple[set[PlaceWeek], set[PlaceWeek]]:
    """Where somebody meant to go on these days, as was said when it was planned; and what of it came about: somebody
    was there in the same week.

    As was said before `known`. A room counts as its building.
    """
    begin, end = clock.moment(monday(first)), clock.end_of(monday(last) + timedelta(days=6))
    planned = _planned(first, last, (begin - AHEAD, min(end, known))).cte("planned")
    visited = _visited(_lately(begin, end, known, changed), select(planned.c.place))
    meant, went = set[PlaceWeek](), {_week(one.home, one.held_at) for one in _stood(begin, end, changed).values()}
    for row in run(union_all(select(planned), visited)):
        on = date.fromisoformat(row.meant_on) if row.meant_on else clock.local(row.held_at).date()
        if not row.is_plan:
            went.add((row.place, monday(on)))
        elif first <= on <= last:
            meant.add((row.place, monday(on)))
    return meant, meant & went


def _lately(begin: datetime, end: datetime, known: datetime, changed: Changed) -> list[ColumnElement[bool]]:
    """Held in [begin, end), filed before `known`, and not rewritten since."""
    those = [Contact.held_at >= begin, Contact.held_at < end, Contact.filed_at < known]
    return [*those, Contact.id.not_in(among(changed))] if changed else those


def _stood(begin: datetime, end: datetime, changed: Changed) -> dict[int, Stood]:
    """Of the rewritten ones those that were said to be held in [begin, end)."""
    return {key: one for key, one in changed.items() if begin <= one.held_at < end}


def _planned(first: date, last: date, told: tuple[datetime, datetime]) -> Select[Any]:
    """What was planned for these days, told in [from, before): by the event, for a contact that is held says where and
    when it was instead. Events of before they told it are asked for the contact."""
    place_id, on = ContactEvent.data["place_id"].as_integer(), ContactEvent.data["on"].as_string()
    meant = case((on.is_(None), Contact.place_id), else_=place_id)  # a place outside the tree is no unit
    return (
        select(HOME, Contact.held_at, on.label("meant_on"), true().label("is_plan"))
        .join(ContactEvent, ContactEvent.contact_id == Contact.id)
        .join(Unit, Unit.id == meant)
        .where(PLANNED, ContactEvent.at >= told[0], ContactEvent.at < told[1], OF_A_KIND)
        .where(or_(on.is_(None), on.between(first.isoformat(), last.isoformat())))
    )


def _visited(lately: list[ColumnElement[bool]], places: Select[Any]) -> Select[Any]:
    at_such = (*lately, Contact.state.in_(TOOK_PLACE), OF_A_KIND, HOME.in_(places))
    return select(HOME, Contact.held_at, null(), false()).join(Unit, Unit.id == Contact.place_id).where(*at_such)


def _week(home: int | None, held_at: datetime) -> tuple[Any, date]:
    return home, monday(clock.local(held_at).date())
