"""协办: units that are asked beside the lead, each its own question and its own day (domain.md §4.7)."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, case, literal, null, or_, update

from liaison.calendars import limits
from liaison.core.clock import end_of
from liaison.core.db import add, run, table
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Assignment
from liaison.tickets.models.work import Duty, Ending
from liaison.tickets.queries import names
from workflows.assists import State as AssistState
from workflows.ticket_words import LimitClass


def ask_units(step: Step) -> None:
    """The units given as `co`: with `co_questions` each its own, with `co_due` a day of its own where one was set."""
    asked = [int(unit) for unit in step.given.get("co") or []]
    if not asked:
        return
    step.after.append(partial(add, Assignment, *(_row(step, unit) for unit in asked)))
    step.data["co"] = [names.unit(unit) for unit in asked]


def _row(step: Step, unit: int) -> dict[str, Any]:
    due = co_due(step, (step.given.get("co_due") or {}).get(str(unit)))
    return {
        "ticket_id": step.ticket.id,
        "unit_id": unit,
        "duty": Duty.CO,
        "episode": step.ticket.episode,
        "question": str((step.given.get("co_questions") or {}).get(str(unit), ""))[:500],
        "state": AssistState.ASKED,
        "dispatched_at": step.at,
        "dispatched_by_id": step.actor.id,
        "sign_due_at": limits.sign_due(step.at, step.value("limit_class")),
        "due_at": due,
        "original_due_at": due,
    }


def co_due(step: Step, day: date | None = None) -> datetime | None:
    """The day that was set, else two working days before the lead's; never after the lead's."""
    lead_due: datetime | None = step.value("due_at")
    if lead_due is None:
        return end_of(day) if day else None
    if day is not None:
        return min(end_of(day), lead_due)
    by = limits.days_of(LimitClass(step.value("limit_class")), step.value("rule_version"))
    return limits.co_due(lead_due, urgent=step.value("is_urgent"), by=by)


def let_go(step: Step) -> None:
    """The lead is out of it, and whoever has not answered need not any more: the next dispatch asks anew."""
    step.after.append(partial(run, _RUNNING, {"of_ticket": step.ticket.id, "ended_at": step.at}))


_COLUMNS = table(Assignment).c
_LEADS = _COLUMNS.duty == Duty.LEAD
_RUNNING = (
    update(table(Assignment))
    .where(
        _COLUMNS.ticket_id == bindparam("of_ticket"),
        _COLUMNS.ended_at.is_(None),
        or_(_LEADS, _COLUMNS.answered_at.is_(None)),
    )
    .values(
        ending=case((_LEADS, literal(Ending.RETURNED, _COLUMNS.ending.type)), else_=Ending.WAIVED),
        state=case((_LEADS, null()), else_=literal(AssistState.WAIVED, _COLUMNS.state.type)),
    )
)
