"""What we keep only so as not to compute it again: progress and credits. Never edited; `flask programmes recompute`
makes them from nothing.

`ProgressState.mark` is a fingerprint of everything they were made from but the contacts (marks.py); a contact's own
deed renews them in its transaction. So anybody can tell whether what is stored still holds.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, run_after_create
from liaison.core.db import Base, Moment, Row, choice, table
from liaison.programmes.models import Requirement
from liaison.programmes.words import Period, TimeBand


class ProgressState(Row, Base):
    """Of which facts a person's lines of one academic year were made, and when."""

    __tablename__ = "progress_state"
    __table_args__ = (UniqueConstraint("person_id", "academic_year"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    academic_year: Mapped[str] = mapped_column(String(9))
    mark: Mapped[str] = mapped_column(String(32))
    computed_at: Mapped[datetime] = mapped_column(Moment)


class Progress(Row, Base):
    """进度: one line of one person in one period (reckoning.Line). What depends on the day is asked of the line."""

    __tablename__ = "progress"
    __table_args__ = (
        UniqueConstraint("person_id", "code", "period_key"),
        Index("ix_progress_period", "period_key", "code"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey(Requirement.id))
    code: Mapped[str] = mapped_column(String(24))  # of that requirement
    codes: Mapped[list[str]] = mapped_column(JSON)  # all that print in this line
    programme: Mapped[str] = mapped_column(String(16))
    period: Mapped[Period] = mapped_column(choice(Period))
    period_key: Mapped[str] = mapped_column(String(16))
    first_on: Mapped[date]
    last_on: Mapped[date]
    due_on: Mapped[date]
    required: Mapped[int | None]  # none = 免计
    done: Mapped[int]
    waiting: Mapped[int]  # contacts still to be confirmed
    pieces: Mapped[list[Any]] = mapped_column(JSON)  # first day, number, needed, done, due day of each week or month
    voluntary: Mapped[list[int]] = mapped_column(JSON)  # contacts of weeks in which nothing was owed
    short: Mapped[list[int]] = mapped_column(JSON)  # stays too short to count
    band: Mapped[TimeBand | None] = mapped_column(choice(TimeBand))


class ProgressChange(Row, Base):
    """A line as it stood from a moment on, so that any past day can be looked at again. Added, never changed.

    The latest row of a person, requirement and period before that moment is what stood; `is_there` False: no such line.
    `person_id` points to nobody: whose coming was undone leaves the days on which he was counted.
    """

    __tablename__ = "progress_change"
    __table_args__ = (Index("ix_progress_change_period", "first_on", "last_on"),)

    person_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(24))
    period_key: Mapped[str] = mapped_column(String(16))
    first_on: Mapped[date]
    last_on: Mapped[date]
    required: Mapped[int | None]  # none = 免计
    done: Mapped[int]
    is_there: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)


class Credit(Row, Base):
    """计入: how much of one contact counts for one requirement of one person, and in which period."""

    __tablename__ = "credit"
    __table_args__ = (
        UniqueConstraint("contact_id", "person_id", "requirement_id"),
        Index("ix_credit_person", "person_id", "period_key", "requirement_id"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey(Requirement.id))
    period_key: Mapped[str] = mapped_column(String(16))  # of the week, month, term … it counts in
    quantity: Mapped[int]
    is_confirmed: Mapped[bool]  # not yet = 待确认, outside every figure


class MonthSnapshot(Row, Base):
    """快照: a locked month as it stood. Version 1 is whole and was reported; later ones hold what changed: 更正."""

    __tablename__ = "month_snapshot"
    __table_args__ = (UniqueConstraint("month", "version"),)

    month: Mapped[date]  # its first day
    version: Mapped[int]
    frozen_at: Mapped[datetime] = mapped_column(Moment, index=True)
    contacts: Mapped[int]  # that counted in this month, confirmed


class SnapshotLine(Row, Base):
    """One line of a month as it was frozen. Added, never changed."""

    __tablename__ = "snapshot_line"
    __table_args__ = (UniqueConstraint("snapshot_id", "person_id", "code"),)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey(MonthSnapshot.id))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = mapped_column(String(24))
    required: Mapped[int | None]  # none = 免计
    done: Mapped[int]


DERIVED: tuple[type[Base], ...] = (Credit, Progress, ProgressState)

run_after_create(table(ProgressChange), append_only("progress_change"))
run_after_create(table(MonthSnapshot), append_only("month_snapshot"))
run_after_create(table(SnapshotLine), append_only("snapshot_line"))
