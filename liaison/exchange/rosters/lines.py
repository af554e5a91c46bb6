"""One row of a roster, read cell by cell, and what it asks for: rows of our tables to be so.

An empty cell asks for nothing: what is there stays. 清空 empties it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask_babel import gettext as _

from liaison.core.cells import Cells, Fault
from liaison.exchange.rosters.sheets import Kind
from liaison.people.words import UnitType
from workflows.table import Labelled

Word = TypeVar("Word", bound=Labelled)
EMPTY = "清空"
YES = {"是": True, "否": False, "有": True, "无": False, "1": True, "0": False, "": False}
BETWEEN = re.compile(r"[、,，;；|\n]+")


@dataclass
class Wish:
    """A row of a table as a line wants it. What is not said is not touched; `fresh` is for a row that is new.

    `said`: column of the table → column of the sheet · `fits`: of which types a unit that is pointed to may be ·
    `missing`: headings of needed cells that are empty, which only a new row cannot do without.
    """

    shelf: str
    kind: Kind
    row: int
    label: str
    key: dict[str, Any]
    values: dict[str, Any]
    fresh: dict[str, Any] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    fits: Mapping[str, frozenset[UnitType]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    may_repeat: bool = False  # several rows may ask for it: a building, by each of its rooms

    @property
    def known(self) -> tuple[Any, ...]:
        return tuple(self.key.values())

    def heading(self, column: str) -> str:
        code = self.said.get(column, column)
        return self.kind.names[code][0] if code in self.kind.names else ""


class Line(Cells):
    """The cells of one row."""

    def __init__(self, kind: Kind, number: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.kind, self.emptied = kind, {name for name, cell in cells.items() if cell == EMPTY}
        said = {name: "" if name in self.emptied else cell for name, cell in cells.items()}
        super().__init__(number, said, kind.names, faults)

    def has(self, name: str) -> bool:
        """Does the cell say anything?"""
        return name in self.emptied or bool(self.cells.get(name))

    def code(self, name: str, most: int = 64) -> str:
        """A number or code: full-width signs as usual ones."""
        self.cells[name] = unicodedata.normalize("NFKC", self.cells.get(name, "")).strip()
        return self.text(name, most)

    def key_code(self, name: str, most: int = 64) -> str:
        """The same where the row cannot be known without it."""
        if not self.cells.get(name):
            self.wrong(name, _("请填写。"))
        return self.code(name, most)

    def codes(self, name: str) -> list[str]:
        """Several numbers."""
        return [unicodedata.normalize("NFKC", one) for one in self.several(name)]

    def several(self, name: str) -> list[str]:
        return [part.strip() for part in BETWEEN.split(self.cells.get(name, "")) if part.strip()]

    def count(self, name: str, most: int) -> int | None:
        return self.whole(name, 0, most, is_needed=False) if self.cells.get(name) else None

    def yes(self, name: str) -> bool:
        return bool(self.choice(name, YES))

    def word(self, name: str, words: Mapping[str, Any]) -> Any:
        """One of the words, or nothing."""
        return self.choice(name, {"": None, **words})

    def wish(self, shelf: str, label: str, key: dict[str, Any], values: dict[str, Any], **more: Any) -> Wish:
        """Of the values only those whose cell says something."""
        said: Mapping[str, str] = more.get("said", {})
        asked = {column: value for column, value in values.items() if self.has(said.get(column, column))}
        missing = tuple(self.kind.names[code][0] for code in self.kind.needed if not self.cells.get(code))
        return Wish(shelf, self.kind, self.number, label[:90], key, asked, missing=missing, **more)


def words_of(words: type[Word], *only: Word, **also: Word) -> dict[str, Word]:
    """How a word may be written: its Chinese label, its code, and what else people say."""
    chosen = only or tuple(words)
    return {word.label: word for word in chosen} | {word.value: word for word in chosen} | also
