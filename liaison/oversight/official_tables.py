"""Tables of Word files, written as markup: real widths of the grid (or Word lets columns collapse), merged cells, and a
file of three hundred forms takes seconds, not minutes. Every text is escaped, so none can be markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from liaison.oversight.official_layout import BODY, HEADING

TEXT_SIZE = 24  # half points: 小四
TWIPS = 56.7  # to the millimetre
ABOVE, BESIDE, TIGHT = 57, 85, 40  # twips around a text
BORDER = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'


def table(grid: Sequence[float], rows: Iterable[str], *, is_tight: bool = False) -> Any:
    """`grid`: widths in millimetres; the type area has 156. `is_tight`: less air beside the texts of many columns."""
    beside = TIGHT if is_tight else BESIDE
    air = (("top", ABOVE), ("left", beside), ("bottom", ABOVE), ("right", beside))
    padding = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in air)
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid)
    sides = "".join(f"<w:{side} {BORDER}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(grid))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(*cells: str, height: int = 8, is_header: bool = False, keeps_next: bool = False) -> str:
    """A row is not parted by the end of a page; a header comes again on the next one. `keeps_next`: nor from what
    comes below it."""
    if keeps_next:
        cells = tuple(cell.replace("<w:pPr>", "<w:pPr><w:keepNext/>") for cell in cells)
    again = "<w:tblHeader/>" if is_header else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>{again}'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def head(text: str, width: float, *, span: int = 1, merge: str = "", size: int = TEXT_SIZE) -> str:
    return cell(text, width, span=span, merge=merge, font=HEADING, is_centred=True, size=size)


def cell(
    text: str,
    width: float,
    *,
    span: int = 1,
    merge: str = "",
    font: str = BODY,
    is_centred: bool = False,
    is_top: bool = False,
    size: int = TEXT_SIZE,
) -> str:
    properties = (
        f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + f'<w:vAlign w:val="{"top" if is_top else "center"}"/>'
    )
    paragraphs = "".join(_paragraph(part, font, is_centred, size) for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _paragraph(text: str, font: str, is_centred: bool, size: int) -> str:
    fonts = f'<w:rFonts w:eastAsia="{font}" w:ascii="{font}" w:hAnsi="{font}"/>'
    look = f'{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:eastAsia="zh-CN"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    space = f'<w:spacing w:before="0" w:after="0" w:line="{size * 10 + 90}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{space}<w:jc w:val="{"center" if is_centred else "left"}"/></w:pPr>{run}</w:p>'


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)
