"""等待构成: whose time every working day of a wait was (domain.md §4.4, rulings §6).

From the oldest voice to the final answer, told again from the moves: the office's time, the custody of each lead unit,
the pauses by kind. The parts add up to the whole wait, for days after a day are added as days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison.oversight.figures.deadlines import DISPATCHES
from liaison.oversight.figures.events import Event
from liaison.oversight.figures.records import Record
from liaison.tickets.clocks import STANDINGS
from liaison.tickets.models.work import Ledger
from workflows.ticket_states import State

OFFICE = Ledger.OFFICE.value
RETURNED = ("office_return",)  # an answer that came back was not finished: the unit's clock never stopped (T30)


@dataclass(frozen=True, slots=True)
class Share:
    """So many working days of one stretch; `unit` where it was a unit's custody."""

    whose: str
    unit: Any
    days: int


def shares_of(one: Record, as_of: date) -> list[Share]:
    """The wait of a ticket in stretches, up to its final answer or the cut-off day."""
    end = one.handled.at if one.handled else None
    since, whose, unit = one.since, OFFICE, None
    found: list[Share] = []
    for event, then in _followed(one.events):
        if end is not None and event.at >= end:
            break
        found.append(Share(whose, unit, one.working_days(since, event.at)))
        since, unit = max(since, event.at), _unit(event, unit)
        whose = _whose(event, then, whose)
    found.append(Share(whose, unit, one.working_days(since, end or as_of)))
    return [share for share in found if share.days]


def _followed(events: Any) -> Iterator[tuple[Event, Event | None]]:
    """Each event with the next that changes the state."""
    for n, event in enumerate(events):
        yield event, next((one for one in events[n + 1 :] if one.to_state is not event.to_state), None)


def _whose(event: Event, then: Event | None, before: str) -> str:
    if event.to_state is State.OFFICE_REVIEW and then is not None and then.move in RETURNED:
        return Ledger.CUSTODY.value
    standing = STANDINGS[event.to_state]
    if standing.ledger is Ledger.PAUSE and standing.pause:
        return standing.pause.value
    return standing.ledger.value if standing.ledger else before


def _unit(event: Event, before: Any) -> Any:
    return event.data.get("lead") if event.move in DISPATCHES else before
