"""月报、学期报告、年度报告 as a Word file in official layout (GB/T 9704-2012, domain.md §5.4).

A draft: no red head, no seal and no number; the university's own system issues it. Nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from liaison.core.clock import local, now
from liaison.oversight.official_layout import HEADING, NOTHING, SECOND, line, new_document, saved, signed, title
from liaison.oversight.official_tables import cell, head, row, table
from liaison.oversight.reports.blocks import Column, Report, Section, Table, cell_words
from liaison.oversight.reports.heard import HOT
from liaison.people.actor import Actor

OFFICE = "党政办公室"
WIDTH = 156  # mm of the type area
CROWDED = 8  # columns: from here on in 小五 and with less air, below in 五号
HEIGHT, AIR = 6, Pt(6)  # mm of a row at least; above and below a table
SMALLER, SMALL = 18, 21  # half points
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def written(report: Report, reader: Actor, purpose: str, *, finalised_at: datetime | None) -> bytes:
    """The file: two pages of words, its tables behind them. `reader`: whose copy it is; until it is final it says that
    it is a draft, and is of today."""
    until = report.cut_off if finalised_at else f"草稿　{report.cut_off}"
    document = new_document(reader, until, purpose)
    title(document, in_two_lines(report.title, "领导干部"))
    line(document, "")
    annex = f"附件{len(report.annexes)}" if len(report.annexes) > 1 else "附件"
    behind = {one.title: f"表{at}" for at, one in enumerate(_behind(report), start=1)}
    _body(document, report, behind, annex)
    _close(document, report, finalised_at or now())
    line(document, annex, font=HEADING, on_new_page=True)
    for one in _behind(report):
        _put(document, replace(one, title=f"{behind[one.title]}　{one.title}"))
    return saved(document)


def body(document: Any, report: Report) -> None:
    """Sections with their paragraphs and tables."""
    _body(document, report, {}, "")


def _behind(report: Report) -> list[Table]:
    """All but the five matters that came together most: the body is two pages (domain.md §5.2)."""
    return [one for one in report.tables if one.title != HOT]


def _body(document: Any, report: Report, behind: Mapping[str, str], annex: str) -> None:
    """`behind`: the numbers of the tables that stand in that annex, not here."""
    for section in report.sections:
        here = [one for one in section.tables if one.title not in behind]
        texts = _pointing(section, behind, annex)
        line(document, section.heading, font=HEADING, indent=2, after=NOTHING if texts else AIR, keeps_next=True)
        for text in texts:
            is_last = section is report.sections[-1] and text is texts[-1]
            line(document, text, indent=2, keeps_next=is_last)  # no page has the signature alone
        for one in here:
            _put(document, one, is_titled=not section.heading.endswith(one.title))


def _pointing(section: Section, behind: Mapping[str, str], annex: str) -> tuple[str, ...]:
    """Its paragraphs; at their end where its tables are."""
    numbers = [behind[one.title] for one in section.tables if one.title in behind and not one.is_annex]
    *others, last = section.paragraphs or ("",)
    return (*others, f"{last}见{annex}{'、'.join(numbers)}。") if numbers else section.paragraphs


def in_two_lines(title: str, phrase: str) -> str:
    """Parted after a phrase, so that no word is."""
    before, end, rest = title.partition(phrase)
    return f"{before}{end}\n{rest}" if rest else title


def _close(document: Any, report: Report, at: datetime) -> None:
    """附件说明, then who and when, and what it was counted by."""
    line(document, "", keeps_next=True)
    for number, name in enumerate(report.annexes, start=1):
        name = f"{number}.{name}" if len(report.annexes) > 1 else name
        words, indent = (f"附件：{name}", 2) if number == 1 else (name, 5)
        line(document, words, indent=indent, keeps_next=True)
    line(document, "", keeps_next=True)
    signed(document, OFFICE, f"{local(at):%Y年%-m月%-d日}", keeps_next=True)
    notes = [f"（数据{report.cut_off}；{report.counted_by}。）", *([report.corrected] if report.corrected else [])]
    for text in notes:
        line(document, text, font=SECOND, size=Pt(12), indent=2, before=Pt(6))


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
    return len(one.columns) >= CROWDED or one.title == HOT


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
