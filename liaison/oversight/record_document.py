"""附件1、附件2 as Word files, laid out as the annexes of the source document: one form or many, a page each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from liaison.oversight.official_layout import (
    HEADING,
    SECOND,
    SMALL,
    TITLE,
    TITLE_SIZE,
    line,
    new_document,
    saved,
)
from liaison.oversight.official_tables import cell, head, row, table
from liaison.oversight.record_forms import CUT_OFF, STRENGTHS, TITLES, Line, RecordForm
from liaison.people.actor import Actor
from liaison.programmes.words import MonthlyFormKind

FIVE_GRID = (12, 23, 37, 27, 57)  # mm; together the 156 of the type area
THREE_GRID = (30, 26, 18, 30, 18, 34)
EDGE = Mm(27)  # an annex may use more of the sheet than the body of a document


def written(forms: Sequence[RecordForm], reader: Actor) -> bytes:
    """The file. `reader`: whose copy it is."""
    document = new_document(reader, CUT_OFF)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = EDGE
    for number, form in enumerate(forms):
        annex, title = TITLES[form.kind]
        line(document, annex, font=HEADING, on_new_page=number > 0)
        line(document, title, font=TITLE, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER, after=Pt(8))
        written_in = f"填表时间：{form.month.year} 年 {form.month.month} 月"
        line(document, written_in, size=SMALL, align=WD_ALIGN_PARAGRAPH.RIGHT)
        document.element.body[-1].addprevious(_table(form))
        for words in (form.foot, *form.below):
            line(document, words, font=SECOND, size=Pt(12), before=Pt(4))
    return saved(document)


def _table(form: RecordForm) -> Any:
    if form.kind is MonthlyFormKind.FIVE_LINKS:
        return table(FIVE_GRID, _five_links(form))
    return table(THREE_GRID, _three_strengths(form))


def _five_links(form: RecordForm) -> Iterator[str]:
    holder, grid = form.holder, FIVE_GRID
    yield row(
        head("姓　名", sum(grid[:2]), span=2),
        cell(holder.name, grid[2], is_centred=True),
        head("职　务", grid[3]),
        cell(holder.title, grid[4], is_centred=True),
    )
    yield from _block("五个联系", "群体名称", form.links)
    yield from _block("七个走进", "载体名称", form.entries)


def _block(name: str, what: str, lines: Sequence[Line]) -> Iterator[str]:
    """One of the two blocks: its name runs down the side."""
    grid = FIVE_GRID
    yield row(
        head("\n".join(name), grid[0], merge="restart"),
        head(what, grid[1] + grid[2], span=2),
        head("时　间", grid[3]),
        head("工作简况", grid[4]),
    )
    for one in lines:
        yield row(
            head("", grid[0], merge="continue"),
            head(one.label, grid[1]),
            cell(one.name, grid[2], is_centred=True),
            cell(one.days.replace("、", "、\n"), grid[3], is_centred=True),
            cell(one.work, grid[4]),
        )


def _three_strengths(form: RecordForm) -> Iterator[str]:
    holder, grid = form.holder, THREE_GRID
    whose = zip(("姓名", "部门", "职务"), (holder.name, holder.unit, holder.title), (0, 2, 4), strict=True)
    yield row(
        *(
            part
            for word, value, at in whose
            for part in (head(word, grid[at]), cell(value, grid[at + 1], is_centred=True))
        )
    )
    yield from _side("特长\n（三项可选一项及以上填写）", zip(STRENGTHS, form.plan.strengths, strict=True))
    carriers = (("教师", "；".join(form.plan.staff)), ("学生", "；".join(form.plan.groups)))
    yield from _side("自主选择\n联系载体", carriers)
    asked = "工作内容\n（针对本月下基层联系师生中发现的问题、协调帮助解决困难情况等进行简要描述）"
    rest = sum(grid[1:])
    yield row(head(asked, grid[0]), cell(form.work, rest, span=5, is_top=True), height=100)


def _side(name: str, values: Any) -> Iterator[str]:
    """Rows that share their first cell."""
    grid, merge = THREE_GRID, "restart"
    for word, value in values:
        yield row(
            head(name if merge == "restart" else "", grid[0], merge=merge),
            head(word, grid[1]),
            cell(value, sum(grid[2:]), span=4),
            height=12,
        )
        merge = "continue"
