"""What stands decided about making a ticket public, and whether it may be made public at all (domain.md §7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, select

from liaison.core.db import run
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.tickets.models import Category, Ticket, Voice
from liaison.tickets.models.publications import Decision, Publication
from liaison.tickets.queries.categories import FACILITIES
from liaison.tickets.queries.voices import OWN_AND_MERGED

MANY = 5  # k: so many raisers hide each other (rulings §13)
BOARDS = frozenset({UnitType.DORM_BUILDING, UnitType.CANTEEN, UnitType.COLLEGE, UnitType.PLACE, UnitType.SERVICE_UNIT})
HIGHEST = 6  # so far up a tree of units anybody looks


def facts(ticket: Ticket) -> dict[str, Any]:
    """The facts of publishing, under the names of `TicketFacts`: one statement."""
    row = run(_OF_TICKET, {"ticket": ticket.id}).one()
    return {
        "published": row.decision is Decision.PUBLISHED,
        "withheld": row.decision is Decision.WITHHELD,
        "shields_its_raisers": ticket.voice_count >= MANY or row.code in FACILITIES,
    }


def voices(ticket_id: int) -> list[str]:
    """What was said, in its own words, merged matters included: nothing of it may be repeated in public."""
    return list(run(_VOICES, {"ticket": ticket_id}).scalars())


def board_place(place_id: int | None) -> Any | None:
    """The building or college a place belongs to: id, name. None: it belongs to none, so to the whole campus."""
    return run(_BOARD, {"place": place_id}).one_or_none() if place_id else None


def boards() -> dict[int, int]:
    """Unit → the building or college it belongs to, for every unit that belongs to one."""
    return {row.place: row.id for row in run(_BOARDS)}


_OF_TICKET = (
    select(Publication.decision, Category.code)
    .select_from(Ticket)
    .outerjoin(Category, Category.id == Ticket.category_id)
    .outerjoin(Publication, and_(Publication.ticket_id == Ticket.id, Publication.ended_at.is_(None)))
    .where(Ticket.id == bindparam("ticket"))
)
_VOICES = select(Voice.text).where(OWN_AND_MERGED)


def _climb(*begin: ColumnElement[bool]) -> Select[Any]:
    """From places up to where each is at home on the board: place, id, name."""
    columns = (Unit.id, Unit.type, Unit.parent_id)
    at = select(Unit.id.label("place"), literal(1).label("step"), *columns).where(*begin).cte("climb", recursive=True)
    is_below = and_(Unit.id == at.c.parent_id, at.c.type.not_in(BOARDS), at.c.step < HIGHEST)
    climb = at.union_all(select(at.c.place, at.c.step + 1, *columns).join(at, is_below))
    there = select(climb.c.place, Unit.id, Unit.name).join(Unit, Unit.id == climb.c.id)
    return there.where(climb.c.type.in_(BOARDS))


_BOARD, _BOARDS = _climb(Unit.id == bindparam("place")), _climb()
