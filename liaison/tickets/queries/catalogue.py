"""派单目录: the lines rulings have left, and which of them speaks of a ticket (promise B9).

Like texts are found by their pairs of neighbouring characters: no word list, no outside service.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from liaison.core.db import db, run
from liaison.people.models import Person, Unit
from liaison.tickets.models import CatalogueLine, Category, Ticket
from liaison.tickets.models.catalogue import LineStanding
from workflows.ticket_words import Confidentiality

ALIKE_HERE = 0.25  # of the shorter text's pairs, where category and kind of place are the same
ALIKE = 0.5  # elsewhere
SHOWN = 200


def likeness(one: str, other: str) -> float:
    """How much of the shorter text stands in the longer: 0 nothing, 1 all of its pairs of characters."""
    pairs = [{text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other)]
    shorter = min(map(len, pairs))
    return len(pairs[0] & pairs[1]) / shorter if shorter else 0.0


def suggestion(ticket: Ticket) -> Any | None:
    """The line in force that fits a ticket best: unit_id, unit, words, duty_clause, version, number of the ruling."""
    if ticket.confidentiality is not Confidentiality.NORMAL:
        return None
    place_type = db.session.scalar(select(Unit.type).where(Unit.id == ticket.place_id)) if ticket.place_id else None
    fitting = [(_fit(line, ticket, place_type), line.version, line) for line in run(_IN_FORCE)]
    best = max((one for one in fitting if one[0] > 0), key=lambda one: one[:2], default=None)
    return best[2] if best else None


def _fit(line: Any, ticket: Ticket, place_type: Any) -> float:
    is_here = line.category_id == ticket.category_id and line.place_type == place_type
    alike = likeness(line.words, ticket.title)
    return alike + is_here if alike >= (ALIKE_HERE if is_here else ALIKE) else 0.0


def lines() -> Sequence[Any]:
    """Every line: what is undecided first, then what is in force, the newest version first."""
    found = run(_LINES).all()
    order = list(LineStanding)
    return sorted(found, key=lambda line: (order.index(line.standing), -(line.version or line.id)))


def in_force_like(line: CatalogueLine, words: str) -> list[int]:
    """The keys of the lines in force that a new one takes the place of: same matter, same kind of place."""
    return [
        one.id
        for one in run(_IN_FORCE)
        if (one.category_id, one.place_type) == (line.category_id, line.place_type)
        and likeness(one.words, words) >= ALIKE
    ]


Ruling, Decider = aliased(Ticket), aliased(Person)
_COLUMNS = [getattr(CatalogueLine, name) for name in ("id", "category_id", "place_type", "words", "unit_id")]
_COLUMNS += [getattr(CatalogueLine, name) for name in ("duty_clause", "ruled_at", "standing", "version", "decided_at")]
_NAMED = (
    select(*_COLUMNS, Unit.name.label("unit"), Ruling.number, Category.name.label("category"), Decider.name.label("by"))
    .join(Unit, Unit.id == CatalogueLine.unit_id)
    .join(Ruling, Ruling.id == CatalogueLine.ticket_id)
    .outerjoin(Category, Category.id == CatalogueLine.category_id)
    .outerjoin(Decider, Decider.id == CatalogueLine.decided_by_id)
)
_IN_FORCE = _NAMED.where(CatalogueLine.standing == LineStanding.IN_FORCE)
_LINES = _NAMED.order_by(CatalogueLine.id.desc()).limit(SHOWN)
