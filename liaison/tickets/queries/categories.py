"""分类: the list, and a suggestion from the words that were typed. Suggested, never required."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from liaison.core.db import db
from liaison.tickets.models import Category

FACILITIES = {"01", "02", "03", "06", "10", "14", "15"}  # places and things: a notice there reaches who is concerned


def all_categories() -> list[Any]:
    """Id, code, name, English name of every category, in the order of their codes."""
    wanted = select(Category.id, Category.code, Category.name, Category.name_en).order_by(Category.code)
    return list(db.session.execute(wanted))


def suggest(text: str) -> Any | None:
    """The category most of whose typical words stand in the text; None where none does."""
    wanted = select(Category.id, Category.code, Category.name, Category.name_en, Category.words)
    scored = [(_score(row.words, text), row) for row in db.session.execute(wanted.order_by(Category.code))]
    best, row = max(scored, key=lambda pair: pair[0], default=(0, None))
    return row if best else None


def _score(words: str, text: str) -> int:
    """Longer words say more than short ones."""
    return sum(len(word) for word in words.split() if word in text)
