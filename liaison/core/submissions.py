"""A form that creates carries a key made when it was drawn; sent twice, it creates once (safety.md R13)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.clock import now
from liaison.core.db import Base, Moment, Row, add, db

KEPT = timedelta(days=90)  # nobody sends a page again that was drawn so long ago


class Submission(Row, Base):
    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("person_id", "form_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    form_id: Mapped[str] = mapped_column(String(36))
    made: Mapped[str] = mapped_column(String(40))  # the number of what was created
    at: Mapped[datetime] = mapped_column(Moment, index=True)


def already_made(person_id: int, form_id: str) -> str | None:
    """The number of what this form created before, or None."""
    where = (Submission.person_id == person_id, Submission.form_id == form_id)
    return db.session.scalar(select(Submission.made).where(*where))


def remember(person_id: int, form_id: str, made: str) -> None:
    """Keep the key with what it created, in the same transaction. A second one breaks the unique key."""
    row = {"person_id": person_id, "form_id": form_id, "made": made, "at": now()}
    add(Submission, row)


def sweep() -> None:
    """Remove keys of forms that were sent long ago."""
    db.session.execute(delete(Submission).where(Submission.at < now() - KEPT))
