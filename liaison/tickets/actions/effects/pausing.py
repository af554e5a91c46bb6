"""暂停: the working days of a pause are added to what is due, on the ticket and on its running assignments."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import func, select

from liaison.calendars import limits
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.working_days import working_days_between
from liaison.core.clock import day_ending_at, local
from liaison.core.db import change, run
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Assignment
from liaison.tickets.models.work import Duty


def working_days_paused(step: Step) -> int:
    """From the end of the pause's first day to the end of its last (domain.md §4.4 «Pauses»).

    A pause has a cap: it ends at its own limit, however late somebody goes on. A merged ticket has none.
    """
    last, cap = local(step.at).date(), step.ticket.next_due_at
    if cap is not None:
        last = min(last, day_ending_at(cap))
    return working_days_between(local(step.ticket.state_since).date(), last, days_of(step))


def days_of(step: Step) -> CalendarKind:
    """Which days the limits of this ticket count, by the edition frozen on it."""
    return limits.days_of(step.ticket.limit_class, step.ticket.rule_version)


def move_limits(step: Step, days: int) -> None:
    """Move both limits (rulings §13); what was due first belongs to the first one dispatched and stays with it."""
    if not days:
        return
    by = days_of(step)
    step.changes["due_at"] = _moved(step.ticket.due_at, days, by)
    if _is_first(step):
        step.changes["original_due_at"] = _moved(step.ticket.original_due_at, days, by)
    wanted = select(Assignment.id, Assignment.due_at, Assignment.original_due_at)
    running = wanted.where(Assignment.ticket_id == step.ticket.id, Assignment.ended_at.is_(None))
    for row in run(running):
        moved = {name: _moved(getattr(row, name), days, by) for name in ("due_at", "original_due_at")}
        step.after.append(partial(change, Assignment, row.id, **moved))


def _is_first(step: Step) -> bool:
    """The first episode that was dispatched: what was settled on the spot had no limit before it was reopened."""
    if step.ticket.episode == 1:
        return True
    led = (Assignment.ticket_id == step.ticket.id, Assignment.duty == Duty.LEAD)
    return run(select(func.min(Assignment.episode)).where(*led)).scalar() == step.ticket.episode


def _moved(due: datetime | None, days: int, by: CalendarKind) -> datetime | None:
    return limits.moved_due(due, days, by) if due else None
