"""A report as a workbook: what it says on the first sheet, then each table with its counts as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from liaison.oversight.papers import mark_of
from liaison.oversight.reports.blocks import Column, Report, Share, Table
from liaison.oversight.workbook import opened
from liaison.people.actor import Actor

BROAD = 1.3  # of a part of the paper's width, in characters


def write(report: Report, into: IO[bytes], reader: Actor, purpose: str) -> None:
    """A share takes three columns: as text, and its two counts (domain.md §5.4)."""
    with opened(into) as book:
        book.explain(_said(report, mark_of(reader, report.cut_off, purpose)))
        for number, table in enumerate(report.tables, start=1):
            book.rows(
                f"{number} {table.title}", list(_heads(table)), (_cells(row, table.columns) for row in table.rows)
            )


def _said(report: Report, mark: str) -> Iterator[str]:
    yield from (report.title, f"{report.period}，{report.cut_off}", report.counted_by, report.corrected, mark)
    for section in report.sections:
        yield from (section.heading, *section.paragraphs)
        yield from (f"{table.title}：{table.note}" for table in section.tables if table.note)


def _heads(table: Table) -> Iterator[tuple[str, int]]:
    for column in table.columns:
        yield column.name, max(8, round(column.width * BROAD))
        if column.is_share:
            yield from ((f"{column.name}：分子", 8), (f"{column.name}：分母", 8))


def _cells(row: tuple[Any, ...], columns: tuple[Column, ...]) -> list[Any]:
    found: list[Any] = []
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, Share):
            found += [value.words, value.numerator, value.denominator]
        else:
            found += [value, *([None, None] if column.is_share else [])]
    return found
