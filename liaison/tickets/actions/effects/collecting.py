"""收集: accept, ask and supplement, answer on the spot, praise, withdraw."""

from __future__ import annotations

from functools import partial

from liaison.calendars.working_days import add_working_days
from liaison.core.clock import end_of, local
from liaison.core.db import add, add_one, db
from liaison.tickets.actions.effects.pausing import move_limits, working_days_paused
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Answer, Category, Remark, Telling
from liaison.tickets.models.tellings import About
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.voices import RemarkKind
from liaison.tickets.queries import names
from workflows.ticket_states import State
from workflows.ticket_words import Channel, CloseReason, Confidentiality, LimitClass, Outcome, Urgency


def accept(step: Step) -> None:
    """受理: urgency and category are settled; the class of the category is the proposal for the limits."""
    category = db.session.get(Category, int(step.given["category"]))
    urgent = Urgency(step.given["urgency"]) is Urgency.URGENT
    step.changes |= {
        "category_id": category.id if category else None,
        "is_urgent": urgent,
        "limit_class": LimitClass.URGENT if urgent else _proposed_class(step, category),
    }
    limit_class = step.changes["limit_class"].value
    step.data |= {"category": category.name if category else "", "urgent": urgent, "limit_class": limit_class}


def _proposed_class(step: Step, category: Category | None) -> LimitClass:
    if step.ticket.confidentiality is not Confidentiality.NORMAL:
        return LimitClass.RESTRICTED
    return category.limit_class if category else LimitClass.GENERAL


def ask_info(step: Step) -> None:
    """退回补充: the clock of the work stops; the filer has five working days, for all questions together."""
    step.changes |= {"return_to": step.source, "info_rounds": step.ticket.info_rounds + 1}
    step.due = end_of(add_working_days(local(step.at).date(), step.facts.info_days_left))
    step.data["rounds"] = step.ticket.info_rounds + 1


def supplement(step: Step) -> None:
    """补充: what was added is kept beside the voice; the days it took are added to the limit."""
    remark = {
        "ticket_id": step.ticket.id,
        "voice_id": step.voice_id,
        "kind": RemarkKind.SUPPLEMENT,
        "text": str(step.given["text"]),
        "by_id": step.actor.id,
        "at": step.at,
    }
    step.after.append(partial(add, Remark, remark))
    _resume(step)


def info_timeout(step: Step) -> None:
    """补充期满: the work goes on with what is known; nothing is closed for silence (T6)."""
    step.changes["is_info_incomplete"] = True
    _resume(step)


def _resume(step: Step) -> None:
    days = min(working_days_paused(step), step.facts.info_days_left)  # the pause is capped, however late it ends
    step.changes["return_to"] = None
    step.data["paused_days"] = days
    if step.target is State.IN_PROGRESS:
        move_limits(step, days)


def confirm_onspot(step: Step) -> None:
    """当场解决确认: handled and told at the contact, by the leader (T3)."""
    ticket = step.ticket
    answer_id = _write_spot_answer(step, str(step.given["answer"]))
    step.changes |= {
        "answer_id": answer_id,
        "outcome": Outcome.A,
        "handled_at": ticket.raised_at,
        "offered_at": step.at,
        **_told(step, answer_id, int(step.given["answered_by"]), ""),
    }
    if step.target is State.CLOSED:
        step.changes |= {"closed_at": step.at, "close_reason": CloseReason.ON_SPOT}


def record_praise(step: Step) -> None:
    """表扬: passed on, told at the contact, outside all rates (T3b). It closes without outcome."""
    unit = names.unit(int(step.given["praised_unit"]))
    answer_id = _write_spot_answer(step, f"您的表扬已转达{unit}。")
    told_by = step.ticket.filed_for_id or step.ticket.filed_by_id
    step.changes |= {
        "answer_id": answer_id,
        "offered_at": step.at,
        "closed_at": step.at,
        "close_reason": CloseReason.PRAISE,
        **_told(step, answer_id, told_by, "已转达"),
    }
    step.data["unit"] = unit


def _write_spot_answer(step: Step, text: str) -> int:
    row = {
        "ticket_id": step.ticket.id,
        "episode": step.ticket.episode,
        "outcome": Outcome.A,
        "is_final": True,
        "text": text,
        "written_at": step.at,
        "author_id": step.actor.id,
        "offered_at": step.at,
    }
    return add_one(Answer, row)


def _told(step: Step, answer_id: int, by_id: int, note: str) -> dict[str, object]:
    """The telling at the contact itself."""
    row = {
        "voice_id": names.own_voice(step.ticket.id),
        "ticket_id": step.ticket.id,
        "answer_id": answer_id,
        "about": About.ANSWER,
        "channel": Channel.FACE_TO_FACE,
        "note": note,
        "by_id": by_id,
        "at": step.ticket.raised_at,
    }
    step.after.append(partial(add, Telling, row))
    return {"told_count": 1, "last_told_at": step.ticket.raised_at}


def withdraw(step: Step) -> None:
    """撤回、作废: the file ends before dispatch; whoever raised it may still have to be told."""
    step.changes |= {"ball": Ball.NOBODY, "offered_at": None}  # what may be told is the withdrawal, from now on
    step.data["by_holder"] = step.actor.id is None
