"""承办任务、回应、等待账: what a department owes, what it answers, and where the time went."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.assists import State as AssistState
from workflows.engine import Labelled
from workflows.ticket_words import ExplanationReason, Outcome

ANSWER_LENGTH = 2000


class Duty(Labelled):
    LEAD = "lead", "主办"
    CO = "co", "协办"


class Ending(Labelled):
    """Why an assignment ended."""

    HANDLED = "handled", "已办理"
    RETURNED = "returned", "已退回"
    WAIVED = "waived", "免除"
    PASSED_ON = "passed_on", "改由他单位承办"


class Ledger(Labelled):
    """等待账: whose time it is. Every moment of the wait lies in exactly one interval (domain.md §4.4)."""

    OFFICE = "office", "党政办公室"
    CUSTODY = "custody", "承办部门"
    PAUSE = "pause", "暂停"


class PauseReason(Labelled):
    INFO = "info", "等待补充"
    MEETING = "meeting", "等待会议"
    PLAN = "plan", "按计划推进"
    MERGED = "merged", "已并案"
    ANSWERED = "answered", "已答复"


RUNNING = text("ending IS NULL")


class Assignment(Row, Base):
    """One unit's obligation on one ticket: its question, its answer, its clock from dispatch on."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_unit", "unit_id", "ticket_id"),
        Index("ix_assignment_handler", "handler_id", "ticket_id"),
        Index("ix_assignment_due", "due_at", "ticket_id"),  # what was due in a period
        Index("ix_assignment_running", "unit_id", "ticket_id", sqlite_where=RUNNING, postgresql_where=RUNNING),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ending_has_a_date"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    duty: Mapped[Duty] = mapped_column(choice(Duty))
    episode: Mapped[int]
    question: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[AssistState | None] = mapped_column(choice(AssistState))  # the small life of a co-assignment
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dispatched_at: Mapped[datetime] = mapped_column(Moment)
    dispatched_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    sign_due_at: Mapped[datetime | None] = mapped_column(Moment)
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    original_due_at: Mapped[datetime | None] = mapped_column(Moment)
    is_due_provisional: Mapped[bool] = mapped_column(default=False, server_default=false())
    answer_text: Mapped[str] = mapped_column(String(ANSWER_LENGTH), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ending: Mapped[Ending | None] = mapped_column(choice(Ending))


class Answer(Row, Base):
    """回应: the text for the raiser. Final with outcome A or D, interim with B or C (rulings §3)."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(
            "outcome <> 'D' OR (reason_class IS NOT NULL AND basis <> '' AND alternative <> '')",
            name="explanation_gives_grounds",
        ),
        CheckConstraint("(outcome IN ('A', 'D')) = is_final", name="final_is_a_or_d"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", use_alter=True), index=True)
    episode: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    is_final: Mapped[bool]
    text: Mapped[str] = mapped_column(String(ANSWER_LENGTH))
    internal_note: Mapped[str] = mapped_column(String(500), default="")
    reason_class: Mapped[ExplanationReason | None] = mapped_column(choice(ExplanationReason))
    basis: Mapped[str] = mapped_column(String(300), default="")
    alternative: Mapped[str] = mapped_column(String(300), default="")
    review_on: Mapped[date | None]
    expected_on: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(Moment)
    head_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    head_approved_at: Mapped[datetime | None] = mapped_column(Moment)
    office_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    office_approved_at: Mapped[datetime | None] = mapped_column(Moment)
    offered_at: Mapped[datetime | None] = mapped_column(Moment)


class Interval(Row, Base):
    """One stretch of the wait. The open one has no end; the sum of all is the whole wait."""

    __tablename__ = "ticket_interval"
    __table_args__ = (Index("ix_ticket_interval_open", "ticket_id", "until_at"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ledger: Mapped[Ledger] = mapped_column(choice(Ledger))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # whose custody
    pause_reason: Mapped[PauseReason | None] = mapped_column(choice(PauseReason))
    episode: Mapped[int] = mapped_column(default=1)
    from_at: Mapped[datetime] = mapped_column(Moment)
    until_at: Mapped[datetime | None] = mapped_column(Moment)
