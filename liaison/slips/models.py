"""联系方式单 and the grants by which a handler may open one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from liaison.slips.words import SlipChannel

KEPT: dict[str, Any] = {"sqlite_where": text("deleted_at IS NULL"), "postgresql_where": text("deleted_at IS NULL")}
REASON_LENGTH = 200


class Slip(Row, Base):
    """The value is ciphertext; a deleted one keeps its row without it, so that one can say when it went."""

    __tablename__ = "slip"
    __table_args__ = (
        Index("ix_slip_kept", "voice_id", unique=True, **KEPT),
        CheckConstraint("(deleted_at IS NULL) = (value <> '')", name="deleted_is_empty"),
    )

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), index=True)
    channel: Mapped[SlipChannel] = mapped_column(choice(SlipChannel))
    value: Mapped[str] = mapped_column(String(600))
    consent_version: Mapped[int]
    consented_at: Mapped[datetime] = mapped_column(Moment)
    left_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty = the holder of the code
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)


class SlipGrant(Row, Base):
    """One handler may open the slips of one ticket until this episode is handled."""

    __tablename__ = "slip_grant"
    __table_args__ = (UniqueConstraint("ticket_id", "episode", "person_id"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    episode: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(Moment)
