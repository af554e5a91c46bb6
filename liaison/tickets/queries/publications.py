"""What stands decided about making a ticket public, and whether it may be made public at all (domain.md §7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, select

from liaison.core.db import run
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.tickets.models import Category, Ticket, Voice
from liaison.tickets.models.publications import Decision, Publication
from liaison.tickets.queries.categories import FACILITIES

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
    for _step in range(HIGHEST):
        row = run(_UNIT, {"unit": place_id}).one_or_none() if place_id else None
        if row is None or row.type in BOARDS:
            return row
        place_id = row.parent_id
    return None


_OF_TICKET = (
    select(Publication.decision, Category.code)
    .select_from(Ticket)
    .outerjoin(Category, Category.id == Ticket.category_id)
    .outerjoin(Publication, and_(Publication.ticket_id == Ticket.id, Publication.ended_at.is_(None)))
    .where(Ticket.id == bindparam("ticket"))
)
_VOICES = (
    select(Voice.text)
    .join(Ticket, Ticket.id == Voice.ticket_id)
    .where((Ticket.id == bindparam("ticket")) | (Ticket.merged_into_id == bindparam("ticket")))
)
_UNIT = select(Unit.id, Unit.name, Unit.type, Unit.parent_id).where(Unit.id == bindparam("unit"))
