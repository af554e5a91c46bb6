"""反馈: tell, rate, reopen, close – the four facts stay four (rulings §3)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, select, update

from liaison.calendars import limits
from liaison.core.db import add, change, db, run, table
from liaison.core.errors import Conflict
from liaison.core.language import gettext as _
from liaison.tickets.actions.effects.publishing import take_down
from liaison.tickets.actions.moving import Step
from liaison.tickets.clocks import DEFAULT_CLASS, rating_ends
from liaison.tickets.models import Assignment, Rating, Remark, Telling, Unreachable, Voice
from liaison.tickets.models.tellings import About
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.voices import RemarkKind
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import names, voices
from workflows.ticket_states import State
from workflows.ticket_words import Channel, CloseReason, LimitClass, Solved, UnreachableReason


def tell(step: Step) -> None:
    """告知: one voice has been answered to. The first telling of the answer moves the ticket on."""
    ticket = step.ticket
    if step.facts.voice_told and step.given["channel"] == Channel.CODE_PAGE:
        raise Conflict(_("这条诉求已经告知。"))  # the page of another telephone was faster; staff may tell again
    about = _about(step)
    row = {
        "voice_id": step.voice_id,
        "ticket_id": ticket.id,
        "answer_id": ticket.answer_id if about is About.ANSWER else None,
        "about": about,
        "channel": Channel(step.given["channel"]),
        "note": str(step.given.get("note") or "")[:200],
        "by_id": step.actor.id,
        "at": step.at,
    }
    step.after.append(partial(add, Telling, row))
    step.data |= {"voice": step.voice_id, "channel": row["channel"].value}  # type: ignore[union-attr]
    if about is About.ANSWER and not step.facts.voice_told:
        step.changes |= {"told_count": ticket.told_count + 1, "last_told_at": step.at}
        if step.target is State.FEEDBACK_GIVEN:
            step.due = rating_ends(step.at)
    _let_go_when_settled(step)


def _let_go_when_settled(step: Step) -> None:
    """A redirected matter waits for nobody once each of its voices knows the route, or cannot be told."""
    is_last = step.facts.voices_open <= 1 and not step.facts.voice_told
    if step.source is State.REDIRECTED and is_last:
        step.changes |= {"ball": Ball.NOBODY, "next_due_at": None}


def _about(step: Step) -> About:
    if step.ticket.answer_id is not None:
        return About.ANSWER
    return About.WITHDRAWAL if step.source is State.WITHDRAWN else About.ROUTE


def mark_unreachable(step: Step) -> None:
    """无法告知: leaves the list of debts, stays untold (T31a)."""
    since = datetime.min.replace(tzinfo=UTC) if step.ticket.answer_id else voices.since(step.ticket)
    of_it = and_(Unreachable.answer_id.is_not_distinct_from(step.ticket.answer_id), Unreachable.at >= since)
    if db.session.scalar(select(exists().where(Unreachable.voice_id == step.voice_id, of_it))):
        raise Conflict(_("这条诉求已经标为无法告知。"))
    row = {
        "voice_id": step.voice_id,
        "ticket_id": step.ticket.id,
        "answer_id": step.ticket.answer_id,
        "reason": UnreachableReason(step.given["reason_code"]),
        "by_id": step.actor.id,
        "at": step.at,
    }
    step.after.append(partial(add, Unreachable, row))
    step.data |= {"voice": step.voice_id, "reason": row["reason"].value}  # type: ignore[union-attr]
    _let_go_when_settled(step)


def rate(step: Step) -> None:
    """评价: two answers of the holder; an unhappy one waits for the office (T32)."""
    solved, satisfied = Solved(step.given["solved"]), int(step.given["satisfied"])
    is_unhappy = solved is Solved.NO or satisfied <= 2
    row = {
        "voice_id": step.voice_id,
        "ticket_id": step.ticket.id,
        "answer_id": step.ticket.answer_id,
        "episode": step.ticket.episode,
        "solved": solved,
        "satisfied": satisfied,
        "text": str(step.given.get("text") or "")[:300],
        "at": step.at,
        "decided_at": None if is_unhappy else step.at,
    }
    step.after.append(partial(add, Rating, row))
    step.data |= {"voice": step.voice_id, "solved": solved.value, "satisfied": satisfied}


def reopen(step: Step) -> None:
    """重办: a new episode with a fresh clock; the first handling stays in history (T33)."""
    by_holder = step.actor.id is None
    _withdraw_answer(step)
    step.changes |= {"reopen_count": step.ticket.reopen_count + 1}
    if step.ticket.reopen_count + 1 >= 2:
        step.changes["supervision_level"] = min(step.ticket.supervision_level + 1, 3)
    if by_holder:
        step.after.append(partial(change, Voice, step.voice_id or 0, has_reopened=True))
        step.after.append(partial(add, Remark, _ground(step)))
    step.after.append(partial(run, _DECIDE_RATINGS, {"ticket": step.ticket.id, "moment": step.at}))
    if step.facts.reopen_window_over:  # before that nothing is public
        take_down(step)
    step.data |= {"episode": step.ticket.episode + 1, "by_holder": by_holder}


def start_episode(step: Step) -> None:
    """Back to work with a fresh limit of the same class; no dispatched lead means back to triage."""
    limit_class, rules = step.ticket.limit_class or DEFAULT_CLASS, step.ticket.rule_version
    due = limits.handle_due(step.at, limit_class, rules) if step.target is State.IN_PROGRESS else None
    step.changes |= {
        "episode": step.ticket.episode + 1,
        "due_at": due,
        "promised_at": _new_promise(step, limit_class, due),
    }
    if step.target is State.IN_PROGRESS:
        handler_id = _still_there(step)
        row = {
            "ticket_id": step.ticket.id,
            "unit_id": step.value("lead_unit_id"),
            "duty": Duty.LEAD,
            "episode": step.ticket.episode + 1,
            "question": step.reason[:500],
            "state": None,
            "handler_id": handler_id,
            "dispatched_at": step.at,
            "signed_at": step.at if handler_id else None,
            "due_at": due,
            "original_due_at": due,
        }
        step.after.append(partial(add, Assignment, row))


def _still_there(step: Step) -> int | None:
    """The handler of the last time; where the unit was closed since, nobody yet: its successor names one."""
    heir = names.heir_of(step.ticket.lead_unit_id)
    if heir == step.ticket.lead_unit_id:
        return step.ticket.handler_id
    step.changes |= {"lead_unit_id": heir, "handler_id": None}
    step.data["unit"] = names.unit(heir)
    return None


def _new_promise(step: Step, limit_class: LimitClass, due: datetime | None) -> datetime | None:
    """Whoever waits again is given a date again: the fresh limit, then the office's review and the telling."""
    rules = step.ticket.rule_version
    if due is None:
        return limits.promise(step.at, limit_class, rules) if step.target is State.TRIAGE else None
    return limits.promise_after(due, limit_class, rules)


def _withdraw_answer(step: Step) -> None:
    """The facts of the last episode become history: their rows stay, the ticket no longer states them."""
    step.changes |= {
        "answer_id": None,
        "outcome": None,
        "handled_at": None,
        "offered_at": None,
        "checked": None,
        "checked_at": None,
        "told_count": 0,
        "last_told_at": None,
        "closed_at": None,
        "close_reason": None,
        "is_drawn": False,
    }
    start_episode(step)


def _ground(step: Step) -> dict[str, Any]:
    return {
        "ticket_id": step.ticket.id,
        "voice_id": step.voice_id,
        "kind": RemarkKind.REOPENING,
        "text": step.reason[:1000],
        "by_id": step.actor.id,
        "at": step.at,
    }


_DECIDE_RATINGS = (  # reopening is the office's decision on every unhappy rating of this episode
    update(table(Rating))
    .where(table(Rating).c.ticket_id == bindparam("ticket"), table(Rating).c.decided_at.is_(None))
    .values(decided_at=bindparam("moment"))
)


def close(step: Step) -> None:
    """办结: the file is shut – that says nothing about solved (rulings §3)."""
    rated = select(func.count()).where(Rating.ticket_id == step.ticket.id, Rating.episode == step.ticket.episode)
    is_rated = bool(db.session.scalar(rated))
    shut(step, CloseReason.RATED if is_rated else CloseReason.UNRATED)


def close_untold(step: Step) -> None:
    """未能告知办结: nobody could be told, and the reason says so (T31b)."""
    shut(step, CloseReason.UNTOLD)


def shut(step: Step, reason: CloseReason) -> None:
    step.changes |= {"closed_at": step.at, "close_reason": reason}
    step.data["close_reason"] = reason.value
