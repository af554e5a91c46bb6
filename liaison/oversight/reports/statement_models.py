"""三个纳入: a request for a statement about one person, what he says of it, and what was issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled

NOTE_LENGTH = 500
NUMBER_LENGTH, PURPOSE_LENGTH = 40, 60


class Stance(Labelled):
    """What the person says of it before it leaves."""

    CONFIRMED = "confirmed", "情况属实"
    OBJECTED = "objected", "有异议"


class Statement(Row, Base):
    """履职情况说明: on a numbered request, for a purpose, of some days (domain.md §5.1). The person sees it, contests
    it and adds to it first; from its issue on `content` is what it says."""

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("number", "person_id"),
        Index("ix_statement_person", "person_id", "id"),
        CheckConstraint("last_on >= first_on", name="ends_after_it_begins"),
        CheckConstraint("(stance IS NULL) = (answered_at IS NULL)", name="answered_once"),
        CheckConstraint("stance <> 'objected' OR note <> ''", name="objection_says_what"),
        CheckConstraint("(issued_at IS NULL) = (issued_by_id IS NULL)", name="issued_by_somebody"),
    )

    number: Mapped[str] = mapped_column(String(NUMBER_LENGTH))  # of the request, as 组织部 wrote it
    purpose: Mapped[str] = mapped_column(String(PURPOSE_LENGTH))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]  # until then it waits for the person
    stance: Mapped[Stance | None] = mapped_column(choice(Stance))
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
