"""What the board counts, renewed once a day: small cells are merged before they are kept (rulings §13, k = 5)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from workflows.engine import Labelled
from workflows.ticket_words import ExplanationReason


class Fate(Labelled):
    """What became of a voice, in the words of the board."""

    DONE = "done", "已办好"
    REFUSED = "refused", "暂不能办"
    ELSEWHERE = "elsewhere", "转其他渠道"
    PLANNED = "planned", "列入计划"
    OPEN = "open", "正在办"


class BoardCell(Row, Base):
    """So many voices about one thing at one place came to this. Every voice lies in one cell; no totals are kept."""

    __tablename__ = "board_cell"

    place_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # empty: the other places together
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))  # empty: the other matters together
    fate: Mapped[Fate] = mapped_column(choice(Fate))
    reason: Mapped[ExplanationReason | None] = mapped_column(choice(ExplanationReason))  # of a refusal
    voices: Mapped[int]
    until_on: Mapped[date | None]  # the last day anybody was promised
    made_at: Mapped[datetime] = mapped_column(Moment)
