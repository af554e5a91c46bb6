"""What we keep of figures and reports: finished months as they stood, reports as they were sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, run_after_create
from liaison.core.db import Base, Moment, Row, choice, table
from liaison.oversight.reports.words import Sort
from workflows.monthly import State

TEXT_LENGTH = 1200  # of each free text: a page of the paper


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


class StoredReport(Row, Base):
    """月报、学期报告、年度报告: what the director wrote into it; `content` once it is final, and from then on unchanged
    (domain.md §4.7: no way back, later changes are 更正). Everything else is made when it is read."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("(state = 'final') = (finalised_at IS NOT NULL)", name="final_has_a_date"),
    )

    sort: Mapped[Sort] = mapped_column(choice(Sort))
    key: Mapped[str] = mapped_column(String(16))  # 2026-11 · 2026-2027-1 · 2026-2027
    state: Mapped[State] = mapped_column(choice(State))
    account: Mapped[str] = mapped_column(String(TEXT_LENGTH), default="")  # 主要做法
    problems: Mapped[str] = mapped_column(String(TEXT_LENGTH), default="")  # 存在问题
    next_steps: Mapped[str] = mapped_column(String(TEXT_LENGTH), default="")  # 下一步
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    finalised_at: Mapped[datetime | None] = mapped_column(Moment)
    finalised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


run_after_create(table(FigureSnapshot), append_only("figure_snapshot"))
