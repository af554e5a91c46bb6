"""长期推进: the plan a ticket is on, as its events tell it, and when somebody has to look at it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from liaison.calendars.models import Term
from liaison.core.clock import end_of
from liaison.core.db import run
from liaison.tickets.models import TicketEvent
from workflows.ticket_words import MilestoneState


@dataclass(frozen=True)
class Plan:
    """`milestones` in order; `reached` of them are done; `state` is what the last review found, "" before it."""

    name: str
    owner: str
    expected: str
    milestones: tuple[date, ...]
    reached: int = 0
    state: str = ""

    def left(self, more: int = 0) -> list[date]:
        """The milestones still ahead, once so many more are reached."""
        return list(self.milestones[self.reached + more :])

    def has_reached_one(self, today: date) -> bool:
        """A milestone was reached, or its day has come."""
        return self.reached > 0 or any(day <= today for day in self.milestones)

    @property
    def is_dropped(self) -> bool:
        return self.state == MilestoneState.DROPPED


def present(ticket_id: int) -> Plan:
    """The plan a ticket is on, from its last `plan` event and the reviews after it."""
    return of_events(list(run(_PLANNING, {"ticket": ticket_id})))


def of_events(events: Sequence[Any]) -> Plan:
    """The same from events in order; an empty plan where none was made."""
    found = Plan("", "", "", ())
    for event in events:
        data = event.data or {}
        if event.move == "plan":
            days = tuple(date.fromisoformat(day) for day in data["milestones"])
            found = Plan(data["plan"], data["owner"], data["expected"], days)
        elif event.move == "review_plan":
            found = Plan(found.name, found.owner, found.expected, found.milestones, data["reached"], data["state"])
    return found


def next_look(milestones: Sequence[date], today: date) -> datetime | None:
    """Until when the plan is to be reviewed: its next milestone, at the latest the end of the running or next term.

    A milestone that has passed is due since its day: a missed one is red.
    """
    ends = run(_TERM_ENDS, {"day": today}).scalar()
    days = [day for day in (min(milestones, default=None), ends) if day is not None]
    return end_of(min(days)) if days else None


_PLANNING = (
    select(TicketEvent.move, TicketEvent.data)
    .where(TicketEvent.ticket_id == bindparam("ticket"), TicketEvent.move.in_(["plan", "review_plan"]))
    .order_by(TicketEvent.seq)
)
_TERM_ENDS = select(func.min(Term.last_day)).where(Term.last_day > bindparam("day"))
