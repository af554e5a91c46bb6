"""Rows for tests, made as people make them: a ticket in a state got there by real moves of the cast.

Everything happens at the present time of `core.clock`; a test that wants dates freezes it.
What stays quiet commits nothing; the test client does, before it asks for a page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from liaison.core import clock
from liaison.core.db import db
from liaison.people.actor import HOLDER, SYSTEM, Actor
from liaison.people.models import Person, Unit
from liaison.people.queries import acting
from liaison.tickets.actions import requesting
from liaison.tickets.actions.categories import CATEGORIES
from liaison.tickets.actions.moving import make_move
from liaison.tickets.actions.raising import Raised, raise_voice
from liaison.tickets.models import Category, Ticket
from liaison.tickets.models.voices import Source
from liaison.tickets.queries.names import own_voice
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

S = State
TEXT = "晚上十点以后没有热水，三楼的同学都洗不了澡"
ANSWER = "11月20日已更换三楼的循环水泵，每晚十点到十二点供应热水，水房门口能看到时间表。"
FILER, CLERK, DIRECTOR, OFFICER, SUPERVISOR = "li", "wang", "director", "officer", "chen"
HEADS = {"logistics": "zhang", "academic-affairs": "liu", "it-centre": "it-head"}
WISHES = {"category", "limit_class", "handler", "outcome", "office"}  # office: who acts for it, 王老师 if not said
HANDLERS = {"logistics": "sun", "academic-affairs": "liu-handler", "it-centre": "it-handler"}


def actor(login: str) -> Actor:
    """One of the cast as the argument of actions; remembered, for the cast never changes its roles."""
    return SYSTEM if login == "system" else _actor(str(db.engine.url), login)


@cache
def _actor(_database: str, login: str) -> Actor:
    found = acting.actor_of(db.session.scalars(db.select(Person.id).filter_by(login=login)).one())
    assert found is not None
    return found


def unit_id(code: str) -> int:
    return _unit_id(str(db.engine.url), code)


@cache
def _unit_id(_database: str, code: str) -> int:
    return db.session.scalars(db.select(Unit.id).filter_by(code=code)).one()


def category_id(code: str = "03") -> int:
    """A category by its code; the first to ask for it puts it there."""
    there = db.session.scalar(db.select(Category.id).filter_by(code=code))
    if there is not None:
        return there
    _code, name, name_en, limit_class, words = next(row for row in CATEGORIES if row[0] == code)
    row = Category(code=code, name=name, name_en=name_en, limit_class=LimitClass(limit_class), words=words)
    db.session.add(row)
    db.session.flush()
    return row.id


def raised(filer: str = FILER, text: str = TEXT, place: str = "dorm-3", **more: Any) -> Raised:
    """A voice with its new ticket and the code, which nobody learns later."""
    given = {"raised_at": clock.now(), "source": Source.OFFICE} | more
    return raise_voice(actor(filer), text=text, place_id=unit_id(place) if place else None, **given)


def make_ticket(state: S | str = S.SUBMITTED, *, filer: str = FILER, lead: str = "logistics", **more: Any) -> Ticket:
    """A ticket in a state, got there by the moves of ROADS.

    `more`: of the voice (text, place, kind, confidentiality …), and WISHES for the moves.
    """
    wish = {key: more.pop(key) for key in WISHES & more.keys()}
    ticket = db.session.get_one(Ticket, raised(filer, **more).ticket_id)
    go(ticket, ROADS[S(state)], lead=lead, **wish)
    assert ticket.state is S(state)
    return ticket


def go(ticket: Ticket, road: str | list[str], **wish: Any) -> Ticket:
    """Make the named moves, each by the one of the cast whose deed it is."""
    for move in road.split() if isinstance(road, str) else road:
        DEEDS[move](ticket, {"lead": "logistics", **wish})
    return ticket


def move(ticket: Ticket, name: str, who: str, voice_id: int | None = None, **given: Any) -> S:
    """One move by one of the cast, through the one function that makes moves."""
    return make_move(ticket, name, actor=actor(who), as_system=who == "system", voice_id=voice_id, **given)


def voice_of(ticket: Ticket) -> int:
    return own_voice(ticket.id)


def at(words: str) -> datetime:
    """The moment of a Chinese wall time: 2026-11-18 20:40."""
    return clock.moment(*_split(datetime.fromisoformat(words)))


def _split(moment: datetime) -> tuple[Any, Any]:
    return moment.date(), moment.time()


# --- who does what: one deed per move ------------------------------------------------------------

Wish = dict[str, Any]


def _office(wish: Wish) -> str:
    return wish.get("office", CLERK)


def _lead_of(ticket: Ticket) -> str:
    return db.session.get_one(Unit, ticket.lead_unit_id).code


def _head(ticket: Ticket) -> str:
    return HEADS[_lead_of(ticket)]


def _handler(ticket: Ticket, wish: Wish) -> str:
    return wish.get("handler") or HANDLERS[_lead_of(ticket)]


def _accept(ticket: Ticket, wish: Wish) -> None:
    urgency = "urgent" if wish.get("limit_class") == "urgent" else "ordinary"
    move(ticket, "accept", _office(wish), urgency=urgency, category=str(category_id(wish.get("category", "03"))))


def _dispatch(ticket: Ticket, wish: Wish) -> None:
    lead, limit_class = str(unit_id(wish["lead"])), wish.get("limit_class", "general")
    move(ticket, "dispatch", _office(wish), lead=lead, limit_class=limit_class)


def _sign(ticket: Ticket, wish: Wish) -> None:
    handler = _handler(ticket, wish)
    move(ticket, "sign", handler, handler=str(actor(handler).id))


def _submit_answer(ticket: Ticket, wish: Wish) -> None:
    given = {"outcome": wish.get("outcome", "A"), "answer": ANSWER}
    if given["outcome"] == "D":
        given |= {"reason_class": "facts", "basis": "配电室的容量测算", "alternative": "可到二楼使用公共洗衣房"}
    move(ticket, "submit_answer", _handler(ticket, wish), **given)


def _tell(ticket: Ticket, wish: Wish) -> None:
    move(ticket, "tell", _office(wish), voice_of(ticket), channel="phone")


def _merge(ticket: Ticket, wish: Wish) -> None:
    lead = make_ticket(S.SUBMITTED, text="三号楼的热水从星期一起就没有了")
    move(ticket, "merge", _office(wish), lead_ticket=lead.number, reason="同一栋楼的同一件事")


def _call(ticket: Ticket, _wish: Wish) -> None:
    given = {"handoff_type": "psychology", "receiver": "心理咨询中心", "called_at": clock.now()}
    move(ticket, "hand_off", OFFICER, **given)


def _return(ticket: Ticket, _wish: Wish) -> None:
    other = str(unit_id("it-centre"))
    given = {"reason_code": "not_our_duty", "duty_clause": "机构职责第3条", "suggested_unit": other}
    move(ticket, "request_return", _head(ticket), **given)


def _escalate(ticket: Ticket, _wish: Wish) -> None:
    """The director asks, the leader in charge of the lead unit agrees, the director takes it there."""
    given = {"body": "president", "question": "澡堂改造由谁出资", "options": "一；二"}
    agreed(ticket, "escalate", DIRECTOR, SUPERVISOR, **given)
    move(ticket, "escalate", DIRECTOR, **given)


def agreed(ticket: Ticket, name: str, who: str, decider: str, **given: Any) -> None:
    """Somebody asks for a move and somebody else says yes."""
    key = requesting.ask(ticket, name, actor=actor(who), **given)
    requesting.settle(ticket, requesting.load(ticket, key), True, actor=actor(decider))


def _plan(ticket: Ticket, _wish: Wish) -> None:
    day = clock.today().replace(day=1)
    given = {"plan_name": "2027年维修计划", "milestones": [clock.today()], "owner": "基建科", "expected_on": day}
    move(ticket, "plan", DIRECTOR, **given)


def _sample(ticket: Ticket, _wish: Wish) -> None:
    """The draw comes with checking; here the ticket is marked as drawn."""
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(is_drawn=True))
    db.session.refresh(ticket)
    move(ticket, "sample", "system")


def _close(ticket: Ticket, wish: Wish) -> None:
    """As the holder makes it possible: rated, and well."""
    voice = voice_of(ticket)
    make_move(ticket, "rate", actor=HOLDER, as_holder=True, voice_id=voice, solved="yes", satisfied=5)
    move(ticket, "close", _office(wish))


def _reopen(ticket: Ticket, wish: Wish) -> None:
    move(ticket, "reopen", _office(wish), reason=f"又没有热水了（第 {ticket.episode} 次）")


DEEDS: dict[str, Callable[[Ticket, Wish], Any]] = {
    "accept": _accept,
    "dispatch": _dispatch,
    "sign": _sign,
    "progress": lambda t, w: move(t, "progress", _handler(t, w), note="水泵已订货"),
    "submit_answer": _submit_answer,
    "head_approve": lambda t, _w: move(t, "head_approve", _head(t)),
    "head_approve_direct": lambda t, _w: move(t, "head_approve_direct", _head(t)),
    "head_return": lambda t, _w: move(t, "head_return", _head(t), reason="请写明供水的时间"),
    "office_approve": lambda t, w: move(t, "office_approve", _office(w)),
    "office_return": lambda t, w: move(t, "office_return", _office(w), reason="请写明在哪里能看到"),
    "tell": _tell,
    "close": _close,
    "reopen": _reopen,
    "ask_info": lambda t, w: move(t, "ask_info", _office(w), question="是几楼的热水器？"),
    "supplement": lambda t, _w: move(t, "supplement", FILER, text="是三楼东头的热水器"),
    "withdraw": lambda t, _w: move(t, "withdraw", FILER, reason="学生说已经好了"),
    "merge": _merge,
    "split": lambda t, w: move(t, "split", _office(w), children=["图书馆座位少", "奖学金还没有发"]),
    "redirect": lambda t, _w: move(t, "redirect", DIRECTOR, reason_code="outside", route="请打供水公司热线"),
    "hand_off": _call,
    "request_return": _return,
    "uphold_return": lambda t, w: move(t, "uphold_return", _office(w), reason="职责不在后勤"),
    "convene": lambda t, _w: move(t, "convene", DIRECTOR, meeting_on=clock.today(), invited="后勤、基建"),
    "escalate": _escalate,
    "plan": _plan,
    "sample": _sample,
}

_TRIAGE = "accept "
_WORK = _TRIAGE + "dispatch sign "
_ANSWERED = _WORK + "submit_answer head_approve office_approve "

ROADS: dict[S, str] = {
    S.SUBMITTED: "",
    S.INFO_NEEDED: _TRIAGE + "ask_info",
    S.WITHDRAWN: "withdraw",
    S.TRIAGE: _TRIAGE,
    S.MERGED: _TRIAGE + "merge",
    S.SPLIT: _TRIAGE + "split",
    S.REDIRECTED: _TRIAGE + "redirect",
    S.HANDED_OFF: "hand_off",
    S.DISPATCHED: _TRIAGE + "dispatch",
    S.RETURN_REQUESTED: _TRIAGE + "dispatch request_return",
    S.IN_PROGRESS: _WORK,
    S.COORDINATING: _WORK + "convene",
    S.LEADERSHIP_REVIEW: _WORK + "convene escalate",
    S.LONG_TERM: _WORK + "plan",
    S.DEPT_REVIEW: _WORK + "submit_answer",
    S.OFFICE_REVIEW: _WORK + "submit_answer head_approve",
    S.FEEDBACK_PENDING: _ANSWERED,
    S.FEEDBACK_GIVEN: _ANSWERED + "tell",
    S.CALLBACK: _ANSWERED + "tell sample",
    S.CLOSED: _ANSWERED + "tell close",
}
