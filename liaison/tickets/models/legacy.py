"""历史台账: what a university wrote down before it had this system (imports.md §2, sheet 17).

A table of its own, not tickets with a mark: no clock, voice, code, debt, figure, queue or prompt can meet them by
mistake. They are over, they are read and searched, and that is all.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Row, choice
from liaison.tickets.models.voices import TEXT_LENGTH
from workflows.ticket_words import Outcome


class LegacyTicket(Row, Base):
    __tablename__ = "legacy_ticket"
    __table_args__ = (
        Index("ix_legacy_ticket_received", "received_on", "id"),
        CheckConstraint("ended_on >= received_on", name="ends_after_it_begins"),
    )

    known_by: Mapped[str] = mapped_column(String(64), unique=True)  # its number, else its day and a digest of its text
    number: Mapped[str] = mapped_column(String(40), default="")  # in the old ledger
    received_on: Mapped[date]
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    category: Mapped[str] = mapped_column(String(40), default="")  # as the old ledger called it
    unit: Mapped[str] = mapped_column(String(60), default="")  # the same; units come and go
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # where it is still one of ours
    ended_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    source: Mapped[str] = mapped_column(String(40), default="")
