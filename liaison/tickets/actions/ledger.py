"""等待账: closes one interval of the wait and opens the next when the state says so (domain.md §4.4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from liaison.core.db import add, run, table
from liaison.tickets.clocks import STANDINGS, ledger_key
from liaison.tickets.models import Interval, Ticket
from liaison.tickets.models.work import Ledger
from workflows.ticket_states import State

if TYPE_CHECKING:
    from liaison.tickets.actions.moving import Step


def begin(ticket_id: int, state: State, at: datetime) -> None:
    """The first interval: it starts when the voice was raised, not when it was typed."""
    _open(ticket_id, state, None, 1, at)


def follow(step: Step) -> None:
    """Keep the ledger in step with the state."""
    if step.move == "office_return":
        _count_as_custody(step)
        return
    unit_before = step.data.get("lead_before", step.ticket.lead_unit_id)
    before = ledger_key(step.source, unit_before)
    after = ledger_key(step.target, step.ticket.lead_unit_id)
    if before == after:
        return
    _close(step.ticket.id, step.at)
    if STANDINGS[step.target].ledger is not None:
        _open(step.ticket.id, step.target, step.ticket.lead_unit_id, step.ticket.episode, step.at)


def pass_on(ticket: Ticket, unit_id: int, at: datetime) -> None:
    """A running custody is another unit's from now on (单位调整); a pause or the office's time stays what it is."""
    if STANDINGS[ticket.state].ledger is Ledger.CUSTODY:
        _close(ticket.id, at)
        _open(ticket.id, ticket.state, unit_id, ticket.episode, at)


def _close(ticket_id: int, at: datetime) -> None:
    run(_RUNNING, {"of_ticket": ticket_id, "until_at": at})


def _open(ticket_id: int, state: State, lead_unit_id: int | None, episode: int, at: datetime) -> None:
    ledger, unit_id, pause = ledger_key(state, lead_unit_id)
    row = {
        "ticket_id": ticket_id,
        "ledger": ledger,
        "unit_id": unit_id,
        "pause_reason": pause,
        "episode": episode,
        "from_at": at,
    }
    add(Interval, row)


def _count_as_custody(step: Step) -> None:
    """A returned answer was not finished: the department's clock never stopped (T30)."""
    custody = {"ledger": Ledger.CUSTODY, "unit_id": step.ticket.lead_unit_id}
    run(_RUNNING, {"of_ticket": step.ticket.id, **custody})


_COLUMNS = table(Interval).c
_RUNNING = update(table(Interval)).where(  # built once: every move passes here
    _COLUMNS.ticket_id == bindparam("of_ticket"), _COLUMNS.until_at.is_(None)
)
