"""What we keep about imports: that a file was taken in, by whom and when; of a roster also what it changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Key, Moment, Row


class ImportBatch(Row, Base):
    """成批导入: one file; the same one is refused a second time."""

    __tablename__ = "import_batch"

    digest: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the file, not the file
    row_count: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class RosterImport(Row, Base):
    """名册导入: one confirmed workbook. What it changed stays beside it for seven days, so that it can be undone."""

    __tablename__ = "roster_import"

    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    counts: Mapped[dict[str, list[int]]] = mapped_column(JSON)  # sheet → rows added, changed, closed
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RosterChange(Row, Base):
    """One row that an import wrote: its columns as they were (none: it was not there) and as they became."""

    __tablename__ = "roster_change"

    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(24))
    of_table: Mapped[str] = mapped_column(String(24))
    row_key: Mapped[int] = mapped_column(Key)
    label: Mapped[str] = mapped_column(String(90))  # what the row is called on the page of the import
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_undone: Mapped[bool] = mapped_column(default=False, server_default=false())
