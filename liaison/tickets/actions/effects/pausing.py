"""暂停: the working days of a pause are added to what is due, on the ticket and on its running assignments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from liaison.calendars.limits import moved_due
from liaison.calendars.working_days import working_days_between
from liaison.core.clock import local
from liaison.core.db import db
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Assignment


def working_days_paused(step: Step) -> int:
    """From the end of the pause's first day to the end of its last (domain.md §4.4 «Pauses»)."""
    return working_days_between(local(step.ticket.state_since).date(), local(step.at).date())


def move_limits(step: Step, days: int) -> None:
    """Move both limits (rulings §13); what was due first belongs to the first episode and stays with it."""
    if not days:
        return
    step.changes["due_at"] = _moved(step.ticket.due_at, days)
    if step.ticket.episode == 1:
        step.changes["original_due_at"] = _moved(step.ticket.original_due_at, days)
    wanted = select(Assignment.id, Assignment.due_at, Assignment.original_due_at)
    running = wanted.where(Assignment.ticket_id == step.ticket.id, Assignment.ended_at.is_(None))
    step.after += [_update(row, days) for row in db.session.execute(running)]


def _update(row: Any, days: int) -> Any:
    moved = {"due_at": _moved(row.due_at, days), "original_due_at": _moved(row.original_due_at, days)}
    one = update(Assignment).where(Assignment.id == row.id).values(moved)
    return one.execution_options(synchronize_session=False)


def _moved(due: datetime | None, days: int) -> datetime | None:
    return moved_due(due, days) if due else None
