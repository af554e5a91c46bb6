"""事项: the unit of work, one row, the present state; the past is in the events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled
from workflows.ticket_states import Stage, State
from workflows.ticket_words import CheckResult, CloseReason, Confidentiality, Kind, LimitClass, Outcome

# Fifteen days of tickets are open, twenty years of them are not: these indexes stay small for ever.
OPEN_ONLY: dict[str, Any] = {"sqlite_where": text("is_open = 1"), "postgresql_where": text("is_open")}
SUGGESTED = text("suggested_unit_id IS NOT NULL")
COMPLAINED = text("complained_of_id IS NOT NULL")
SUGGESTED_ONLY: dict[str, Any] = {"sqlite_where": SUGGESTED, "postgresql_where": SUGGESTED}


RESTRICTED_SERIES = "R-"  # numbers of what was restricted from the first; they never change


class Ball(Labelled):
    """Who has to act now: follows from the state, written with it, so that a queue is one index."""

    OFFICE = "office", "党政办公室"
    DIRECTOR = "director", "党政办主任"
    CONFIDENTIAL = "confidential", "保密专办员"
    HEAD = "head", "部门负责人"
    HANDLER = "handler", "经办人"
    UNIT = "unit", "承办部门"
    FILER = "filer", "提交人"
    HOLDER = "holder", "反映人"
    NOBODY = "nobody", "无"


class Category(Row, Base):
    """分类: what it is about, with the unit and class it usually goes to (domain.md §4.14)."""

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(60), default="")
    words: Mapped[str] = mapped_column(String(400), default="")  # typical words, for the suggestion at capture
    limit_class: Mapped[LimitClass] = mapped_column(choice(LimitClass))
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))


class NumberSeries(Base):
    """编号: the last serial of each series and year; raised by one in the transaction that uses it."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Ticket(Row, Base):
    __tablename__ = "ticket"
    __table_args__ = (
        # one index per way a list is read, in the order it is shown: the two-column habit of stack.md §5
        Index("ix_ticket_state", "state", "id"),
        Index("ix_ticket_state_handled", "state", "handled_at"),  # what was shut lately, not the whole archive
        Index("ix_ticket_stage", "stage", "id"),
        Index("ix_ticket_unit", "lead_unit_id", "id"),
        Index("ix_ticket_unit_state", "lead_unit_id", "state", "id"),
        Index("ix_ticket_category", "category_id", "id"),
        Index("ix_ticket_place", "place_id", "id"),
        Index("ix_ticket_filer", "filed_by_id", "id"),
        Index("ix_ticket_filed_for", "filed_for_id", "id"),
        Index("ix_ticket_handler", "handler_id", "id"),
        Index("ix_ticket_college", "college_id", "id"),
        Index("ix_ticket_complained_of", "complained_of_id", sqlite_where=COMPLAINED, postgresql_where=COMPLAINED),
        Index("ix_ticket_raised", "raised_at", "id"),
        # one per way a ticket waits for somebody
        Index("ix_ticket_ball", "ball", "confidentiality", "next_due_at", "id", "state"),
        Index("ix_ticket_open_unit", "lead_unit_id", "ball", "next_due_at", "id", **OPEN_ONLY),
        Index("ix_ticket_open_handler", "handler_id", **OPEN_ONLY),
        Index("ix_ticket_open_filer", "filed_by_id", **OPEN_ONLY),
        Index("ix_ticket_open_filed_for", "filed_for_id", **OPEN_ONLY),
        Index("ix_ticket_open", "id", "next_due_at", **OPEN_ONLY),
        Index("ix_ticket_suggested", "suggested_unit_id", "id", **SUGGESTED_ONLY),
        CheckConstraint("closed_at IS NULL OR close_reason IS NOT NULL", name="closing_says_why"),
        CheckConstraint("(handled_at IS NULL) = (outcome IS NULL)", name="handled_has_outcome"),
        CheckConstraint("state <> 'closed' OR closed_at IS NOT NULL", name="closed_has_a_date"),
        CheckConstraint(
            "state NOT IN ('feedback_pending', 'feedback_given', 'callback') OR answer_id IS NOT NULL",
            name="answered_has_an_answer",
        ),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_points_somewhere"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    )

    # what it is
    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(60))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    college_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # whose own matter it is, where a desk acts
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filed_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    raised_at: Mapped[datetime] = mapped_column(Moment)  # its own voice
    waits_since: Mapped[datetime] = mapped_column(Moment)  # the oldest voice, merged ones included: whole wait
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)  # split from

    # where it stands; written by make_move only
    state: Mapped[State] = mapped_column(choice(State))
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    ball: Mapped[Ball] = mapped_column(choice(Ball))
    is_open: Mapped[bool] = mapped_column(default=True)
    state_since: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    event_count: Mapped[int] = mapped_column(default=0)
    state_before: Mapped[State | None] = mapped_column(choice(State))  # where an unmerge leads back to
    return_to: Mapped[State | None] = mapped_column(choice(State))  # where a supplement leads back to
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)

    # attributes that hold in any state
    confidentiality: Mapped[Confidentiality] = mapped_column(choice(Confidentiality), default=Confidentiality.NORMAL)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    is_on_spot: Mapped[bool] = mapped_column(default=False)
    is_designated: Mapped[bool] = mapped_column(default=False)
    is_disputed: Mapped[bool] = mapped_column(default=False)
    is_hot: Mapped[bool] = mapped_column(default=False)
    is_drawn: Mapped[bool] = mapped_column(default=False)  # drawn for a call-back in this episode
    is_info_incomplete: Mapped[bool] = mapped_column(default=False)
    supervision_level: Mapped[int] = mapped_column(default=0)
    episode: Mapped[int] = mapped_column(default=1)
    reopen_count: Mapped[int] = mapped_column(default=0)
    return_count: Mapped[int] = mapped_column(default=0)
    info_rounds: Mapped[int] = mapped_column(default=0)
    voice_count: Mapped[int] = mapped_column(default=1)

    # who works it
    limit_class: Mapped[LimitClass | None] = mapped_column(choice(LimitClass))
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    suggested_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # named by who gave it back
    complained_of_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # takes no part (R7)

    # until when: frozen when set, with the versions they were computed by
    next_due_at: Mapped[datetime | None] = mapped_column(Moment)  # the promise of whoever has the ball
    due_at: Mapped[datetime | None] = mapped_column(Moment)  # the department's limit, extensions included
    original_due_at: Mapped[datetime | None] = mapped_column(Moment)
    is_due_provisional: Mapped[bool] = mapped_column(default=False, server_default=false())  # 暂定: beyond the table
    promised_at: Mapped[datetime | None] = mapped_column(Moment)  # the promise printed to the student
    rule_version: Mapped[str] = mapped_column(String(12))
    calendar_version: Mapped[str] = mapped_column(String(12))
    dispatched_at: Mapped[datetime | None] = mapped_column(Moment)
    dispatched_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    # the four facts (rulings §3); told is per voice, in `telling`
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id", use_alter=True))  # the offered final answer
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    handled_at: Mapped[datetime | None] = mapped_column(Moment)
    offered_at: Mapped[datetime | None] = mapped_column(Moment)
    checked_at: Mapped[datetime | None] = mapped_column(Moment)
    checked: Mapped[CheckResult | None] = mapped_column(choice(CheckResult))
    told_count: Mapped[int] = mapped_column(default=0)  # voices told of the present answer
    last_told_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    close_reason: Mapped[CloseReason | None] = mapped_column(choice(CloseReason))


class Reader(Row, Base):
    """Named readers of a restricted ticket (domain.md §4.5)."""

    __tablename__ = "ticket_reader"
    __table_args__ = (UniqueConstraint("ticket_id", "person_id"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
