"""告知、无法告知、核实、评价: the facts that others than the handler establish. Rows are only added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled
from workflows.ticket_words import Channel, CheckResult, Solved, UnreachableReason


class About(Labelled):
    """What the voice was told of."""

    ANSWER = "answer", "答复"
    ROUTE = "route", "去向"
    WITHDRAWAL = "withdrawal", "撤回"


class CheckKind(Labelled):
    CALLBACK = "callback", "回访"
    SITE = "site", "现场"
    VISIT = "visit", "走访"


OF_ROUTE = text("about = 'route'")  # few: who was told that it went to another channel


class Telling(Row, Base):
    """One voice has been answered to. A voice without one of the present answer is a debt (告知债)."""

    __tablename__ = "telling"
    __table_args__ = (
        Index("ix_telling_voice", "voice_id", "answer_id"),
        Index("ix_telling_route", "ticket_id", "voice_id", sqlite_where=OF_ROUTE, postgresql_where=OF_ROUTE),
        CheckConstraint("about <> 'answer' OR answer_id IS NOT NULL", name="tells_an_answer"),
    )

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)  # whose answer: the lead's, if merged
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    about: Mapped[About] = mapped_column(choice(About))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    note: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # empty = the page itself
    at: Mapped[datetime] = mapped_column(Moment)


class Unreachable(Row, Base):
    """The office says that a voice could not be told, and why. Counts as not told (rulings §3)."""

    __tablename__ = "unreachable"
    __table_args__ = (UniqueConstraint("voice_id", "answer_id"),)

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    reason: Mapped[UnreachableReason] = mapped_column(choice(UnreachableReason))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class Check(Row, Base):
    """Somebody other than the handler looked whether the stated outcome is true."""

    __tablename__ = "ticket_check"
    __table_args__ = (CheckConstraint("satisfied BETWEEN 1 AND 5", name="five_levels"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    kind: Mapped[CheckKind] = mapped_column(choice(CheckKind))
    result: Mapped[CheckResult] = mapped_column(choice(CheckResult))
    solved: Mapped[Solved | None] = mapped_column(choice(Solved))  # what was said when asked; no rating by the holder
    satisfied: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Rating(Row, Base):
    """评价: the holder's two answers, once per voice and episode of the ticket that answered: one merged after it
    was rated rates the lead's answer too."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("voice_id", "ticket_id", "episode"),
        CheckConstraint("satisfied BETWEEN 1 AND 5", name="five_levels"),
    )

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)  # whose answer: the lead's, if merged
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    episode: Mapped[int]
    solved: Mapped[Solved] = mapped_column(choice(Solved))
    satisfied: Mapped[int]  # 5 非常满意 … 1 非常不满意
    text: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)  # a dissatisfied one waits for the office


TOGETHER, WITHIN_MINUTES = 5, 10  # so many ratings of one unit from one block of addresses (domain.md §6.2, I11)


class RatingMark(Row, Base):
    """Ratings of a unit's answers came together, or one was tried by a signed-in member of staff: when, how many.

    Neither which ratings, nor a code, nor an address: nothing here leads to a holder (rulings §8).
    """

    __tablename__ = "rating_mark"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    count: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, index=True)  # the hour
