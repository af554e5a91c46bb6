"""督办单: a demand of the office to a unit, with its own number and its own little life (domain.md §4.7)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled
from workflows.supervision import State

BY_SYSTEM = text("cause <> 'office'")


class Grade(Labelled):
    """How hard it presses; the value of `ticket.supervision_level` follows from it."""

    ORDER = "order", "督办单"
    LEADER = "leader", "领导督办"

    @property
    def level(self) -> int:
        return {Grade.ORDER: 2, Grade.LEADER: 3}[self]


class Cause(Labelled):
    """What the system proposes it for, or that the office did."""

    RED = "red", "逾期满 3 个工作日"
    REOPENED = "reopened", "第二次重办"
    RETURNED = "returned", "两次退回"
    HOT = "hot", "集中反映满 10 个工作日没有计划"
    LONG_RED = "long_red", "逾期满 10 个工作日"
    UNANSWERED = "unanswered", "督办单逾期未回复"
    WALL = "wall", "等待超过 60 天"
    OFFICE = "office", "党政办公室提出"


class SupervisionOrder(Row, Base):
    __tablename__ = "supervision_order"
    __table_args__ = (
        UniqueConstraint("number"),
        # the system proposes once for each cause and episode; what was dropped does not come back
        Index(
            "ix_supervision_order_cause",
            "ticket_id",
            "episode",
            "cause",
            unique=True,
            sqlite_where=BY_SYSTEM,
            postgresql_where=BY_SYSTEM,
        ),
        Index("ix_supervision_order_state", "state", "unit_id", "ticket_id"),
        CheckConstraint("(number IS NULL) = (issued_at IS NULL)", name="issued_has_a_number"),
        CheckConstraint("number IS NULL OR (due_on IS NOT NULL AND unit_id IS NOT NULL)", name="issued_is_addressed"),
        CheckConstraint("state <> 'lifted' OR result <> ''", name="lifted_with_a_result"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    episode: Mapped[int]
    grade: Mapped[Grade] = mapped_column(choice(Grade))
    cause: Mapped[Cause] = mapped_column(choice(Cause))
    state: Mapped[State] = mapped_column(choice(State))
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str | None] = mapped_column(String(20))  # 督〔2026〕3号, given when it is issued
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # who must answer
    reason: Mapped[str] = mapped_column(String(300), default="")  # of the proposal, or why it was dropped
    demand: Mapped[str] = mapped_column(String(500), default="")
    due_on: Mapped[date | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: the system
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(500), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    send_back: Mapped[str] = mapped_column(String(300), default="")  # why it has to be answered again
    comment: Mapped[str] = mapped_column(String(300), default="")  # of the leader in charge
    commented_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    commented_at: Mapped[datetime | None] = mapped_column(Moment)
    result: Mapped[str] = mapped_column(String(300), default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
