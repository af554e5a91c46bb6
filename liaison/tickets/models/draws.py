"""抽查: the lots of a month, and every answer that lay in the urn (domain.md §4.8)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled


class Why(Labelled):
    """Why somebody looks at an answer; only `base` feeds an estimate."""

    BASE = "base", "随机抽中"
    TOP_UP = "top_up", "月末补足"
    EXPLAINED = "explained", "暂不能办"
    ON_SPOT = "on_spot", "首月当场解决"
    REOPENED = "reopened", "重办过"
    RESTRICTED = "restricted", "受限事项"


class Draw(Row, Base):
    """One month: the hash of the seed is public from its beginning, the seed once the list is frozen."""

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("month"),  # made once, however often and however late the clock ticks
        CheckConstraint("(frozen_at IS NULL) = (list_hash = '')", name="frozen_has_a_hash"),
    )

    month: Mapped[date]  # its first day
    seed: Mapped[str] = mapped_column(String(16))
    seed_hash: Mapped[str] = mapped_column(String(64))
    rate: Mapped[int]  # per cent, as it stood when the month began
    opened_at: Mapped[datetime] = mapped_column(Moment)
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    list_hash: Mapped[str] = mapped_column(String(64), default="")


class Lot(Row, Base):
    """One handled answer of the month. `why` is empty where the lot passed it by."""

    __tablename__ = "draw_lot"
    __table_args__ = (UniqueConstraint("ticket_id", "episode"),)

    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    number: Mapped[str] = mapped_column(String(20))  # as it was in the list: raising the level changes a ticket's own
    episode: Mapped[int]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    is_listed: Mapped[bool]  # an ordinary answer A: part of the public list from which the base sample is drawn
    why: Mapped[Why | None] = mapped_column(choice(Why))
    at: Mapped[datetime] = mapped_column(Moment)
