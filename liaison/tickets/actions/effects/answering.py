"""答复: draft, the department's approval, the office's review, release."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, select, update

from liaison.core.db import add_one, change, run
from liaison.people.words import Role
from liaison.tickets.actions.effects.leading import change_lead
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Answer, Assignment
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Duty, Ending
from workflows.assists import State as AssistState
from workflows.ticket_states import State
from workflows.ticket_words import ExplanationReason, Outcome


def progress(step: Step) -> None:
    """记录进展: the reason of the event is the note; who works first without a handler named becomes the handler."""
    if _take_in_hand(step):
        step.changes["ball"] = Ball.HANDLER


def _take_in_hand(step: Step) -> bool:
    """After a refused return nobody had signed: the first handler of the unit who works on it is the handler."""
    is_first = step.ticket.handler_id is None and step.ticket.lead_unit_id in step.actor.at(Role.HANDLER)
    if is_first:
        step.changes["handler_id"] = step.actor.id
        change_lead(step, handler_id=step.actor.id, signed_at=step.at)
    return is_first


def submit_answer(step: Step) -> None:
    """提交答复: the answer as a row of its own; released at once only where the class skips both reviews."""
    _take_in_hand(step)
    outcome = Outcome(step.given["outcome"])
    answer_id = _write(step, outcome, is_final=True)
    step.data |= {"outcome": outcome.value, "answer": answer_id}
    if step.target is State.FEEDBACK_PENDING:
        release(step, answer_id, outcome, step.at)


def interim_answer(step: Step) -> None:
    """阶段答复 (outcome B): visible on the code page at once; counts as answered, never as closed (T18b)."""
    answer_id = _write(step, Outcome.B, is_final=False)
    step.data |= {"answer": answer_id, "expected": step.given["expected_on"].isoformat()}


def co_answer(step: Step) -> None:
    """协办答复: the co-unit says its part; whoever answers has taken it in hand (T19, domain.md §4.7)."""
    own = update(Assignment).where(
        Assignment.ticket_id == step.ticket.id,
        Assignment.duty == Duty.CO,
        Assignment.unit_id.in_(step.actor.at(Role.HEAD)),
        Assignment.answered_at.is_(None),
        Assignment.ended_at.is_(None),
    )
    answered = {
        "state": AssistState.ANSWERED,
        "answer_text": str(step.given["answer"]),
        "answered_at": step.at,
        "answered_by_id": step.actor.id,
        "signed_at": func.coalesce(Assignment.signed_at, step.at),
    }
    step.after.append(partial(run, own.values(answered)))


def head_approve(step: Step) -> None:
    """部门审定: another person than the author answers for the department."""
    answer = _under_review(step)
    approval = {"head_approved_by_id": step.actor.id, "head_approved_at": step.at}
    step.data |= {"answer": answer.id, "outcome": answer.outcome.value}
    if step.target is State.FEEDBACK_PENDING:
        release(step, answer.id, answer.outcome, step.at, approval)
    else:
        step.after.append(partial(change, Answer, answer.id, **approval))


def office_approve(step: Step) -> None:
    """党政办审核: released; handled counts from the department's approval (domain.md §4.0)."""
    answer = _under_review(step)
    approval = {"office_approved_by_id": step.actor.id, "office_approved_at": step.at}
    step.data |= {"answer": answer.id, "outcome": answer.outcome.value}
    release(step, answer.id, answer.outcome, answer.head_approved_at or answer.written_at, approval)


def release(
    step: Step, answer_id: int, outcome: Outcome, handled_at: datetime, approval: dict[str, Any] | None = None
) -> None:
    """The final answer is offered under every code of the ticket. Offering is not telling (§4.6).

    `approval` says who released it and when, in the same statement.
    """
    step.changes |= {
        "answer_id": answer_id,
        "outcome": outcome,
        "handled_at": handled_at,
        "offered_at": step.at,
        "told_count": 0,
        "last_told_at": None,
    }
    offered = {**(approval or {}), "offered_at": step.at}
    step.after.append(partial(change, Answer, answer_id, **offered))
    change_lead(step, ended_at=handled_at, ending=Ending.HANDLED)


def _write(step: Step, outcome: Outcome, *, is_final: bool) -> int:
    given = step.given
    reason_class = given.get("reason_class")
    row: dict[str, Any] = {
        "ticket_id": step.ticket.id,
        "episode": step.ticket.episode,
        "outcome": outcome,
        "is_final": is_final,
        "text": str(given["answer"]),
        "internal_note": str(given.get("internal_note") or "")[:500],
        "reason_class": ExplanationReason(reason_class) if outcome is Outcome.D and reason_class else None,
        "basis": str(given.get("basis") or "") if outcome is Outcome.D else "",
        "alternative": str(given.get("alternative") or "") if outcome is Outcome.D else "",
        "review_on": given.get("review_on") if outcome is Outcome.D else None,
        "expected_on": given.get("expected_on"),
        "unit_id": step.ticket.lead_unit_id,
        "author_id": step.actor.id,
        "written_at": step.at,
        "offered_at": None if is_final else step.at,
    }
    return add_one(Answer, row)


def _under_review(step: Step) -> Any:
    return run(_UNDER_REVIEW, {"ticket": step.ticket.id, "episode": step.ticket.episode}).one()


_UNDER_REVIEW = (
    select(Answer.id, Answer.outcome, Answer.head_approved_at, Answer.written_at)
    .where(Answer.ticket_id == bindparam("ticket"), Answer.episode == bindparam("episode"), Answer.is_final)
    .order_by(Answer.id.desc())
    .limit(1)
)
