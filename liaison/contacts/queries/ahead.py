"""带着走: the places where somebody means to go in the next days, and what is open there; kept on his telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from liaison.contacts.queries.brief import Brief, brief
from liaison.contacts.queries.plans import planned_between
from liaison.core import clock
from liaison.people.actor import Actor

AHEAD = timedelta(days=7)
MOST = 5  # places; more than that nobody visits in a week


@dataclass(frozen=True)
class Visit:
    """A planned visit and what one should know there. Ordinary matters only; nobody is named."""

    place: str
    held_at: datetime
    brief: Brief


def visits_ahead(actor: Actor) -> list[Visit]:
    """The next one first, each place once. Three statements for each place, and one for the plans."""
    first, last = clock.moment(clock.today()), clock.now() + AHEAD
    next_at: dict[int, Any] = {}
    for row in planned_between(actor, first, last):
        if row.place_id:
            next_at.setdefault(row.place_id, row)
    return [Visit(row.place, row.held_at, brief(actor, place)) for place, row in list(next_at.items())[:MOST]]
