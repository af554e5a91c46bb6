"""公开: what the office released of a finished matter, or why it kept it back (promise B18, domain.md §7).

One decision per ticket stands at a time; one that was taken back keeps its row. The words are the office's own,
never a student's: the voice stays where it is.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled
from workflows.ticket_words import ExplanationReason, Outcome

SAID_LENGTH, DONE_LENGTH = 120, 400


class Decision(Labelled):
    PUBLISHED = "published", "公开"
    WITHHELD = "withheld", "不公开"


class WhyWithheld(Labelled):
    RECOGNISABLE = "recognisable", "会认出个人"
    FEW = "few", "反映的人少，又不是设施类的事"
    SAME = "same", "与已公开的是同一件事"
    UNWANTED = "unwanted", "反映人不愿公开"


class Released(Labelled):
    """去标识化核对: what whoever releases a text says of it, point by point (domain.md §7)."""

    NO_PERSON = "no_person", "没有姓名、学号、房间号、班级，看不出是谁说的"
    NO_CASE = "no_case", "不是谁一看就知道的个案，也没有小班课和任课教师"
    NO_SECRET = "no_secret", "不涉及保密、纪律和正在调查的事"
    OWN_WORDS = "own_words", "是办公室自己的话，不是学生的原话"


IN_FORCE = text("ended_at IS NULL")
PUBLIC = text("decision = 'published' AND ended_at IS NULL")


class Publication(Row, Base):
    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_in_force", "ticket_id", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
        Index("ix_publication_public", "place_id", "id", sqlite_where=PUBLIC, postgresql_where=PUBLIC),
        Index("ix_publication_ended", "ended_at"),  # what was taken back lately: the feed says so
        CheckConstraint("(ended_at IS NULL) = (end_reason = '')", name="ending_says_why"),
        CheckConstraint("(decision = 'withheld') = (why IS NOT NULL)", name="withheld_says_why"),
        CheckConstraint("decision <> 'published' OR outcome IS NOT NULL", name="published_has_an_outcome"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    decision: Mapped[Decision] = mapped_column(choice(Decision))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # a building or college, never a room or class
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    reason_class: Mapped[ExplanationReason | None] = mapped_column(choice(ExplanationReason))
    handled_on: Mapped[date | None]
    said: Mapped[str] = mapped_column(String(SAID_LENGTH), default="")
    done: Mapped[str] = mapped_column(String(DONE_LENGTH), default="")
    why: Mapped[WhyWithheld | None] = mapped_column(choice(WhyWithheld))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty: the holder reopened it
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    end_reason: Mapped[str] = mapped_column(String(300), default="")
