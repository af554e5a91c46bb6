"""抽取回访: which answers somebody else looks at is decided by a lot that anyone can draw again (domain.md §4.8)."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from liaison.core.db import db
from liaison.people.actor import SYSTEM
from liaison.settings.in_force import number
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Outcome

NORMAL = Confidentiality.NORMAL
KEYS = 2**32


def key_of(seed: str, number: str, episode: int) -> float:
    """The lot of one handled answer, from 0 to 1: the same for everybody who knows the month's seed."""
    return int(sha256(f"{seed}:{number}:{episode}".encode()).hexdigest()[:8], 16) / KEYS


def draw(ticket: Ticket, seed: str) -> bool:
    """Draw for an answer that was told; a hit goes to the call-backs (T35). Returns whether it was hit.

    `seed` is the month's; the base sample is of answers A, at the rate in force when they were handled.
    Explanations, reopened and restricted matters are always looked at. Commits nothing.
    """
    by_rule = ticket.outcome is Outcome.D or ticket.reopen_count > 0 or ticket.confidentiality is not NORMAL
    rate = number("sample_rate", ticket.handled_at) / 100
    is_hit = by_rule or key_of(seed, ticket.number, ticket.episode) < rate
    if ticket.state is not State.FEEDBACK_GIVEN or not is_hit:
        return False
    drawn = update(Ticket).where(Ticket.id == ticket.id).values(is_drawn=True)
    db.session.execute(drawn.execution_options(synchronize_session=False))
    set_committed_value(ticket, "is_drawn", True)
    make_move(ticket, "sample", actor=SYSTEM, as_system=True)
    return True
