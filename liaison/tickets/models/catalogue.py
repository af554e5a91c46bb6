"""派单目录: which unit is competent for what, as rulings have settled it (promise B9).

Rows are never changed but for the decision on them: a new ruling proposes a new version of the line.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from liaison.people.words import UnitType
from workflows.engine import Labelled


class LineStanding(Labelled):
    PROPOSED = "proposed", "待定"
    IN_FORCE = "in_force", "有效"
    REJECTED = "rejected", "未采纳"
    REPLACED = "replaced", "已被新条目取代"


class CatalogueLine(Row, Base):
    __tablename__ = "catalogue_line"
    __table_args__ = (
        UniqueConstraint("version"),
        CheckConstraint("(standing = 'proposed') = (decided_at IS NULL)", name="decided_has_a_date"),
        CheckConstraint(
            "(standing IN ('in_force', 'replaced')) = (version IS NOT NULL)", name="in_force_has_a_version"
        ),
    )

    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    place_type: Mapped[UnitType | None] = mapped_column(choice(UnitType))
    words: Mapped[str] = mapped_column(String(120))  # what the matter is called; like texts are suggested the unit
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    duty_clause: Mapped[str] = mapped_column(String(300))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)  # the ruling was made on it
    event_seq: Mapped[int]  # and by this event
    ruled_at: Mapped[datetime] = mapped_column(Moment)
    standing: Mapped[LineStanding] = mapped_column(choice(LineStanding), default=LineStanding.PROPOSED)
    version: Mapped[int | None]  # of the catalogue: raised by one with each line that comes into force
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_line.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
