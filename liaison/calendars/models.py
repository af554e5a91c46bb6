"""What we keep about the school calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Row


class Term(Row, Base):
    """学期: teaching weeks are counted from its first Monday."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("academic_year", "name"),
        CheckConstraint("last_day > first_monday", name="ends_after_it_begins"),
    )

    name: Mapped[str] = mapped_column(String(40))  # 第一学期
    academic_year: Mapped[str] = mapped_column(String(9))  # 2026-2027
    first_monday: Mapped[date] = mapped_column(index=True)
    last_day: Mapped[date]
