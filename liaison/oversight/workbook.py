"""Workbooks that leave the house: a sheet that explains, then sheets of rows (domain.md §5.4).

Row by row into a file, so that two hundred thousand rows take no more memory than two. Every text stays text, also one
that begins with = + - @ or their wide forms: it is typed as a string and marked as quoted, never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from xlsxwriter import Workbook

from liaison.core.clock import local

AS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
DANGEROUS = "=+-@＝＋－＠\t\r"
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
NAME_LENGTH = 31
A4 = 9  # as Excel numbers papers
FORMATS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True},
    "text": {"text_wrap": True, "valign": "top"},
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
}


@dataclass(frozen=True)
class Book:
    """An open workbook with its formats."""

    file: Any
    formats: dict[str, Any]

    def explain(self, lines: Iterable[str]) -> None:
        """说明, the first sheet: title, cut-off, whose copy, what the columns mean."""
        sheet = self.file.add_worksheet("说明")
        sheet.set_column(0, 0, 100)
        for number, words in enumerate(filter(None, lines)):
            self._write(sheet, number, 0, words, "head" if number == 0 else "text")

    def rows(self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Iterable[Any]]) -> int:
        """A sheet with a frozen, filtered head; returns how many rows were written."""
        sheet = self.file.add_worksheet(name.translate(NOT_IN_NAMES)[:NAME_LENGTH])
        for at, (word, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, word, self.formats["head"])
        sheet.freeze_panes(1, 1)
        number = 0
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                self._write(sheet, number, at, value)
        sheet.autofilter(0, 0, number, len(columns) - 1)
        _for_paper(sheet)
        return number

    def _write(self, sheet: Any, row: int, column: int, value: Any, look: str = "text") -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, local(value).replace(tzinfo=None), self.formats["moment"])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.formats["day"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.formats["text"])
        elif value:
            sheet.write_string(row, column, value, self.formats["quoted" if value[0] in DANGEROUS else look])


def _for_paper(sheet: Any) -> None:
    """A4 across, all columns on one page in width, the head on every page, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C内部资料　— &P / &N —")


@contextmanager
def opened(into: IO[bytes]) -> Iterator[Book]:
    """A workbook to be written into this file; whole when the block ends."""
    file = Workbook(into, AS_TEXT)
    try:
        yield Book(file, {name: file.add_format(look) for name, look in FORMATS.items()})
    finally:
        file.close()
