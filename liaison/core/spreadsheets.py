"""A table as it comes from an office: .csv (UTF-8 or GB18030) or .xlsx, its columns recognised (imports.md §1).

Nothing is stored and nothing judged but the form: too large, no table, no such columns. What a cell means is
asked with `day` and `whole`; they return None where it cannot be read.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from flask_babel import gettext as _

MOST_ROWS, MOST_COLUMNS, MOST_BYTES, MOST_UNPACKED = 200_000, 60, 20 * 1024**2, 200 * 1024**2  # rulings §13
HEADER_WITHIN = 5  # rows: a title may stand above the names of the columns
LONGEST_CELL = 10_000
FORMULA = re.compile(rb"<f[ >]")
ENCODINGS = ("utf-8-sig", "gb18030")
SERIALS = range(36526, 73051)  # days since 1899-12-30, 2000 to 2099: how spreadsheets keep a date
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+00:00(?::00)?)?")
OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")  # how the file of an old or a locked workbook begins
LONG_NUMBER = re.compile(r"\d{17}")  # in any script's digits
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")

Columns = Mapping[str, Sequence[str]]  # what a column is taken for → what it may be called


class Unreadable(Exception):
    """The file cannot be taken at all; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Sheet:
    """One table: lines with their number in the file (the first is 1)."""

    name: str
    lines: list[tuple[int, list[str]]]
    uncomputed: set[tuple[int, int]] = field(default_factory=set)  # line and column of formulas without a value
    has_merged_cells: bool = False


@dataclass(frozen=True)
class Table:
    """Rows with their number, cells by what their column was taken for; `unused` columns are not taken over.

    `taken` says at which places of a line they stand, `header` what every column is called.
    """

    rows: list[tuple[int, dict[str, str]]]
    unused: list[str]
    header: list[str]
    taken: dict[int, str]


def read(data: bytes) -> list[Sheet]:
    """The sheets of a file: several in a workbook, one in a CSV. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("文件超过 20 MB，请分几次导入。"))
    if not data.strip():
        raise Unreadable(_("文件是空的。"))
    if data.startswith(OLD_OR_LOCKED):
        raise Unreadable(_("这是旧版的 .xls，或者加了密码。请在表格软件里去掉密码，另存为 xlsx 再选一次。"))
    return _workbook(data) if data.startswith(b"PK") else [Sheet("", _text(data))]


def table(sheet: Sheet, columns: Columns, needed: Iterable[str]) -> Table | None:
    """The sheet as a table of these columns; None when no row near its top names all the needed ones."""
    for number, cells in sheet.lines[:HEADER_WITHIN]:
        taken = _taken(cells, columns)
        if set(needed) <= set(taken.values()):
            rows = [(n, _cells(line, taken)) for n, line in sheet.lines if n > number and any(line)]
            unused = [name for at, name in enumerate(cells) if name and at not in taken]
            return Table(rows, unused, cells, taken)
    return None


def day(cell: str) -> date | None:
    """2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, or the serial number of a spreadsheet."""
    plain = _plain(cell)
    if plain.isascii() and plain.isdigit() and int(plain[:9]) in SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(plain))
    found = DAY.fullmatch(plain)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def whole(cell: str) -> int | None:
    """A whole number, also in full-width digits or as 18.0."""
    plain = _plain(cell).removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def holds_id_number(cells: Iterable[str]) -> bool:
    """An 18-digit identity number in any cell: it is refused anywhere (imports.md §1)."""
    return any(ID_NUMBER.search(_plain(cell)) for cell in cells if LONG_NUMBER.search(cell))


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def _tidy(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value))[:LONGEST_CELL]
    if text.isprintable():
        return text.strip()
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cc").strip()


def _taken(header: list[str], columns: Columns) -> dict[int, str]:
    """Position → what it is taken for; of two columns for the same the first counts."""
    names = {_plain(name).lower(): what for what, called in columns.items() for name in (what, *called)}
    found: dict[int, str] = {}
    for at, cell in enumerate(header):
        what = names.get(_plain(cell).lower().rstrip("*"))
        if what and what not in found.values():
            found[at] = what
    return found


def _cells(line: list[str], taken: dict[int, str]) -> dict[str, str]:
    return {what: line[at] if at < len(line) else "" for at, what in taken.items()}


def _numbered(lines: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, start=1):
        if number > MOST_ROWS + HEADER_WITHIN:
            raise Unreadable(_("行数超过 20 万，请分几次导入。"))
        line = [_tidy(cell) for cell in islice(cells, MOST_COLUMNS + 1)]
        if len(line) > MOST_COLUMNS and line[-1]:
            raise Unreadable(_("第 %(row)s 行的列数超过 60。", row=number))
        yield number, line


def _text(data: bytes) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(_numbered(csv.reader(io.StringIO(_decoded(data), newline=""))))
    except csv.Error:
        raise Unreadable(_("这个文件不是完整的 CSV：有一格的引号没有配对，或者一格太长。")) from None


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("读不懂这个文件。请另存为 xlsx，或 CSV（UTF-8、GB18030）。"))


def _workbook(data: bytes) -> list[Sheet]:
    """Read only, without formulas; entities of XML are not expanded (defusedxml, safety.md V-09)."""
    from openpyxl import load_workbook  # a fifth of a second: only who opens a workbook pays

    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [Sheet(sheet.title, list(_numbered(sheet.iter_rows(values_only=True)))) for sheet in book.worksheets]
        return _with_marks(data, sheets)
    except Unreadable:
        raise
    except Exception:  # the library raises whatever a broken file leads it to
        raise Unreadable(_("打不开这个工作簿。请在表格软件里另存为 xlsx 再选一次。")) from None


def _with_marks(data: bytes, sheets: list[Sheet]) -> list[Sheet]:
    """Say where a formula was never computed, and where cells are merged: what looks empty there is not."""
    from openpyxl import load_workbook

    packed = zipfile.ZipFile(io.BytesIO(data))
    texts = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    has_merged_cells = any(b"<mergeCell " in text for text in texts)
    if not any(FORMULA.search(text) for text in texts):
        return [replace(sheet, has_merged_cells=has_merged_cells) for sheet in sheets]
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    return [
        replace(sheet, uncomputed=_uncomputed(sheet, written), has_merged_cells=has_merged_cells)
        for sheet, written in zip(sheets, book.worksheets, strict=True)
    ]


def _uncomputed(sheet: Sheet, written: Any) -> set[tuple[int, int]]:
    """Formulas whose value is not in the file."""
    values = dict(sheet.lines)
    return {
        (number, at)
        for number, cells in enumerate(written.iter_rows(), start=1)
        for at, cell in enumerate(cells)
        if cell.data_type == "f" and not any(values.get(number, [])[at : at + 1])
    }


def _refuse_bombs(data: bytes) -> None:
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except zipfile.BadZipFile:
        raise Unreadable(_("打不开这个工作簿。请在表格软件里另存为 xlsx 再选一次。")) from None
    if unpacked > MOST_UNPACKED:
        raise Unreadable(_("这个工作簿展开后超过 200 MB，请分几次导入。"))
