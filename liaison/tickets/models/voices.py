"""诉求: what was said, in its own words, never edited; and what was added to it later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled

TEXT_LENGTH = 1000  # a voice has 5 to 1000 characters (domain.md §4.1)


class Source(Labelled):
    CONTACT = "contact", "联系中听到"
    OFFICE = "office", "办公室登记"
    IMPORT = "import", "成批导入"


class RemarkKind(Labelled):
    SUPPLEMENT = "supplement", "补充"
    REMARK = "remark", "补充说明"
    REOPENING = "reopening", "重办理由"


class Voice(Row, Base):
    __tablename__ = "voice"
    __table_args__ = (CheckConstraint("source <> 'contact' OR contact_id IS NOT NULL", name="heard_somewhere"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)  # the ticket it opened; never moves
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    source: Mapped[Source] = mapped_column(choice(Source))
    extract_of_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"), index=True)
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))  # empty only after a purge
    place_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    filed_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    filed_at: Mapped[datetime] = mapped_column(Moment)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_issued_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)  # the page was first opened with the code
    has_reopened: Mapped[bool] = mapped_column(default=False)  # asked its one reopening


class Remark(Row, Base):
    """What the filer or the holder added: an answer to a question, one remark, a reason to reopen."""

    __tablename__ = "remark"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    kind: Mapped[RemarkKind] = mapped_column(choice(RemarkKind))
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty = the holder of the code
    at: Mapped[datetime] = mapped_column(Moment)
