"""A file as an office sends it → the cells of known columns, and nothing else of it.

Blocked columns are gone before anything is kept; a row with an identity number stays out; a list that looks like
students is refused as a whole. Nothing here asks the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _

from liaison.calendars.sheets import SHEETS as OF_THE_CALENDAR
from liaison.core import spreadsheets
from liaison.core.spreadsheets import HEADER_WITHIN, Sheet, Table, Unreadable
from liaison.exchange.rosters import blocked
from liaison.exchange.rosters.sheets import BY_CODE, KINDS, NOTES, Kind

WHOLE = 0  # the row of a finding about a whole sheet


@dataclass(frozen=True)
class Finding:
    """Something to say of a cell, a row (no column) or a sheet (no row)."""

    sheet: str
    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Taken:
    """One sheet as it may be kept: its kind, rows by number, what was left out."""

    kind: str
    sheet: str
    rows: list[tuple[int, dict[str, str]]]
    unused: list[str]
    dropped: list[str]
    has_merged_cells: bool = False


@dataclass
class Workbook:
    """What was taken from a file. With a fault nothing of it may be written."""

    taken: list[Taken] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # worksheets that are none of the rosters

    def packed(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def unpacked(data: bytes) -> Workbook:
    told = json.loads(data)
    return Workbook(
        taken=[Taken(**{**one, "rows": [(n, cells) for n, cells in one["rows"]]}) for one in told["taken"]],
        faults=[Finding(**one) for one in told["faults"]],
        unknown=told["unknown"],
    )


def read(data: bytes) -> Workbook:
    """Every sheet of a file that is one of the rosters. Raises Unreadable where nothing of it may be looked at."""
    found, is_known = Workbook(), False
    for sheet in (one for one in spreadsheets.read(data) if one.name != NOTES):
        _refuse_list_of_names(sheet)
        kind = _kind_named(sheet.name) or _kind_by_columns(sheet)
        is_known = is_known or kind is not None
        if kind is None:
            found.unknown += [sheet.name] if any(any(line) for _number, line in sheet.lines) else []
        elif (table := spreadsheets.table(sheet, kind.names, kind.needed)) is None:
            found.faults.append(_missing_columns(sheet, kind))
        else:
            found.taken += [taken] if (taken := _take(found, sheet, kind, table)).rows else []
    if is_known and not found.taken and not found.faults:
        raise Unreadable(_("文件里没有数据行。"))
    if not is_known:
        raise Unreadable(_("没有认出名册的列。请先下载模板，把内容填进去，或把列名改成模板里的名称。"))
    return found


def _refuse_list_of_names(sheet: Sheet) -> None:
    """Whatever sheet it is, also one that would not be taken."""
    for number, header in sheet.lines[:HEADER_WITHIN]:
        if blocked.is_list_of_names(header, [line for n, line in sheet.lines if n > number]):
            raise Unreadable(_("有一张表写了许多姓名而没有工号，疑似学生名单，整个文件没有保存。名册只收教职工。"))


def _kind_named(name: str) -> Kind | None:
    """A worksheet called 03, 组织机构, 03 组织机构 or org_unit."""
    plain = name.strip().lower()
    return next((kind for kind in KINDS if plain in (kind.number, kind.title, kind.tab, kind.code)), None)


def _kind_by_columns(sheet: Sheet) -> Kind | None:
    """The kind most of whose columns are there."""
    found = [(kind, spreadsheets.table(sheet, kind.names, kind.needed)) for kind in KINDS]
    fitting = [(len(table.taken), -place, kind) for place, (kind, table) in enumerate(found) if table]
    return max(fitting, key=lambda one: one[:2])[2] if fitting and not _is_of_the_calendar(sheet) else None


def _is_of_the_calendar(sheet: Sheet) -> bool:
    return any(spreadsheets.table(sheet, columns, needed) for columns, needed, _row in OF_THE_CALENDAR)


def _missing_columns(sheet: Sheet, kind: Kind) -> Finding:
    headings = [set(table.taken.values()) for code in kind.needed if (table := _with_column(sheet, kind, code))]
    there = max(headings, key=len, default=set())
    missing = [column.title for column in kind.columns if column.is_needed and column.code not in there]
    return Finding(kind.tab, WHOLE, "", _("缺少这些列：%(columns)s。", columns=_("、").join(missing)))


def _with_column(sheet: Sheet, kind: Kind, code: str) -> Table | None:
    return spreadsheets.table(sheet, kind.names, [code])


def _take(found: Workbook, sheet: Sheet, kind: Kind, table: Table) -> Taken:
    dropped = {at: name for at, name in enumerate(table.header) if at not in table.taken and blocked.is_blocked(name)}
    lines = dict(sheet.lines)
    rows = []
    for number, cells in table.rows:
        line = [cell for at, cell in enumerate(lines[number]) if at not in dropped]
        if spreadsheets.holds_id_number(line):
            words = _("有一格像身份证号，这样的内容不能进本系统。请删去。")
            found.faults.append(Finding(kind.tab, number, _id_column(table, lines[number]), words))
        elif any(line) and not _is_example(kind, cells):
            found.faults += _uncomputed(sheet, kind, table, number)
            rows.append((number, {code: cell for code, cell in cells.items() if cell}))
    unused = [name for name in table.unused if name not in dropped.values()]
    return Taken(kind.code, sheet.name, rows, unused, sorted(dropped.values()), sheet.has_merged_cells)


def _is_example(kind: Kind, cells: dict[str, str]) -> bool:
    """The example row of a template that was filled in below it."""
    return all(kind.example[code] == cell for code, cell in cells.items())


def _uncomputed(sheet: Sheet, kind: Kind, table: Table, number: int) -> Iterator[Finding]:
    for at, code in table.taken.items():
        if (number, at) in sheet.uncomputed:
            words = _("这一格是公式，文件里没有算出的值。请复制后“选择性粘贴为数值”。")
            yield Finding(kind.tab, number, BY_CODE[kind.code].names[code][0], words)


def _id_column(table: Table, line: Sequence[str]) -> str:
    """The heading over the number; never the number."""
    at = next((at for at, cell in enumerate(line) if spreadsheets.holds_id_number([cell])), 0)
    return table.header[at] if at < len(table.header) else ""
