"""等待构成: whose time every working day of a wait was (domain.md §4.4, rulings §6).

From the oldest voice to the final answer, told again from the moves: the office's time, the custody of each lead unit,
the pauses by kind. The parts add up to the whole wait, for days after a day are added as days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from liaison.core import clock
from liaison.oversight.figures.deadlines import DISPATCHES
from liaison.oversight.figures.events import Event
from liaison.oversight.figures.records import Record
from liaison.tickets.clocks import STANDINGS
from liaison.tickets.models.work import Ledger
from workflows.ticket_states import State

OFFICE, CUSTODY = Ledger.OFFICE.value, Ledger.CUSTODY.value
RETURNED = ("office_return",)  # an answer that came back was not finished: the unit's clock never stopped (T30)


class Share(NamedTuple):
    """So many working days of one stretch; `unit` where it was a unit's custody."""

    whose: str
    unit: Any
    days: int


def shares_of(one: Record, as_of: date) -> list[Share]:
    """The wait of a ticket in stretches, up to its final answer or the cut-off day."""
    end = one.handled.at if one.handled else None
    last = clock.local(end).date() if end else as_of
    since, whose, unit = clock.local(one.since).date(), OFFICE, None
    found: list[Share] = []
    for n, event in enumerate(one.events):
        if end is not None and event.at >= end:
            break
        if (day := clock.local(event.at).date()) > since:
            found.append(Share(whose, unit, one.calendar.between(since, day)))
            since = day
        whose = _whose(one.events, n, whose)
        unit = event.data.get("lead") if event.move in DISPATCHES else unit
    found.append(Share(whose, unit, one.calendar.between(since, last)))
    return [share for share in found if share.days]


def _whose(events: Sequence[Event], n: int, before: str) -> str:
    """From the n-th event to the next."""
    state = events[n].to_state
    if state is State.OFFICE_REVIEW and _is_returned(events[n + 1 :]):
        return CUSTODY
    return WHOSE[state] or before


def _is_returned(after: Sequence[Event]) -> bool:
    """The next move that changes the state gave the answer back."""
    return next((event.move for event in after if event.to_state is not State.OFFICE_REVIEW), "") in RETURNED


def _name(standing: Any) -> str:
    """Of a ledger, or of the pause in it; none: it goes on as before."""
    if standing.ledger is Ledger.PAUSE and standing.pause:
        return str(standing.pause.value)
    return str(standing.ledger.value) if standing.ledger else ""


WHOSE = {state: _name(standing) for state, standing in STANDINGS.items()}
