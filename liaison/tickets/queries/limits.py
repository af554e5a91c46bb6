"""How many limits are running."""

from __future__ import annotations

from sqlalchemy import func, select

from liaison.core.db import db
from liaison.tickets.models import Ticket


def open_count() -> int:
    """Open tickets on which somebody must act by a day."""
    running = select(func.count()).select_from(Ticket).where(Ticket.is_open, Ticket.next_due_at.is_not(None))
    return db.session.scalar(running) or 0
