"""One row of a sheet, read cell by cell; what cannot be read is noted with its row and column, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from liaison.core import spreadsheets
from liaison.core.spreadsheets import Columns


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and what to do."""

    row: int
    column: str
    words: str


class Cells:
    """The cells of one row, by what their column was taken for. Each question notes in `faults` what is wrong."""

    def __init__(self, number: int, cells: dict[str, str], columns: Columns, faults: list[Fault]) -> None:
        self.number, self.cells, self.columns, self.faults = number, cells, columns, faults

    def text(self, name: str, most: int) -> str:
        cell = self.cells.get(name, "")
        if len(cell) > most:
            self.wrong(name, _("最多 %(n)s 个字。", n=most))
        return cell[:most]

    def needed_text(self, name: str, most: int) -> str:
        if not self.cells.get(name):
            self.wrong(name, _("请填写。"))
        return self.text(name, most)

    def day(self, name: str) -> date | None:
        cell = self.cells.get(name, "")
        found = spreadsheets.day(cell)
        if cell and found is None:
            self.wrong(name, _("“%(cell)s”读不出日期，请写成 2026-09-07。", cell=cell[:20]))
        return found

    def needed_day(self, name: str) -> date:
        if not self.cells.get(name):
            self.wrong(name, _("请填写。"))
        return self.day(name) or date.min

    def whole(self, name: str, least: int, most: int, is_needed: bool = True) -> int:
        cell = self.cells.get(name, "")
        found = spreadsheets.whole(cell)
        if (cell or is_needed) and (found is None or not least <= found <= most):
            self.wrong(name, _("请写 %(least)s 到 %(most)s 的整数。", least=least, most=most))
        return found or 0

    def choice(self, name: str, words: dict[str, Any]) -> Any:
        cell = self.cells.get(name, "")
        if cell not in words:
            offered = _("、").join(word for word in words if word)
            self.wrong(name, _("请写其中之一：%(words)s。", words=offered))
        return words.get(cell)

    def wrong(self, name: str, words: str) -> None:
        self.faults.append(Fault(self.number, self.columns[name][0] if name in self.columns else name, words))
