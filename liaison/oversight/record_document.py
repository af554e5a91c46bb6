"""附件1、附件2 as Word files, laid out as the annexes of the source document; one form or many, each on its own page.

Tables are written as markup: real widths of the grid (or Word lets columns collapse), merged cells as in the annex,
and a file of three hundred forms takes seconds, not minutes. Every text is escaped, so none can be markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from liaison.oversight.official_layout import (
    BODY,
    HEADING,
    SECOND,
    SMALL,
    TITLE,
    TITLE_SIZE,
    line,
    new_document,
    saved,
)
from liaison.oversight.record_forms import CUT_OFF, STRENGTHS, TITLES, Line, RecordForm
from liaison.people.actor import Actor
from liaison.programmes.words import MonthlyFormKind

FIVE_GRID = (12, 23, 37, 27, 57)  # mm; together the 156 of the type area
THREE_GRID = (30, 26, 18, 30, 18, 34)
EDGE = Mm(27)  # an annex may use more of the sheet than the body of a document
TEXT_SIZE = 24  # half points: 小四
TWIPS = 56.7  # to the millimetre
PADDING = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 57), ("left", 85), ("bottom", 57), ("right", 85))
)
BORDER = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'


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
        for words in (form.foot, *form.notes):
            line(document, words, font=SECOND, size=Pt(12), before=Pt(4))
    return saved(document)


def _table(form: RecordForm) -> Any:
    is_five = form.kind is MonthlyFormKind.FIVE_LINKS
    grid, rows = (FIVE_GRID, _five_links(form)) if is_five else (THREE_GRID, _three_strengths(form))
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid)
    sides = "".join(f"<w:{side} {BORDER}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(grid))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{PADDING}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _five_links(form: RecordForm) -> Iterator[str]:
    holder, grid = form.holder, FIVE_GRID
    yield _row(
        _head("姓　名", sum(grid[:2]), span=2),
        _cell(holder.name, grid[2], is_centred=True),
        _head("职　务", grid[3]),
        _cell(holder.title, grid[4], is_centred=True),
    )
    yield from _block("五个联系", "群体名称", form.links)
    yield from _block("七个走进", "载体名称", form.entries)


def _block(name: str, what: str, lines: Sequence[Line]) -> Iterator[str]:
    """One of the two blocks: its name runs down the side."""
    grid = FIVE_GRID
    yield _row(
        _head("\n".join(name), grid[0], merge="restart"),
        _head(what, grid[1] + grid[2], span=2),
        _head("时　间", grid[3]),
        _head("工作简况", grid[4]),
    )
    for one in lines:
        yield _row(
            _head("", grid[0], merge="continue"),
            _head(one.label, grid[1]),
            _cell(one.name, grid[2], is_centred=True),
            _cell(one.days.replace("、", "、\n"), grid[3], is_centred=True),
            _cell(one.work, grid[4]),
        )


def _three_strengths(form: RecordForm) -> Iterator[str]:
    holder, grid = form.holder, THREE_GRID
    head = zip(("姓名", "部门", "职务"), (holder.name, holder.unit, holder.title), (0, 2, 4), strict=True)
    yield _row(
        *(
            cell
            for word, value, at in head
            for cell in (_head(word, grid[at]), _cell(value, grid[at + 1], is_centred=True))
        )
    )
    yield from _side("特长\n（三项可选一项及以上填写）", zip(STRENGTHS, form.plan.strengths, strict=True))
    carriers = (("教师", "；".join(form.plan.staff)), ("学生", "；".join(form.plan.groups)))
    yield from _side("自主选择\n联系载体", carriers)
    asked = "工作内容\n（针对本月下基层联系师生中发现的问题、协调帮助解决困难情况等进行简要描述）"
    rest = sum(grid[1:])
    yield _row(_head(asked, grid[0]), _cell(form.work, rest, span=5, is_top=True), height=100)


def _side(name: str, values: Any) -> Iterator[str]:
    """Rows that share their first cell."""
    grid, merge = THREE_GRID, "restart"
    for word, value in values:
        yield _row(
            _head(name if merge == "restart" else "", grid[0], merge=merge),
            _head(word, grid[1]),
            _cell(value, sum(grid[2:]), span=4),
            height=12,
        )
        merge = "continue"


def _row(*cells: str, height: int = 8) -> str:
    properties = f'<w:cantSplit/><w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _head(text: str, width: int, *, span: int = 1, merge: str = "") -> str:
    return _cell(text, width, span=span, merge=merge, font=HEADING, is_centred=True)


def _cell(
    text: str,
    width: int,
    *,
    span: int = 1,
    merge: str = "",
    font: str = BODY,
    is_centred: bool = False,
    is_top: bool = False,
) -> str:
    properties = (
        f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + f'<w:vAlign w:val="{"top" if is_top else "center"}"/>'
    )
    paragraphs = "".join(_paragraph(part, font, is_centred) for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _paragraph(text: str, font: str, is_centred: bool) -> str:
    fonts = f'<w:rFonts w:eastAsia="{font}" w:ascii="{font}" w:hAnsi="{font}"/>'
    look = f'{fonts}<w:sz w:val="{TEXT_SIZE}"/><w:szCs w:val="{TEXT_SIZE}"/><w:lang w:eastAsia="zh-CN"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    space = '<w:spacing w:before="0" w:after="0" w:line="330" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{space}<w:jc w:val="{"center" if is_centred else "left"}"/></w:pPr>{run}</w:p>'


def _twips(millimetres: int) -> int:
    return round(millimetres * TWIPS)
