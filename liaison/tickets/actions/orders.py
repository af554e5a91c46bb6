"""督办: proposed by the office or the system, issued and lifted by the director, answered by the unit (domain.md §4.7).

Issuing is a move of the ticket too; everything later is told in its history. No quota, no merit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core.clock import local, now, today
from liaison.core.db import add_one, db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.notifications.actions import Holders, tell
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.actions import numbers
from liaison.tickets.actions.beside import note
from liaison.tickets.actions.moving import LostRace, make_move
from liaison.tickets.actions.notices import not_told
from liaison.tickets.models import Ticket
from liaison.tickets.models.orders import Cause, Grade, SupervisionOrder
from liaison.tickets.queries import names, visible
from workflows.engine import MoveRefused, decide
from workflows.parts import Part
from workflows.supervision import SUPERVISION, State
from workflows.ticket_words import Confidentiality

SERIES = "督"
DIRECTOR = Holders(anywhere=(Role.DIRECTOR,))


def propose(ticket: Ticket, *, actor: Actor, reason: str, grade: Grade = Grade.ORDER) -> int:
    """A clerk's proposal; the director decides. Returns its key. Commits nothing."""
    _refuse_unfit(ticket)
    _decided("propose", None, _parts(actor, ticket, ticket.lead_unit_id), {"reason": reason})
    row = {"proposed_by_id": actor.id, "reason": reason[:300], "state": State.PROPOSED}
    key = add_one(SupervisionOrder, {**_new(ticket, grade), **row})
    audit.append(actor.id, "order.propose", object=ticket.number, order=key)
    tell_of(DIRECTOR, "ticket.order_proposed", ticket, key, besides=actor.id)
    return key


def issue(
    ticket: Ticket,
    order: SupervisionOrder | None = None,
    *,
    actor: Actor,
    demand: str,
    due_on: date | None,
    grade: Grade = Grade.ORDER,
    version: int | None = None,
) -> int:
    """下达: with a number, to the unit that leads now. Without `order` a new one, else the proposed one."""
    _refuse_unfit(ticket)
    given = {"order": demand, "due_on": due_on}
    parts = _parts(actor, ticket, ticket.lead_unit_id)
    target = _decided("issue", order.state if order else None, parts, given)
    if due_on is not None and due_on < today():
        raise BadInput(due_on=_("请选今天或以后的日期。"))
    key = order.id if order else add_one(SupervisionOrder, {**_new(ticket, grade), "state": State.PROPOSED})
    held = order or db.session.get_one(SupervisionOrder, key)
    number = _next_number()
    columns = {"number": number, "unit_id": ticket.lead_unit_id, "demand": demand[:500], "due_on": due_on}
    _write(held, target, version, **columns, issued_by_id=actor.id, issued_at=now(), grade=grade)
    make_move(ticket, "supervise", actor=actor, order=demand, level=grade.level, number=number)
    audit.append(actor.id, "order.issue", object=number, ticket=ticket.number, grade=grade.value)
    unit = ticket.lead_unit_id
    tell_of(Holders(there=(Role.HEAD, Role.HANDLER), unit_id=unit), "ticket.supervise", ticket, key, besides=actor.id)
    if grade is Grade.LEADER and ticket.confidentiality is Confidentiality.NORMAL:  # of another he may not see a thing
        tell_of(names.supervisors(unit), "ticket.supervise.leader", ticket, key)
    return key


def drop(ticket: Ticket, order: SupervisionOrder, *, actor: Actor, reason: str, version: int | None = None) -> None:
    """不予下达: the proposal ends, with a reason."""
    columns = {"send_back": reason[:300], "ended_by_id": actor.id, "ended_at": now()}
    _move(ticket, order, "drop", actor, {"reason": reason}, version, columns)


def answer(ticket: Ticket, order: SupervisionOrder, *, actor: Actor, answer: str, version: int | None = None) -> None:
    """回复: by the head of the unit it is addressed to."""
    columns = {"answer": answer[:500], "answered_by_id": actor.id, "answered_at": now()}
    _move(ticket, order, "answer", actor, {"answer": answer}, version, columns)
    note(ticket, "order_answer", actor, {"number": order.number}, reason=answer)
    tell_of(DIRECTOR, "ticket.order_answered", ticket, order.id)


def send_back(
    ticket: Ticket, order: SupervisionOrder, *, actor: Actor, reason: str, version: int | None = None
) -> None:
    """退回重办: the answer does not do; the unit answers again."""
    _move(ticket, order, "send_back", actor, {"reason": reason}, version, {"send_back": reason[:300]})
    note(ticket, "order_back", actor, {"number": order.number}, reason=reason)
    tell_of(_heads(order), "ticket.order_back", ticket, order.id)


def lift(ticket: Ticket, order: SupervisionOrder, *, actor: Actor, result: str, version: int | None = None) -> None:
    """销号: only with a result."""
    columns = {"result": result[:300], "ended_by_id": actor.id, "ended_at": now()}
    _move(ticket, order, "lift", actor, {"result": result}, version, columns)
    note(ticket, "order_lift", actor, {"number": order.number}, reason=result)
    tell_of(_heads(order), "ticket.order_lifted", ticket, order.id)


def comment(ticket: Ticket, order: SupervisionOrder, *, actor: Actor, comment: str, version: int | None = None) -> None:
    """批示: of the leader in charge of the unit, while the order runs."""
    if order.unit_id not in actor.supervised:
        raise NotAllowed(_("批示由分管校领导作出。"))
    if order.state not in {State.ISSUED, State.ANSWERED}:
        raise Conflict(_("督办单现在是“%(state)s”。", state=_(order.state.label)))
    if not comment.strip():
        raise BadInput(comment=_("请填写这一项。"))
    _write(order, order.state, version, comment=comment[:300], commented_by_id=actor.id, commented_at=now())
    audit.append(actor.id, "order.comment", object=order.number or "")
    note(ticket, "order_comment", actor, {"number": order.number}, reason=comment)
    tell_of([*names.heads(order.unit_id or 0)], "ticket.order_comment", ticket, order.id)


Deed = Callable[..., None]
DEEDS: dict[str, Deed] = {"drop": drop, "answer": answer, "send_back": send_back, "lift": lift, "comment": comment}


def _move(
    ticket: Ticket,
    order: SupervisionOrder,
    name: str,
    actor: Actor,
    given: dict[str, Any],
    version: int | None,
    columns: dict[str, Any],
) -> None:
    target = _decided(name, order.state, _parts(actor, ticket, order.unit_id), given)
    _write(order, target, version, **columns)
    audit.append(actor.id, f"order.{name}", object=order.number or ticket.number, order=order.id)


def _decided(name: str, state: State | None, parts: frozenset[Part], given: dict[str, Any]) -> State:
    """Ask the table; its refusal as the page says it."""
    try:
        return State(decide(SUPERVISION, name, state=state, parts=parts, facts=None, given=given))
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        if refused.kind == "needs":
            raise BadInput(**dict.fromkeys(refused.missing, said(refused.reasons[:1]))) from None
        raise Conflict(said(refused.reasons)) from None


def parts(actor: Actor, ticket: Ticket, order: SupervisionOrder) -> frozenset[Part]:
    """The parts this person plays for an order: its own addressee answers, wherever the ticket is by now."""
    return _parts(actor, ticket, order.unit_id or ticket.lead_unit_id)


def _parts(actor: Actor, ticket: Ticket, unit_id: int | None) -> frozenset[Part]:
    there = parts_of(actor, visible.relation(actor, ticket)) - {Part.HEAD}
    return there | {Part.HEAD} if unit_id in actor.at(Role.HEAD) else there


def _refuse_unfit(ticket: Ticket) -> None:
    if not ticket.is_open or ticket.lead_unit_id is None:
        raise Conflict(_("没有承办单位或已经办结的事项，不下督办单。"))


def _write(order: SupervisionOrder, target: State, version: int | None, **columns: Any) -> None:
    """The guarded update: of two people at once the second reads that it has changed."""
    seen = (SupervisionOrder.id == order.id, SupervisionOrder.state == order.state)
    mine = update(SupervisionOrder).where(*seen, SupervisionOrder.version == (version or order.version))
    changed = mine.values(state=target, version=SupervisionOrder.version + 1, **columns)
    done: Any = db.session.execute(changed.execution_options(synchronize_session=False))
    if done.rowcount != 1:
        db.session.rollback()
        raise LostRace(_("这份督办单刚刚有变化，请看一下再办。"))
    db.session.refresh(order)


def _new(ticket: Ticket, grade: Grade) -> dict[str, Any]:
    at: datetime = now()
    return {
        "ticket_id": ticket.id,
        "episode": ticket.episode,
        "grade": grade,
        "cause": Cause.OFFICE,
        "unit_id": ticket.lead_unit_id,
        "proposed_at": at,
    }


def _next_number() -> str:
    """督〔2026〕3号: a series of its own, beginning anew each year."""
    year = local(now()).year
    return f"督〔{year}〕{numbers.next_serial(SERIES, year)}号"


def _heads(order: SupervisionOrder) -> Holders:
    return Holders(there=(Role.HEAD,), unit_id=order.unit_id)


def tell_of(people: Any, text_key: str, ticket: Ticket, order_id: int, besides: int | None = None) -> None:
    tell(
        people,
        text_key,
        about=ticket.number,
        stage=ticket.stage,
        path=f"/supervision/{ticket.number}/{order_id}",
        besides=not_told(ticket, besides),
    )
