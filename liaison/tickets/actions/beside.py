"""Deeds beside the moves: the state of the ticket stays, its history tells of them, its page is drawn anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.actions import events
from liaison.tickets.actions.moving import LostRace
from liaison.tickets.models import Ticket


def note(ticket: Ticket, deed: str, actor: Actor, data: dict[str, Any], *, reason: str = "") -> int:
    """An event on the row as it was read; LostRace where somebody was faster. Returns its number."""
    seq = events.write_beside(ticket.id, deed, actor, ticket.state, data, reason=reason, version=ticket.version)
    if seq is None:
        raise LostRace(_("这件事项刚刚有变化，请看一下再办。"))
    set_committed_value(ticket, "version", ticket.version + 1)
    set_committed_value(ticket, "event_count", seq)
    return seq
