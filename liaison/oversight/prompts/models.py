"""What we keep of a prompt: what was found, the person's line, the director's conclusion. Nothing is changed later.

Rows are added; they leave as a whole, by a correction or after the term (domain.md §6.3). What stays then are numbers.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import never_changed, run_after_create
from liaison.core.db import Base, Moment, Row, choice, table
from liaison.oversight.prompts.words import Conclusion, PromptKind

NOTE_LENGTH = 200


class Prompt(Row, Base):
    """核实提示: one question to one person or to the heads of one unit; to neither: to the director, as the office."""

    __tablename__ = "prompt"
    __table_args__ = (
        Index("ix_prompt_person", "person_id", "id"),
        Index("ix_prompt_unit", "unit_id", "id"),
        Index("ix_prompt_term", "term", "kind"),
        CheckConstraint("person_id IS NULL OR unit_id IS NULL", name="asked_of_one"),
    )

    kind: Mapped[PromptKind] = mapped_column(choice(PromptKind))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str] = mapped_column(String(16))  # the month or term it is about; empty: about its records
    term: Mapped[str] = mapped_column(String(16))  # in which it was asked; with it the prompt goes
    part: Mapped[int]  # so many of `whole`
    whole: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    private_until: Mapped[datetime] = mapped_column(Moment)  # until then only those who are asked see it
    key: Mapped[str] = mapped_column(String(80), unique=True)  # what it asks about: nobody is asked it twice


class PromptRecord(Row, Base):
    """One contact or ticket it is about, by its number; a ticket with the episode."""

    __tablename__ = "prompt_record"
    __table_args__ = (UniqueConstraint("prompt_id", "number", "episode"),)

    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    number: Mapped[str] = mapped_column(String(20))
    episode: Mapped[int]


class PromptNote(Base):
    """情况说明: one line by whoever was asked."""

    __tablename__ = "prompt_note"

    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(NOTE_LENGTH))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class PromptConclusion(Base):
    """结论: drawn by a person, never by the program."""

    __tablename__ = "prompt_conclusion"

    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"), primary_key=True, autoincrement=False)
    result: Mapped[Conclusion] = mapped_column(choice(Conclusion))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class PromptTally(Base):
    """Numbers only: how many could be asked in a term, and how many prompts of it have gone, by conclusion."""

    __tablename__ = "prompt_tally"

    term: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[PromptKind] = mapped_column(choice(PromptKind), primary_key=True)
    could: Mapped[int] = mapped_column(default=0)
    normal: Mapped[int] = mapped_column(default=0)
    corrected: Mapped[int] = mapped_column(default=0)
    in_person: Mapped[int] = mapped_column(default=0)


UNCHANGED = (Prompt, PromptRecord, PromptNote, PromptConclusion)
for _model in UNCHANGED:
    run_after_create(table(_model), never_changed(_model.__tablename__))
