"""What a report is made of: sections with paragraphs and tables. Plain values, kept as JSON when it is finalised.

Page, Word, Excel and JSON print the same `Report`; none of them counts anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from liaison.oversight.figures import intervals
from liaison.oversight.figures.figure import FEW


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Under ten no percentage, of nothing a dash (metrics.md §2)."""

    numerator: int
    denominator: int

    @property
    def words(self) -> str:
        """25/27 = 92.6% · 6/9 · —"""
        if not self.denominator:
            return "—"
        counts = f"{self.numerator}/{self.denominator}"
        if self.denominator < FEW:
            return counts
        tenths = intervals.per_mille(self.numerator, self.denominator)
        return f"{counts} = {tenths // 10}.{tenths % 10}%"


Cell = str | int | Share


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in parts of the table's; a share takes three columns of a workbook."""

    name: str
    width: int = 10
    is_share: bool = False
    is_number: bool = False


def count(name: str, width: int) -> Column:
    return Column(name, width, is_number=True)


def share(name: str, width: int = 14) -> Column:
    return Column(name, width, is_share=True)


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    is_annex: bool = False  # after the body, each on its own page


@dataclass(frozen=True)
class Section:
    """一、总体情况, with what stands in it. Empty paragraphs are not printed."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Report:
    """`figures` are the headline numbers as JSON has them; the annex prints the same ones as a table."""

    title: str
    key: str
    period: str
    first: date
    last: date
    as_of: date
    counted_by: str  # snapshot and editions, in words
    sections: tuple[Section, ...]
    annexes: tuple[str, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    corrected: str = ""  # 更正: what became known of its month after it was made

    @property
    def cut_off(self) -> str:
        return f"截至{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日24时"

    @property
    def tables(self) -> list[Table]:
        """In their order; annexes last."""
        return sorted((one for section in self.sections for one in section.tables), key=lambda one: one.is_annex)

    @property
    def length(self) -> int:
        """Characters of the body: headings and paragraphs, without tables."""
        return sum(len(text) for one in self.sections for text in (one.heading, *one.paragraphs))


def cell_words(cell: Cell) -> str:
    return cell.words if isinstance(cell, Share) else str(cell)


def as_plain(report: Report) -> dict[str, Any]:
    """For JSON: what is kept of a finalised report, and what the interface gives."""
    named = ("title", "key", "period", "counted_by", "corrected")
    days = {name: getattr(report, name).isoformat() for name in ("first", "last", "as_of")}
    return {
        **{name: getattr(report, name) for name in named},
        **days,
        "annexes": list(report.annexes),
        "figures": [dict(one) for one in report.figures],
        "sections": [_section(one) for one in report.sections],
    }


def report_of(plain: Mapping[str, Any]) -> Report:
    """The report again, as it was finalised."""
    return Report(
        **{name: plain[name] for name in ("title", "key", "period", "counted_by")},
        first=date.fromisoformat(plain["first"]),
        last=date.fromisoformat(plain["last"]),
        as_of=date.fromisoformat(plain["as_of"]),
        annexes=tuple(plain["annexes"]),
        figures=tuple(plain["figures"]),
        sections=tuple(_section_of(one) for one in plain["sections"]),
    )


def _section(one: Section) -> dict[str, Any]:
    return {"heading": one.heading, "paragraphs": list(one.paragraphs), "tables": [_table(t) for t in one.tables]}


def _table(one: Table) -> dict[str, Any]:
    columns = [{name: getattr(c, name) for name in ("name", "width", "is_share", "is_number")} for c in one.columns]
    rows = [[_cell(cell) for cell in row] for row in one.rows]
    return {"title": one.title, "columns": columns, "rows": rows, "note": one.note, "is_annex": one.is_annex}


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Share):
        return {"numerator": cell.numerator, "denominator": cell.denominator, "printed": cell.words}
    return cell


def _section_of(one: Mapping[str, Any]) -> Section:
    return Section(one["heading"], tuple(one["paragraphs"]), tuple(_table_of(table) for table in one["tables"]))


def _table_of(one: Mapping[str, Any]) -> Table:
    columns: Sequence[Column] = tuple(Column(**column) for column in one["columns"])
    rows = tuple(tuple(_cell_of(cell) for cell in row) for row in one["rows"])
    return Table(one["title"], tuple(columns), rows, one["note"], one["is_annex"])


def _cell_of(cell: Any) -> Cell:
    return Share(cell["numerator"], cell["denominator"]) if isinstance(cell, dict) else cell
