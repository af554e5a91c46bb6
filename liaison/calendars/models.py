"""What we keep about the school calendar and the table of limits; versions are only added, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from liaison.calendars.calendar import CalendarKind
from liaison.calendars.published import ExceptionKind
from liaison.core.db import Base, Moment, Row, choice
from workflows.ticket_words import LimitClass


class Term(Row, Base):
    """学期: teaching weeks are counted from its first Monday (imports.md sheet 01)."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("academic_year", "name"),
        CheckConstraint("last_day > first_monday", name="ends_after_it_begins"),
    )

    name: Mapped[str] = mapped_column(String(40))  # 第一学期
    academic_year: Mapped[str] = mapped_column(String(9))  # 2026-2027
    term_no: Mapped[int | None]  # 1 autumn, 2 spring, 3 summer; none where only the dates are known
    first_monday: Mapped[date] = mapped_column(index=True)
    last_day: Mapped[date]
    teaching_weeks: Mapped[int | None]
    exam_weeks: Mapped[int | None]
    exempt_weeks: Mapped[str] = mapped_column(String(60), default="", server_default="")  # 12 13: no contact is owed
    vacation_from: Mapped[date | None]  # of the staff: nothing but urgent matters counts days (§4.4 rule 3)
    vacation_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(80), default="", server_default="")

    @property
    def label(self) -> str:
        """2026-2027 第一学期, said once where the name itself holds the year."""
        return self.name if self.academic_year in self.name else f"{self.academic_year} {self.name}"


class CalendarYear(Row, Base):
    """A year whose table was imported; until it is marked published its days stay Monday–Friday."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(unique=True)
    is_published: Mapped[bool] = mapped_column(default=False, server_default=false())


class CalendarDay(Row, Base):
    """节假日与调休: one row per exception; wins over the table that comes with the program."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(unique=True)
    year: Mapped[int]  # of the notice: a New Year's holiday may begin in December
    kind: Mapped[ExceptionKind] = mapped_column(choice(ExceptionKind))
    name: Mapped[str] = mapped_column(String(40), default="")
    basis: Mapped[str] = mapped_column(String(60), default="")  # number of the notice


class CalendarVersion(Row, Base):
    """校历版本: everything arithmetic needs, as it was on the day it was confirmed; frozen on tickets by label."""

    __tablename__ = "calendar_version"

    label: Mapped[str] = mapped_column(String(12), unique=True)  # 2026-1: last published year, edition
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(80), default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # calendars/content.py


class LimitVersion(Row, Base):
    """时限版本: one edition of the table of limits; frozen on tickets by label."""

    __tablename__ = "limit_version"

    label: Mapped[str] = mapped_column(String(12), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(80), default="")


class LimitRule(Row, Base):
    """时限: one class in one version (domain.md §4.4). Days of its calendar, or hours where `is_in_hours`."""

    __tablename__ = "limit_rule"
    __table_args__ = (UniqueConstraint("version_id", "limit_class"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("limit_version.id"))
    limit_class: Mapped[LimitClass] = mapped_column(choice(LimitClass))
    is_in_hours: Mapped[bool] = mapped_column(default=False)  # accept, triage, sign, handle
    accept: Mapped[int]
    triage: Mapped[int]
    sign: Mapped[int]
    handle: Mapped[int | None]  # none: milestones instead of a date
    extension: Mapped[int]  # days
    office: Mapped[int]  # days
    feedback: Mapped[int]  # days
    calendar: Mapped[CalendarKind] = mapped_column(choice(CalendarKind))
