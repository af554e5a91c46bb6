"""The one writer of 流转记录: a row per move, as the actor was called on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import update

from liaison.core.clock import now
from liaison.core.db import add, db
from liaison.people.actor import Actor
from liaison.tickets.models import Ticket, TicketEvent
from workflows.ticket_states import State

# what is written down without being a move
BESIDE = {
    "reissue_code": "重发查询码",
    "remark": "补充说明",
    "recount": "按新校历重算期限",
    "propose": "提议",
    "ask_extension": "申请延期",
    "agree": "同意提议",
    "decline": "不同意提议",
    "ask_co": "请求协办",
    "sign_co": "签收协办",
    "send_back_co": "退回协办答复",
    "waive_co": "免除协办",
    "comment": "说明职责",
    "object": "提出异议",
    "attempt": "联系未接通",
    "look": "核实",
    "know": "看到答复",
    "recurrence": "确认复发",
    "no_recurrence": "不是复发",
    "order_answer": "回复督办单",
    "order_back": "退回督办回复",
    "order_comment": "批示督办单",
    "order_lift": "督办单销号",
    "pass_on": "转由接续单位承办",
    "withhold": "决定不公开",
    "take_back": "撤下公开",
}


def write(
    ticket_id: int,
    move: str,
    actor: Actor,
    *,
    seq: int,
    from_state: State | None,
    to_state: State,
    at: datetime | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
    acting_for_id: int | None = None,
) -> None:
    """Add one event. `data` holds ids, days and choices, never the text of a voice."""
    add(TicketEvent, row(ticket_id, move, actor, seq, from_state, to_state, at, reason, data, acting_for_id))


def row(
    ticket_id: int,
    move: str,
    actor: Actor,
    seq: int,
    from_state: State | None,
    to_state: State,
    at: datetime | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
    acting_for_id: int | None = None,
) -> dict[str, Any]:
    """One event as it is stored, for who writes several at once."""
    return {
        "ticket_id": ticket_id,
        "seq": seq,
        "move": move,
        "from_state": from_state,
        "to_state": to_state,
        "actor_id": actor.id,
        "actor_label": actor.label or actor.name,
        "acting_for_id": acting_for_id,
        "at": at or now(),
        "reason": reason[:500],
        "data": data or {},
        "request_id": g.get("request_id", "") if has_request_context() else "",
    }


def write_beside(
    ticket_id: int,
    move: str,
    actor: Actor,
    state: State,
    data: dict[str, Any],
    *,
    reason: str = "",
    version: int | None = None,
) -> int | None:
    """An event that is no move of the process (a code issued again): the state stays, the page is stale.

    Returns the number of the event. With `version` the row must still be as it was seen; None where it is not.
    """
    raised = {"event_count": Ticket.event_count + 1, "version": Ticket.version + 1}
    mine = update(Ticket).where(Ticket.id == ticket_id).values(raised).execution_options(synchronize_session=False)
    if version is not None:
        mine = mine.where(Ticket.version == version, Ticket.state == state)
    seq: int | None = db.session.execute(mine.returning(Ticket.event_count)).scalar_one_or_none()
    if seq is not None:
        write(ticket_id, move, actor, seq=seq, from_state=state, to_state=state, reason=reason, data=data)
    return seq


def write_quietly(move: str, actor: Actor, noted: Mapping[int, dict[str, Any]]) -> None:
    """An event beside the moves on each of these tickets, with what it notes, in two statements.

    It changes nothing that anybody decides by: forms that lie open stay good.
    """
    counted = {"event_count": Ticket.event_count + 1}
    mine = update(Ticket).where(Ticket.id.in_(noted)).values(counted).execution_options(synchronize_session=False)
    held = db.session.execute(mine.returning(Ticket.id, Ticket.event_count, Ticket.state)).all()
    at = now()
    add(
        TicketEvent,
        *(row(one.id, move, actor, one.event_count, one.state, one.state, at, data=noted[one.id]) for one in held),
    )
