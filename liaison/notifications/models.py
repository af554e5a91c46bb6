"""What we keep about notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from liaison.notifications.words import Outlet, Result
from workflows.ticket_states import Stage

UNREAD = text("read_at IS NULL")
UNSENT = text("sent_at IS NULL")
UNENDED = text("ended_at IS NULL")


class Notice(Row, Base):
    """提醒: what one person should hear of one event."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_recipient", "recipient_id", "id"),
        Index("ix_notice_created", "created_at"),  # how many in a month: appended at its end only
        Index("ix_notice_unread", "recipient_id", "id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        Index("ix_notice_unsent", "id", sqlite_where=UNSENT, postgresql_where=UNSENT),
    )

    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text_key: Mapped[str] = mapped_column(String(40))  # a row of texts.py; words are chosen when it is read
    about: Mapped[str] = mapped_column(String(24))  # a number
    stage: Mapped[Stage | None] = mapped_column(choice(Stage))  # contacts have none
    path: Mapped[str] = mapped_column(String(200))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)  # when its deliveries were laid out, if any
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)


class Delivery(Row, Base):
    """发送: one message to one outlet. Claimed by moving `due_at` on; sent again with the same key if in doubt."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_open", "due_at", sqlite_where=UNENDED, postgresql_where=UNENDED),
        CheckConstraint("(ended_at IS NULL) = (result IS NULL)", name="ending_has_a_result"),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    outlet: Mapped[Outlet] = mapped_column(choice(Outlet))
    event_key: Mapped[str] = mapped_column(String(160), unique=True)  # a group hears of an event once
    is_urgent: Mapped[bool]
    due_at: Mapped[datetime] = mapped_column(Moment)  # when it may be tried next
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    result: Mapped[Result | None] = mapped_column(choice(Result))
