"""The one writer of 流转记录: a row per move, as the actor was called on that day."""

from __future__ import annotations

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
BESIDE = {"reissue_code": "重发查询码", "remark": "补充说明", "recount": "按新校历重算期限"}


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
    row = {
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
    add(TicketEvent, row)


def write_beside(ticket_id: int, move: str, actor: Actor, state: State, data: dict[str, Any]) -> None:
    """An event that is no move of the process (a code issued again): the state stays, the page is stale."""
    raised = {"event_count": Ticket.event_count + 1, "version": Ticket.version + 1}
    mine = update(Ticket).where(Ticket.id == ticket_id).values(raised).execution_options(synchronize_session=False)
    seq = db.session.execute(mine.returning(Ticket.event_count)).scalar_one()
    write(ticket_id, move, actor, seq=seq, from_state=state, to_state=state, data=data)
