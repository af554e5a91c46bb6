"""月报、学期报告、年度报告 as a Word file in official layout (GB/T 9704-2012, domain.md §5.4).

A draft: no red head, no seal and no number; the university's own system issues it. Nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from liaison.core.clock import local, now
from liaison.oversight.official_layout import HEADING, NOTHING, SECOND, TITLE, TITLE_SIZE, line, new_document, saved
from liaison.oversight.official_tables import cell, head, row, table
from liaison.oversight.reports.blocks import Column, Report, Table, cell_words
from liaison.people.actor import Actor

OFFICE = "党政办公室"
WIDTH = 156  # mm of the type area
CROWDED = 8  # columns: from here on in 小五 and with less air, below in 五号
HEIGHT, AIR = 6, Pt(6)  # mm of a row at least; above and below a table
SMALLER, SMALL = 18, 21  # half points
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def written(report: Report, reader: Actor, purpose: str, *, finalised_at: datetime | None) -> bytes:
    """The file. `reader`: whose copy it is; until it is final it says that it is a draft, and is of today."""
    until = report.cut_off if finalised_at else f"草稿　{report.cut_off}"
    document = new_document(reader, until, purpose)
    line(document, in_two_lines(report.title, "领导干部"), font=TITLE, size=TITLE_SIZE, align=CENTRE)
    line(document, "")
    body(document, report)
    _close(document, report, finalised_at or now())
    for one in report.tables:
        if one.is_annex:
            line(document, _annex(one.title, report.annexes), font=HEADING, on_new_page=True)
            _put(document, one)
    return saved(document)


def body(document: Any, report: Report) -> None:
    """Sections with their paragraphs and tables; annexes come later."""
    for section in report.sections:
        after = NOTHING if section.paragraphs else AIR
        line(document, section.heading, font=HEADING, indent=2, after=after, keeps_next=True)
        for text in section.paragraphs:
            line(document, text, indent=2)
        for one in section.tables:
            if not one.is_annex:
                _put(document, one, is_titled=not section.heading.endswith(one.title))


def in_two_lines(title: str, phrase: str) -> str:
    """Parted after a phrase, so that no word is."""
    before, end, rest = title.partition(phrase)
    return f"{before}{end}\n{rest}" if rest else title


def _annex(title: str, annexes: tuple[str, ...]) -> str:
    """附件4, as it is numbered at the end of the body; 附件, where it is the only one."""
    return f"附件{annexes.index(title) + 1}" if len(annexes) > 1 else "附件"


def _close(document: Any, report: Report, at: datetime) -> None:
    """附件说明, then who and when."""
    line(document, "")
    for number, name in enumerate(report.annexes, start=1):
        words, indent = (f"附件：{number}.{name}", 2) if number == 1 else (f"{number}.{name}", 5)
        line(document, words, indent=indent, keeps_next=True)
    line(document, "", keeps_next=True)
    line(document, OFFICE, align=RIGHT, right=2, keeps_next=True)
    line(document, f"{local(at):%Y年%-m月%-d日}", align=RIGHT, right=2, keeps_next=True)
    line(document, f"数据{report.cut_off}；{report.counted_by}。", font=SECOND, size=Pt(12), before=Pt(12))
    if report.corrected:
        line(document, report.corrected, font=SECOND, size=Pt(12))


def _put(document: Any, one: Table, *, is_titled: bool = True) -> None:
    """`is_titled`: not where the heading above says the same."""
    if is_titled:
        line(document, one.title, font=HEADING, size=Pt(14), align=CENTRE, before=AIR, keeps_next=True)
    document.element.body[-1].addprevious(table(_grid(one.columns), _rows(one), is_tight=_is_crowded(one)))
    if one.note:
        line(document, one.note, font=SECOND, size=Pt(12), after=AIR)
    else:
        document.add_paragraph().paragraph_format.line_spacing = AIR


def _is_crowded(one: Table) -> bool:
    return len(one.columns) >= CROWDED


def _grid(columns: tuple[Column, ...]) -> list[float]:
    whole = sum(one.width for one in columns)
    return [WIDTH * one.width / whole for one in columns]


def _rows(one: Table) -> Iterator[str]:
    """The head stays with the first row, the last row with what stands below."""
    grid, size = _grid(one.columns), SMALLER if _is_crowded(one) else SMALL
    named = zip(one.columns, grid, strict=True)
    heads = (head(column.name, width, size=size) for column, width in named)
    yield row(*heads, height=HEIGHT, is_header=True, keeps_next=True)
    for number, cells in enumerate(one.rows, start=1):
        parts = zip(cells, one.columns, grid, strict=True)
        yield row(
            *(
                cell(cell_words(value), width, size=size, is_centred=column.is_number or column.is_share)
                for value, column, width in parts
            ),
            height=HEIGHT,
            keeps_next=number == len(one.rows),
        )
