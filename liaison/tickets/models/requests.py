"""提请: what somebody may only ask for and somebody else decides – 提议, 延期申请, 协办单位的退回 (rulings §13).

One table for three small lives of `workflows/` (proposals, extensions, returns), which all go the same way.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled
from workflows.ticket_states import State


class Life(Labelled):
    PROPOSAL = "proposal", "提议"
    EXTENSION = "extension", "延期申请"
    RETURN = "return", "协办退回申请"


class Standing(Labelled):
    OPEN = "open", "等待决定"
    AGREED = "agreed", "同意"
    DECLINED = "declined", "不同意"
    LAPSED = "lapsed", "已不需要"


class Decider(Labelled):
    """Whose yes it waits for."""

    OFFICE = "office", "党政办公室"
    DIRECTOR = "director", "党政办主任"
    CONFIDENTIAL = "confidential", "保密专办员"
    LEADER = "leader", "分管校领导"


WAITING = text("standing = 'open'")


class Request(Row, Base):
    __tablename__ = "ticket_request"
    __table_args__ = (
        # nobody asks twice for what is still undecided
        Index(
            "ix_ticket_request_open",
            "ticket_id",
            "move",
            "asking",
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index("ix_ticket_request_ticket", "ticket_id", "id"),
        Index("ix_ticket_request_asked", "life", "asked_at"),  # the extensions of a term
        Index("ix_ticket_request_decider", "decider", "ticket_id", sqlite_where=WAITING, postgresql_where=WAITING),
        CheckConstraint("(standing = 'open') = (decided_at IS NULL)", name="decided_has_a_date"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    life: Mapped[Life] = mapped_column(choice(Life))
    move: Mapped[str] = mapped_column(String(24))  # of the ticket's process; `co_return` for a co-unit
    asking: Mapped[int] = mapped_column(default=0)  # the assignment of the co-unit that wants to give it back, else 0
    episode: Mapped[int]
    state: Mapped[State | None] = mapped_column(choice(State))  # of the ticket; once it has moved on nobody need decide
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what was typed, days as text
    decider: Mapped[Decider] = mapped_column(choice(Decider))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    standing: Mapped[Standing] = mapped_column(choice(Standing), default=Standing.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(500), default="")  # of the decision
