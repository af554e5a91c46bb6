"""The moves as people make them: where, by whom, typed what; and who may look but not do it.

One row per move. `right` makes it, `bystander` sees the ticket and may not, `stranger` does not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liaison.core import clock
from liaison.core.db import db
from liaison.people.actor import HOLDER
from liaison.tickets.actions import noting
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket
from liaison.tickets.models.publications import Released
from tests.factories import ANSWER, actor, agreed, category_id, go, make_ticket, move, unit_id, voice_of
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
    elsewhere: Callable[[], Ticket] | None = None  # a ticket in a wrong state, where `wrong_state` would not be his

    def in_a_wrong_state(self) -> Ticket:
        return self.elsewhere() if self.elsewhere else make_ticket(self.wrong_state)


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


def another(ticket: Ticket) -> str:
    """The number of another open ticket."""
    waiting = db.select(Ticket.number).where(Ticket.id != ticket.id, Ticket.state == S.SUBMITTED)
    return db.session.scalar(waiting.limit(1)) or make_ticket(text="三号楼的热水从星期一起就没有了").number


def objected() -> Ticket:
    """Redirected, and the filer does not agree."""
    ticket = make_ticket(S.REDIRECTED)
    noting.say(ticket, "object", actor=actor("li"), words="这是学校自己的水房")
    return ticket


RETURN = {"reason_code": "not_our_duty", "duty_clause": "机构职责第3条"}


def returned_twice() -> Ticket:
    """Two units said that it is not theirs, and both were right."""
    ticket = make_ticket(S.TRIAGE)
    for lead, head, office in (("logistics", "zhang", "wang"), ("academic-affairs", "liu", "director")):
        go(ticket, "dispatch", lead=lead)
        move(ticket, "request_return", head, **RETURN, suggested_unit=str(unit_id("it-centre")))
        move(ticket, "uphold_return", office, reason="职责不在该单位")
    return ticket


def shared() -> Ticket:
    """后勤保障处 leads, 信息化中心 owes an answer beside it."""
    ticket, other = make_ticket(S.TRIAGE), str(unit_id("it-centre"))
    asked = {"co": [other], "co_questions": {other: "走线谁来做"}}
    move(ticket, "dispatch", "wang", lead=str(unit_id("logistics")), limit_class="general", **asked)
    return go(ticket, "sign")


def shared_and_sent() -> Ticket:
    ticket = shared()
    move(ticket, "co_answer", "it-head", answer=ANSWER)
    return go(ticket, "submit_answer")


def approved() -> Ticket:
    """A special meeting was called, and the leader in charge agrees to take it further."""
    ticket = make_ticket(S.COORDINATING)
    agreed(ticket, "escalate", "director", "chen", **TO_THE_MEETING)
    return ticket


TO_THE_MEETING = {"body": "president", "question": "澡堂改造由谁出资", "options": "一；二"}


def _before(moment: Any) -> Any:
    from datetime import timedelta

    return moment - timedelta(days=14)


RELEASED = {  # what the office writes for everybody, each point ticked
    "public_said": "夜里的热水供应",
    "public_text": "更换了循环水泵，热水供应到零点。",
    "checklist": [one.value for one in Released],
}
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
    "merge": Deed(
        "wang", at(S.TRIAGE), lambda t: {"lead_ticket": another(t), "reason": "同一栋楼的同一件事"}, S.MERGED, "li"
    ),
    "unmerge": Deed("wang", at(S.MERGED), words(reason="不是同一件事"), S.TRIAGE, "li"),
    "split": Deed("wang", at(S.TRIAGE), words(child_1="图书馆的座位太少", child_2="奖学金还没有发下来"), S.SPLIT, "li"),
    "redirect": Deed(
        "director", at(S.TRIAGE), words(reason_code="outside", route="请打供水公司的热线"), S.REDIRECTED, "li"
    ),
    "uphold_objection": Deed("director", objected, words(reason="确实是学校的水房"), S.TRIAGE, "wang"),
    "designate": Deed(
        "director",
        returned_twice,
        lambda _t: {"lead": unit_id("it-centre"), "limit_class": "general", "basis": "宿舍网络归信息化中心"},
        S.DISPATCHED,
        "wang",
        stranger="noise-head",
    ),
    "request_return": Deed(
        "zhang",
        at(S.DISPATCHED),
        lambda _t: {**RETURN, "suggested_unit": unit_id("it-centre")},
        S.RETURN_REQUESTED,
        "wang",
    ),
    "uphold_return": Deed("wang", at(S.RETURN_REQUESTED), words(reason="职责不在后勤"), S.TRIAGE, "zhang"),
    "reject_return": Deed("wang", at(S.RETURN_REQUESTED), words(reason="职责清单第3条"), S.IN_PROGRESS, "zhang"),
    "interim_answer": Deed(
        "zhang", at(S.IN_PROGRESS), words(answer=ANSWER, expected_on="2026-12-01"), S.IN_PROGRESS, "wang"
    ),
    "co_answer": Deed("it-head", shared, words(answer=ANSWER), S.IN_PROGRESS, "wang", elsewhere=shared_and_sent),
    "extend": Deed(
        "wang", at(S.IN_PROGRESS), words(reason="配件要从外地调货", due_on="2026-11-11"), S.IN_PROGRESS, "li"
    ),
    "convene": Deed(
        "director", at(S.IN_PROGRESS), words(meeting_on="2026-11-06", invited="后勤、教务"), S.COORDINATING, "li"
    ),
    "meeting_result": Deed("director", at(S.COORDINATING), words(decision="由后勤牵头"), S.IN_PROGRESS, "wang"),
    "escalate": Deed("director", approved, words(**TO_THE_MEETING), S.LEADERSHIP_REVIEW, "wang"),
    "decided": Deed(
        "director",
        at(S.LEADERSHIP_REVIEW),
        lambda _t: {"decision": "由后勤出资改造", "lead": unit_id("logistics"), "due_on": "2026-12-18"},
        S.IN_PROGRESS,
        "wang",
    ),
    "plan": Deed(
        "director",
        at(S.IN_PROGRESS),
        words(plan_name="2027年维修计划", milestone_1="2027-03-31", owner="基建科长", expected_on="2027-08-31"),
        S.LONG_TERM,
        "wang",
    ),
    "review_plan": Deed("zhang", at(S.LONG_TERM), words(milestone_state="on_track"), S.LONG_TERM, "wang"),
    "resume": Deed("zhang", at(S.LONG_TERM), words(reason="管道已经到货"), S.IN_PROGRESS, "wang"),
    "hand_off": Deed(
        "officer",
        at(S.SUBMITTED),
        lambda _t: {
            "handoff_type": "psychology",
            "receiver": "心理咨询中心值班",
            "called_at": clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M"),
        },
        S.HANDED_OFF,
    ),
    "publish": Deed(
        "director",
        at(S.CLOSED, place="dorm-3-301"),
        words(**RELEASED),
        S.CLOSED,
        "li",
        wrong_state=S.TRIAGE,
        days_later=16,
    ),
    "raise_level": Deed(
        "director", at(S.IN_PROGRESS), words(reason="说到了具体的人"), S.IN_PROGRESS, wrong_state=S.SPLIT
    ),
    "withdraw": Deed("li", at(S.SUBMITTED), words(reason="学生说已经好了"), S.WITHDRAWN, "wang"),
    "void": Deed("director", child, words(reason="误录"), S.WITHDRAWN, "wang"),
}
