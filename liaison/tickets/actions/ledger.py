"""等待账: closes one interval of the wait and opens the next when the state says so (domain.md §4.4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, bindparam, insert, update

from liaison.core.db import db
from liaison.tickets.clocks import STANDINGS, ledger_key
from liaison.tickets.models import Interval
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


def _close(ticket_id: int, at: datetime) -> None:
    db.session.execute(_SHUT, {"ticket": ticket_id, "at": at})


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
    db.session.execute(_ADD, row)


def _count_as_custody(step: Step) -> None:
    """A returned answer was not finished: the department's clock never stopped (T30)."""
    open_one = update(Interval).where(Interval.ticket_id == step.ticket.id, Interval.until_at.is_(None))
    custody = {"ledger": Ledger.CUSTODY, "unit_id": step.ticket.lead_unit_id}
    db.session.execute(open_one.values(custody).execution_options(synchronize_session=False))


_INTERVAL = cast(Table, Interval.__table__)  # the statements are built once: every move passes here
_ADD = insert(_INTERVAL)
_RUNNING = (_INTERVAL.c.ticket_id == bindparam("ticket"), _INTERVAL.c.until_at.is_(None))
_SHUT = update(_INTERVAL).where(*_RUNNING).values(until_at=bindparam("at"))
