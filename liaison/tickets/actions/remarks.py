"""补充说明: one remark of the holder beside his voice. No move of the process: nothing changes its state."""

from __future__ import annotations

from sqlalchemy import insert, select

from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.actions import events, notices
from liaison.tickets.models import Remark, Ticket
from liaison.tickets.models.voices import RemarkKind

LONGEST = 500


def add(ticket: Ticket, voice_id: int, text: str, actor: Actor) -> None:
    """Keep one remark for a voice and let whoever has the ball know. Conflict where the voice had its remark."""
    events.write_beside(ticket.id, "remark", actor, ticket.state, {"voice": voice_id})  # holds the row from here on
    earlier = select(Remark.id).where(Remark.voice_id == voice_id, Remark.kind == RemarkKind.REMARK)
    if db.session.scalar(earlier.limit(1)):
        raise Conflict(_("这条诉求已经补充过一次。"))
    row = {
        "ticket_id": ticket.id,
        "voice_id": voice_id,
        "kind": RemarkKind.REMARK,
        "text": text[:LONGEST],
        "by_id": actor.id,
        "at": now(),
    }
    db.session.execute(insert(Remark).values(row))
    notices.remarked(ticket)
