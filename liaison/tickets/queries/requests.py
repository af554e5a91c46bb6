"""What waits for somebody's yes on a ticket, what was decided, and what of it still counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from liaison.core.db import run
from liaison.people.models import Person
from liaison.tickets.models import Request, TicketEvent
from liaison.tickets.models.requests import Life, Standing
from liaison.tickets.queries.voices import TICKET


def of_ticket(ticket_id: int) -> Sequence[Any]:
    """Everything that was asked for on a ticket, the newest first, with the names."""
    return run(_OF_TICKET, {"ticket": ticket_id}).all()


def agreed_since(move: str, signing: str = "") -> Any:
    """How often somebody agreed to a move after it was last made; takes the parameter «ticket».

    `signing`: the agreement is a signature under that move, and counts since `move` was last made.
    """
    made = select(func.max(TicketEvent.at)).where(TicketEvent.ticket_id == TICKET, TicketEvent.move == move)
    agreed = select(func.count(Request.id)).where(
        Request.ticket_id == TICKET,
        Request.life == Life.PROPOSAL,
        Request.move == (signing or move),
        Request.standing == Standing.AGREED,
        Request.asked_at >= func.coalesce(made.scalar_subquery(), Request.asked_at),
    )
    return agreed.scalar_subquery()


def first_asked(*standings: Standing) -> Any:
    """When an extension of this episode was asked for; takes the parameters «ticket» and «episode»."""
    asked = select(func.min(Request.asked_at)).where(
        Request.ticket_id == TICKET,
        Request.life == Life.EXTENSION,
        Request.episode == bindparam("episode"),
        Request.standing.in_(standings),
    )
    return asked.scalar_subquery()


def _of_ticket() -> Any:
    asker, decider = aliased(Person), aliased(Person)
    wanted = select(
        Request.id,
        Request.life,
        Request.move,
        Request.asking,
        Request.episode,
        Request.state,
        Request.given,
        Request.decider,
        Request.asked_by_id,
        Request.asked_at,
        Request.standing,
        Request.decided_at,
        Request.reason,
        asker.name.label("asked_by"),
        decider.name.label("decided_by"),
    )
    joined = wanted.join(asker, asker.id == Request.asked_by_id).outerjoin(decider, decider.id == Request.decided_by_id)
    return joined.where(Request.ticket_id == TICKET).order_by(Request.id.desc())


_OF_TICKET = _of_ticket()
