"""保密: who may take no part in a matter, and what is kept of one that was handed over by telephone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.dossiers import State
from workflows.ticket_words import HandoffType

PROPOSED = text("state = 'proposed'")


class Recused(Row, Base):
    """A member of staff complained of: neither reader nor handler of this ticket (rulings §8)."""

    __tablename__ = "ticket_recused"
    __table_args__ = (UniqueConstraint("ticket_id", "person_id"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class Dossier(Row, Base):
    """查阅申请: one restricted matter an auditor wants to read, why, and until when he may (domain.md §2.3)."""

    __tablename__ = "ticket_dossier"
    __table_args__ = (
        Index(
            "ix_ticket_dossier_open",
            "ticket_id",
            "asked_by_id",
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_has_a_date"),
        CheckConstraint("(state = 'confirmed') = (until_at IS NOT NULL)", name="confirmed_has_an_end"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(300))
    state: Mapped[State] = mapped_column(choice(State))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(300), default="")  # why not, or what goes with the yes
    until_at: Mapped[datetime | None] = mapped_column(Moment)


class Handoff(Row, Base):
    """移交记录: which kind, who took the call, when, the receipt. Nothing else, ever (domain.md §4.5)."""

    __tablename__ = "handoff"
    __table_args__ = (CheckConstraint("(receipt = '') = (receipt_at IS NULL)", name="receipt_has_a_date"),)

    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), unique=True)  # empty: nothing was filed
    type: Mapped[HandoffType] = mapped_column(choice(HandoffType))
    receiver: Mapped[str] = mapped_column(String(60))  # a unit or a post
    called_at: Mapped[datetime] = mapped_column(Moment, index=True)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    receipt: Mapped[str] = mapped_column(String(40), default="")
    receipt_at: Mapped[datetime | None] = mapped_column(Moment)
    is_in_time: Mapped[bool] = mapped_column(default=False)  # the receipt came within 24 hours of the call
    receipt_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
