"""主办: what a step writes on the running assignment of the lead unit."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import bindparam, update

from liaison.core.db import run, table
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Assignment
from liaison.tickets.models.work import Duty

_COLUMNS = table(Assignment).c
_RUNNING = (_COLUMNS.ticket_id == bindparam("of_ticket"), _COLUMNS.duty == Duty.LEAD, _COLUMNS.ended_at.is_(None))
_LEAD = update(table(Assignment)).where(*_RUNNING)  # built once: most moves pass here


def change_lead(step: Step, **columns: Any) -> None:
    """Change it together with the ticket."""
    step.after.append(partial(run, _LEAD, {"of_ticket": step.ticket.id, **columns}))
