"""What we keep about imports: that a file was taken in, by whom and when. Its rows are voices like others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row


class ImportBatch(Row, Base):
    """成批导入: one file; the same one is refused a second time."""

    __tablename__ = "import_batch"

    digest: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the file, not the file
    row_count: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
