"""会议与计划: special meeting, escalation, long-term plan, supervision level."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from liaison.calendars import limits
from liaison.core.clock import end_of, local
from liaison.core.db import add_one
from liaison.tickets.actions.effects.assigning import assign_lead
from liaison.tickets.actions.effects.assisting import ask_units
from liaison.tickets.actions.effects.leading import change_lead
from liaison.tickets.actions.effects.pausing import move_limits, working_days_paused
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Answer
from liaison.tickets.models.work import Ending
from liaison.tickets.queries import plans
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass, MilestoneState, Outcome


def convene(step: Step) -> None:
    """专题协调: the custody pauses, the meeting's own clock runs (T21)."""
    step.data |= {"meeting_on": _text(step.given["meeting_on"]), "invited": _text(step.given["invited"])}


def meeting_result(step: Step) -> None:
    """会议结果: the decision, and a new limit where one was set (T22); else the limit moves by the pause."""
    step.data["decision"] = _text(step.given["decision"])[:500]
    _end_pause(step)
    _set_due(step)
    ask_units(step)


def escalate(step: Step) -> None:
    """提请研究: body, question, options; the supervising leader has agreed (T23)."""
    step.data |= {key: _text(step.given[key])[:300] for key in ("body", "question", "options")}
    if step.source is State.COORDINATING:
        _end_pause(step)


def decided(step: Step) -> None:
    """会议决定: unit and limit follow from the decision; no minutes are kept (T24)."""
    step.data["decision"] = _text(step.given["decision"])[:500]
    _end_pause(step)
    _set_due(step)
    lead = int(step.given["lead"])
    if lead != step.ticket.lead_unit_id:
        _pass_on(step, lead)
    ask_units(step)


def _pass_on(step: Step, lead: int) -> None:
    """The meeting gave it to another unit: its custody begins now, and it names a handler of its own."""
    step.data |= {"lead_before": step.ticket.lead_unit_id, "unit": step.given["lead_name"]}
    step.changes |= {"lead_unit_id": lead, "handler_id": None, "dispatched_at": step.at}
    change_lead(step, ended_at=step.at, ending=Ending.PASSED_ON)
    assign_lead(step, lead, step.value("due_at"), step.data["decision"])


def _end_pause(step: Step) -> None:
    """The working days the meeting took, at most its own limit, are added to what is due (§4.4 «Pauses»)."""
    step.data["paused_days"] = days = working_days_paused(step)
    move_limits(step, days)


def _set_due(step: Step) -> None:
    day = step.given.get("due_on")
    if day is None:
        return
    _lead_is_due(step, end_of(day))
    step.data["due"] = day.isoformat()


def _lead_is_due(step: Step, due: datetime | None) -> None:
    step.changes["due_at"] = due
    change_lead(step, due_at=due)


def plan(step: Step) -> None:
    """列入计划: the plan and its milestones; the students read outcome C with the expected date (T25).

    `answer` may say more than that it is planned: what is done meanwhile.
    """
    expected = step.given["expected_on"]
    milestones = sorted(step.given["milestones"])
    step.due = plans.next_look(milestones, local(step.at).date())
    row: dict[str, Any] = {
        "ticket_id": step.ticket.id,
        "episode": step.ticket.episode,
        "outcome": Outcome.C,
        "is_final": False,
        "text": str(step.given.get("answer") or _planned(_text(step.given["plan_name"]), expected)),
        "expected_on": expected,
        "unit_id": step.ticket.lead_unit_id,
        "author_id": step.actor.id,
        "written_at": step.at,
        "offered_at": step.at,
    }
    answer_id = add_one(Answer, row)
    step.data |= {
        "answer": answer_id,
        "plan": _text(step.given["plan_name"]),
        "milestones": [day.isoformat() for day in milestones],
        "owner": _text(step.given["owner"]),
        "expected": _text(expected),
    }


def _planned(name: str, expected: date) -> str:
    return f"已列入计划“{name}”，预计{expected.year}年{expected.month}月{expected.day}日完成。"


def review_plan(step: Step) -> None:
    """复核计划: what was found; the next look is at the next milestone, at the latest when the term ends (T26)."""
    found, plan = MilestoneState(step.given["milestone_state"]), plans.present(step.ticket.id)
    left = plan.left(1 if found is MilestoneState.REACHED else 0)
    today = local(step.at).date()
    step.due = plans.next_look([day for day in left if found is not MilestoneState.DELAYED or day > today], today)
    step.data |= {"state": found.value, "reached": len(plan.milestones) - len(left)}


def resume(step: Step) -> None:
    """恢复办理: a fresh clock of the complex class (T27)."""
    due = limits.handle_due(step.at, LimitClass.COMPLEX, step.ticket.rule_version)
    step.changes["limit_class"] = LimitClass.COMPLEX
    _lead_is_due(step, due)


def supervise(step: Step) -> None:
    """督办: to the level of the order, never down (T37)."""
    level = max(step.ticket.supervision_level, int(step.given.get("level") or 2))
    step.changes["supervision_level"] = level
    step.data |= {"level": level, "order": _text(step.given["order"])[:500], "number": step.given.get("number", "")}


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
