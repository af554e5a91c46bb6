"""Workbooks that go out: templates with an example row and notes, and the rosters as they are.

Every cell is a text: a number keeps the zeros before it, and nothing begins to calculate (safety.md V-10).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from liaison.exchange.rosters import outgoing
from liaison.exchange.rosters.sheets import NOTES, Kind
from liaison.exchange.rosters.shelves import Stock

WIDTH, WIDEST = 4, 40
Rows = Iterable[Sequence[str]]


def templates(kinds: Sequence[Kind]) -> bytes:
    """A workbook to fill in: a worksheet for each sheet, and one that explains the columns."""
    sheets: list[tuple[str, Rows]] = [(kind.tab, [_headings(kind, True), _example(kind)]) for kind in kinds]
    return _workbook([*sheets, (NOTES, [_notes_head(), *(note for kind in kinds for note in _notes(kind))])])


def export(kinds: Sequence[Kind]) -> tuple[bytes, int]:
    """The rosters as they are, in the columns they come in; and how many rows that is."""
    stock = Stock()
    found = [
        (kind, [[row.get(c.code, "") for c in kind.columns] for row in outgoing.rows(kind, stock)]) for kind in kinds
    ]
    book = _workbook([(kind.tab, [_headings(kind, False), *rows]) for kind, rows in found])
    return book, sum(len(rows) for _kind, rows in found)


def _headings(kind: Kind, with_stars: bool) -> list[str]:
    return [f"{column.title}*" if with_stars and column.is_needed else column.title for column in kind.columns]


def _example(kind: Kind) -> list[str]:
    return [column.example for column in kind.columns]


def _notes_head() -> list[str]:
    return [_("表"), _("列名"), _("必填"), _("怎样填"), _("例"), _("也可以叫")]


def _notes(kind: Kind) -> Rows:
    for column in kind.columns:
        needed = _("是") if column.is_needed else ""
        yield [kind.tab, column.title, needed, column.note, column.example, "、".join(column.synonyms)]


def _workbook(sheets: Iterable[tuple[str, Rows]]) -> bytes:
    from openpyxl import Workbook  # a fifth of a second: only who writes a workbook pays
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, (heading, *_rest) in enumerate(zip(*list(rows)[:2], strict=False), start=1):
            column = sheet.column_dimensions[get_column_letter(place)]
            column.width, column.number_format = min(WIDEST, WIDTH + 2 * len(heading) + 4), "@"
        for at, row in enumerate(rows):
            sheet.append([_text(sheet, cell, is_heading=at == 0) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, value: str, is_heading: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if not value and not is_heading:
        return None
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type, cell.number_format = "s", "@"
    if is_heading:
        cell.font = Font(bold=True)
    return cell
