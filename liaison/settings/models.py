"""Versions of each section, only added; and the proposals that wait for the second key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, run_after_create
from liaison.core.db import Base, Moment, Row, choice, table
from workflows.proposals import State

OPEN = text("state = 'proposed'")


class SettingVersion(Row, Base):
    """One section as it was saved; in force from `made_at` until the next edition."""

    __tablename__ = "setting_version"
    __table_args__ = (
        UniqueConstraint("section", "edition"),  # two people at once: the second is told who was faster
        CheckConstraint(  # edition 1 only adopts what the program ships
            "approved_by_id IS NOT NULL OR edition = 1 OR section NOT IN ('feedback', 'sampling')", name="second_key"
        ),
        CheckConstraint("approved_by_id <> made_by_id", name="somebody_else_approved"),
    )

    section: Mapped[str] = mapped_column(String(20))
    edition: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # setting → value, the whole section
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: the demo
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(80), default="")


class SettingProposal(Row, Base):
    """提议: what the director would change, until somebody else has said yes or no."""

    __tablename__ = "setting_proposal"
    __table_args__ = (
        Index("ix_setting_proposal_open", "section", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("decided_by_id <> proposed_by_id", name="somebody_else_decides"),
        CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by_somebody"),
    )

    section: Mapped[str] = mapped_column(String(20))
    base: Mapped[int]  # the edition it would replace
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[State] = mapped_column(choice(State), default=State.PROPOSED)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(80), default="")


run_after_create(table(SettingVersion), append_only("setting_version"))
