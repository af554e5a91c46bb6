"""流转记录: one row per move, append-only; the database refuses change and deletion."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, run_after_create
from liaison.core.db import Base, Moment, Row, choice
from workflows.ticket_states import State

ACTED_FOR = text("acting_for_id IS NOT NULL")
KNOWN = "know"  # its filer opened the answer: tickets/actions/knowing.py writes it
CAME_BACK = text("move = 'recurrence'")  # few, and asked for by whoever looks at an earlier period


class TicketEvent(Row, Base):
    __tablename__ = "ticket_event"
    __table_args__ = (
        UniqueConstraint("ticket_id", "seq"),
        Index("ix_ticket_event_at", "at", "ticket_id"),  # what happened in a period: appended at its end only
        Index("ix_ticket_event_came_back", "at", "ticket_id", sqlite_where=CAME_BACK, postgresql_where=CAME_BACK),
        Index("ix_ticket_event_acting_for", "acting_for_id", sqlite_where=ACTED_FOR, postgresql_where=ACTED_FOR),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    seq: Mapped[int]
    move: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[State | None] = mapped_column(choice(State))
    to_state: Mapped[State] = mapped_column(choice(State))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    actor_label: Mapped[str] = mapped_column(String(80))  # as he was called on that day
    acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(500), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # ids, days, choices – never the voice's text
    request_id: Mapped[str] = mapped_column(String(16), default="")


run_after_create(cast(Table, TicketEvent.__table__), append_only("ticket_event"))
