"""What we keep about notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.ticket_states import Stage

UNREAD = text("read_at IS NULL")


class Notice(Row, Base):
    """提醒: what one person should hear of one event."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_recipient", "recipient_id", "id"),
        Index("ix_notice_unread", "recipient_id", "id", sqlite_where=UNREAD, postgresql_where=UNREAD),
    )

    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text_key: Mapped[str] = mapped_column(String(40))  # a row of texts.py; words are chosen when it is read
    about: Mapped[str] = mapped_column(String(24))  # a number
    stage: Mapped[Stage | None] = mapped_column(choice(Stage))  # contacts have none
    path: Mapped[str] = mapped_column(String(200))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)  # left empty until the sender has handed it over
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
