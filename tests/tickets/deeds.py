"""The everyday moves as people make them: where, by whom, typed what; and who may look but not do it.

One row per move. `right` makes it, `bystander` sees the ticket and may not, `stranger` does not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liaison.core.db import db
from liaison.people.actor import HOLDER
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket
from tests.factories import ANSWER, actor, category_id, make_ticket, move, unit_id, voice_of
from workflows.ticket_states import State
from workflows.ticket_words import Kind

S = State
Typed = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """`ticket` makes one to do it on · `typed` is what the form sends · `state` is where it leads."""

    right: str
    ticket: Callable[[], Ticket]
    typed: Callable[[Ticket], Typed]
    state: S
    bystander: str = "auditor"
    stranger: str = "liu"
    wrong_state: S = S.CLOSED
    days_later: int = 0  # it may be done so many days after the ticket got there


def at(state: S, **more: Any) -> Callable[[], Ticket]:
    return lambda: make_ticket(state, **more)


def nothing(_ticket: Ticket) -> Typed:
    return {}


def words(**typed: Any) -> Callable[[Ticket], Typed]:
    return lambda _ticket: typed


def on_the_spot() -> Ticket:
    answer = "图书馆自习区从今天起开放到二十三点"
    return make_ticket(S.SUBMITTED, on_spot_answer=answer, answered_by_id=actor("li").id)


def rated() -> Ticket:
    """Told and rated well: the file may be shut."""
    ticket = make_ticket(S.FEEDBACK_GIVEN)
    make_move(ticket, "rate", actor=HOLDER, as_holder=True, voice_id=voice_of(ticket), solved="yes", satisfied=5)
    return ticket


def closed_on_the_spot() -> Ticket:
    ticket = on_the_spot()
    move(ticket, "confirm_onspot", "wang", answer="自习区开放到二十三点", answered_by=str(actor("li").id))
    return ticket


def child() -> Ticket:
    """Born of a split: no code was ever handed out for it."""
    parent = make_ticket(S.SPLIT)
    return db.session.scalars(db.select(Ticket).filter_by(parent_id=parent.id)).first()  # type: ignore[return-value]


def unreachable() -> Ticket:
    """Its only voice cannot be told; the test's clock has to stand fourteen days later."""
    ticket = make_ticket(S.FEEDBACK_PENDING)
    long_ago = ticket.offered_at
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(offered_at=_before(long_ago)))
    db.session.refresh(ticket)
    move(ticket, "mark_unreachable", "wang", voice_of(ticket), reason_code="unopened")
    return ticket


def _before(moment: Any) -> Any:
    from datetime import timedelta

    return moment - timedelta(days=14)


ANSWERED = words(outcome="A", answer=ANSWER)

DEEDS: dict[str, Deed] = {
    "accept": Deed(
        "wang", at(S.SUBMITTED), lambda _t: {"urgency": "ordinary", "category": category_id()}, S.TRIAGE, "li"
    ),
    "confirm_onspot": Deed(
        "wang",
        on_the_spot,
        lambda t: {"answer": "自习区开放到二十三点", "answered_by": t.filed_by_id},
        S.CLOSED,
        "li",
    ),
    "record_praise": Deed(
        "wang",
        at(S.SUBMITTED, kind=Kind.PRAISE, text="食堂的师傅帮我找回了饭卡"),
        lambda _t: {"praised_unit": unit_id("logistics")},
        S.CLOSED,
        "li",
    ),
    "ask_info": Deed("wang", at(S.TRIAGE), words(question="是几楼的热水器？"), S.INFO_NEEDED, "li"),
    "supplement": Deed("li", at(S.INFO_NEEDED), words(text="是三楼东头的热水器"), S.TRIAGE),
    "dispatch": Deed(
        "wang",
        at(S.TRIAGE),
        lambda _t: {"lead": unit_id("logistics"), "limit_class": "general"},
        S.DISPATCHED,
        "li",
    ),
    "sign": Deed("zhang", at(S.DISPATCHED), lambda _t: {"handler": actor("sun").id}, S.IN_PROGRESS, "wang"),
    "progress": Deed("sun", at(S.IN_PROGRESS), words(note="水泵已订货，星期五到"), S.IN_PROGRESS, "wang"),
    "submit_answer": Deed("sun", at(S.IN_PROGRESS), ANSWERED, S.DEPT_REVIEW, "wang"),
    "head_approve": Deed("zhang", at(S.DEPT_REVIEW), nothing, S.OFFICE_REVIEW, "wang"),
    "head_approve_direct": Deed("zhang", at(S.DEPT_REVIEW, limit_class="simple"), nothing, S.FEEDBACK_PENDING, "wang"),
    "head_return": Deed("zhang", at(S.DEPT_REVIEW), words(reason="请写明供水的时间"), S.IN_PROGRESS, "wang"),
    "office_approve": Deed("wang", at(S.OFFICE_REVIEW), nothing, S.FEEDBACK_PENDING, "zhang"),
    "office_return": Deed("wang", at(S.OFFICE_REVIEW), words(reason="请写明哪里能看到"), S.IN_PROGRESS, "zhang"),
    "tell": Deed(
        "li",
        at(S.FEEDBACK_PENDING),
        lambda t: {"voice": voice_of(t), "channel": "face_to_face"},
        S.FEEDBACK_GIVEN,
        "chen",
        wrong_state=S.TRIAGE,
    ),
    "mark_unreachable": Deed(
        "wang",
        at(S.FEEDBACK_PENDING),
        lambda t: {"voice": voice_of(t), "reason_code": "unopened"},
        S.FEEDBACK_PENDING,
        "li",
        days_later=14,
    ),
    "close": Deed("wang", rated, nothing, S.CLOSED, "li"),
    "close_untold": Deed("wang", unreachable, nothing, S.CLOSED, "li"),
    "reopen": Deed("wang", at(S.CLOSED), words(reason="又没有热水了"), S.IN_PROGRESS, "li", wrong_state=S.TRIAGE),
    "reopen_onspot": Deed(
        "wang", closed_on_the_spot, words(reason="没有延长"), S.TRIAGE, "li", wrong_state=S.SUBMITTED
    ),
    "withdraw": Deed("li", at(S.SUBMITTED), words(reason="学生说已经好了"), S.WITHDRAWN, "wang"),
    "void": Deed("director", child, words(reason="误录"), S.WITHDRAWN, "wang"),
}
