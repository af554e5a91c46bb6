"""What we keep of figures and reports: finished months as they stood."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, run_after_create
from liaison.core.db import Base, Moment, Row, table


class FigureSnapshot(Row, Base):
    """数据快照: a finished month. Version 1 holds every figure and was reported; later ones hold what may still
    change in such a month, as known when the next one was locked: the difference prints as 更正 (metrics.md §2)."""

    __tablename__ = "figure_snapshot"
    __table_args__ = (UniqueConstraint("month", "version"),)

    month: Mapped[date]  # its first day
    version: Mapped[int]
    as_of: Mapped[date] = mapped_column(index=True)  # the cut-off, end of this day
    taken_at: Mapped[datetime] = mapped_column(Moment)
    catalogue: Mapped[str] = mapped_column(String(12))  # which wording of names and formulas
    rules: Mapped[str] = mapped_column(String(12))  # the edition of the limits in force
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # closed_rate.cohort → its counts


run_after_create(table(FigureSnapshot), append_only("figure_snapshot"))
