"""走访空白: which classes, buildings, canteens and clubs nobody went to for weeks, and at which hours nobody goes
(domain.md §4.12, promise B26). Gaps of places, never a count of people; in the order of the organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Contact, ContactTarget
from liaison.contacts.queries.meetings import TOOK_PLACE
from liaison.contacts.queries.places import is_open
from liaison.contacts.queries.visible import below
from liaison.core import clock
from liaison.core.db import Moment, db
from liaison.core.paging import Page, page
from liaison.people.actor import Actor
from liaison.people.models import Link, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import Role, UnitType

KINDS = (UnitType.CLASS, UnitType.DORM_BUILDING, UnitType.CANTEEN, UnitType.CLUB)
PARTS = ((6, 12), (12, 14), (14, 18), (18, 24))  # hours of a Chinese day: morning, noon, afternoon, evening
Parent = aliased(Unit, name="parent")
Room = aliased(Unit, name="room")
ABOVE: Any = func.coalesce(Parent.order, 0).label("above")


@dataclass(frozen=True)
class Gap:
    """A unit nobody went to lately; `last_at` is empty where nobody ever did."""

    id: int
    name: str
    within: str
    last_at: datetime | None


@dataclass(frozen=True)
class Part:
    """The units of one kind that belong to one unit: how many there are, how many somebody went to."""

    id: int | None
    name: str
    all: int
    visited: int


@dataclass(frozen=True)
class Covered:
    """One kind of unit, in the order of the organisation."""

    kind: UnitType
    parts: tuple[Part, ...]

    @property
    def all(self) -> int:
        return sum(part.all for part in self.parts)

    @property
    def visited(self) -> int:
        return sum(part.visited for part in self.parts)


def since(weeks: int) -> datetime:
    """The moment `weeks` weeks ago, at the beginning of that Chinese day."""
    return clock.moment(clock.today() - timedelta(weeks=weeks))


def gaps(actor: Actor, kind: UnitType, weeks: int, asked: Mapping[str, str], part: Part | None = None) -> Page:
    """Units of this kind nobody went to, by the unit they belong to; of one `part` only, where one is given."""
    wanted = _lines().where(Unit.type == kind, _within(actor), ~_visited())
    if part is not None:
        wanted = wanted.where(Unit.parent_id == part.id)
    found = page(wanted.params(since=since(weeks)), [ABOVE, Unit.order, Unit.id], asked)
    return replace(found, rows=[_gap(row) for row in found.rows])


def _gap(row: Any) -> Gap:
    times = [at for at in (row.there, row.in_a_room, row.for_it) if at is not None]
    return Gap(row.id, row.name, row.within or "", max(times, default=None))


def covered(actor: Actor, weeks: int) -> list[Covered]:
    """Every kind with its numbers, by the unit they belong to, in one statement."""
    numbers = (func.count().label("all"), func.sum(case((_visited(), 1), else_=0)).label("visited"))
    wanted = select(Unit.type, Parent.id, Parent.name, *numbers).outerjoin(Parent, Parent.id == Unit.parent_id)
    wanted = wanted.where(Unit.type.in_(KINDS), is_open(), _within(actor))
    wanted = wanted.group_by(Unit.type, Parent.id, Parent.name, Parent.order).order_by(ABOVE, Parent.id)
    parts: dict[UnitType, list[Part]] = {kind: [] for kind in KINDS}
    for row in db.session.execute(wanted, {"since": since(weeks)}):
        parts[row.type].append(Part(row.id, row.name or "", row.all, row.visited))
    return [Covered(kind, tuple(found)) for kind, found in parts.items() if found]


def hours(weeks: int) -> list[list[bool]]:
    """Monday to Sunday × the parts of a day: was anybody anywhere then? For the whole university."""
    wanted = select(Contact.held_at).where(Contact.held_at >= since(weeks), Contact.state.in_(TOOK_PLACE))
    seen: Counter[tuple[int, int]] = Counter()
    for held_at in db.session.scalars(wanted):
        local = clock.local(held_at)
        seen.update((local.weekday(), n) for n, (first, end) in enumerate(PARTS) if first <= local.hour < end)
    return [[bool(seen[day, part]) for part in range(len(PARTS))] for day in range(7)]


def ways() -> list[ColumnElement[bool]]:
    """How somebody may have been at a unit: at the place, in one of its rooms, or for it elsewhere."""
    rooms = select(Room.id).where(Room.parent_id == Unit.id, Room.type == UnitType.DORM_ROOM).correlate(Unit)
    meant = select(ContactTarget.contact_id).where(ContactTarget.unit_id == Unit.id).correlate(Unit)
    ways = (Contact.place_id == Unit.id, Contact.place_id.in_(rooms), Contact.id.in_(meant))
    return [and_(way, Contact.state.in_(TOOK_PLACE)) for way in ways]


def _lines() -> Select[Any]:
    """Columns of a line; when somebody was last there is asked in three ways, each with an index of its own."""
    columns = (Unit.id, Unit.name, Unit.order, ABOVE, Parent.name.label("within"))
    lasts = [select(func.max(Contact.held_at)).where(way).scalar_subquery() for way in ways()]
    named = (last.label(name) for last, name in zip(lasts, ("there", "in_a_room", "for_it"), strict=True))
    return select(*columns, *named).outerjoin(Parent, Parent.id == Unit.parent_id).where(is_open())


def _visited() -> ColumnElement[bool]:
    """Somebody was there since the moment `since`: in the place, in one of its rooms, or for it elsewhere."""
    lately = Contact.held_at >= bindparam("since", type_=Moment)
    return or_(*(exists(select(Contact.id).where(way, lately).correlate(Unit)) for way in ways()))


def _within(actor: Actor) -> ColumnElement[bool]:
    """Everything for the office; own unit for heads and desks; linked and supervised units for those who visit."""
    held = scopes(actor, Action.VIEW_GAPS)
    if Scope.ALL in held:
        return true()
    return Unit.id.in_(below(_roots(actor, held)))


def _roots(actor: Actor, held: frozenset[Scope]) -> set[int]:
    roots: set[int] = set()
    if Scope.UNIT in held:
        roots |= actor.at(Role.HEAD) | actor.at(Role.DESK)
    if Scope.OWN in held:
        roots |= actor.linked
    if Scope.SUPERVISED in held:
        roots |= actor.supervised
    if Scope.DELEGATOR in held:
        theirs = select(Link.unit_id).where(Link.person_id.in_(sorted(actor.leads_for)), valid(Link, clock.today()))
        roots |= set(db.session.scalars(theirs))
    return roots
