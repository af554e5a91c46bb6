"""公文格式 (GB/T 9704-2012, domain.md §5.4) for Word files: page, fonts by name with fall-backs, footer, lines.

Fonts are named, never bundled: a campus PC has them; where one is missing, Word takes the one named as its second.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from liaison.oversight.papers import mark_of, use_of
from liaison.people.actor import Actor

TITLE, BODY, HEADING, SECOND, FIGURES = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FALL_BACKS = {TITLE: "宋体", BODY: "仿宋", HEADING: "SimHei", SECOND: "楷体", FIGURES: "SimSun"}
SIZE, TITLE_SIZE, SMALL, FOOT = Pt(16), Pt(22), Pt(14), Pt(9)  # 3号, 2号, 4号, 小五
LINE, NOTHING = Pt(28.95), Pt(0)  # 22 lines fill the 225 mm of the type area
FOOTER = Mm(14)  # so that the number stands 7 mm below the type area, above the two lines of the mark
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}


def new_document(reader: Actor, cut_off: str = "", purpose: str = "") -> Any:
    """A4, the type area of the standard, the body font everywhere; below: page number, when, until when, whose copy."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, width)
    normal = document.styles["Normal"]
    normal.font.size = SIZE
    _font(normal.element.get_or_add_rPr(), BODY)
    _name_fall_backs(document)
    section.footer_distance = FOOTER
    document.settings.odd_and_even_pages_header_footer = True
    marks = (mark_of(reader, cut_off), use_of(purpose))
    _foot(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, marks)
    _foot(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, marks)
    return document


def _foot(footer: Any, outside: Any, marks: tuple[str, ...]) -> None:
    """The number of the page at its outer edge, one character in; below it whose copy this is, and what for."""
    number = footer.paragraphs[0]
    number.alignment = outside
    form = number.paragraph_format
    form.left_indent = form.right_indent = SMALL
    form.space_after = NOTHING
    for text in ("— ", None, " —"):
        _run(number, text, FIGURES, SMALL)
    for mark in marks:
        line_of_mark = footer.add_paragraph()
        line_of_mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line_of_mark.paragraph_format.space_after = NOTHING
        _run(line_of_mark, mark, BODY, FOOT)


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def title(document: Any, text: str) -> None:
    """2号 小标宋, centred; a line break parts it."""
    line(document, text, font=TITLE, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)


def line(
    document: Any,
    text: str,
    *,
    font: str = BODY,
    size: Pt = SIZE,
    align: Any = WD_ALIGN_PARAGRAPH.LEFT,
    indent: float = 0,
    right: float = 0,
    before: Pt = NOTHING,
    after: Pt = NOTHING,
    on_new_page: bool = False,
    keeps_next: bool = False,
) -> None:
    """One paragraph; indents are counted in characters."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after = before, after
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.first_line_indent, form.right_indent = Pt(16 * indent), Pt(16 * right)
    form.page_break_before, form.keep_with_next = on_new_page, keeps_next
    paragraph.alignment = align
    _run(paragraph, text, font, size)


def signed(document: Any, office: str, day: str, *, keeps_next: bool = False) -> None:
    """署名 and 成文日期 without a seal: the date two characters in from the right, begins two after the office does."""
    longer = _width(day) - _width(office)
    line(document, office, align=WD_ALIGN_PARAGRAPH.RIGHT, right=max(longer + 4, 2), keeps_next=True)
    line(document, day, align=WD_ALIGN_PARAGRAPH.RIGHT, right=2 + max(-longer - 2, 0), keeps_next=keeps_next)


def _width(text: str) -> float:
    """In characters: a figure takes half of one."""
    return sum(0.5 if one.isascii() else 1 for one in text)


def _run(paragraph: Any, text: str | None, font: str, size: Pt) -> None:
    """Text, or – where there is none – the number of the page."""
    run = paragraph.add_run(text or "")
    run.font.size = size
    _font(run._r.get_or_add_rPr(), font)  # noqa: SLF001 – the library has no way to an East Asian font
    if text is None:
        for kind in ("begin", "", "end"):
            run._r.append(_field(kind))  # noqa: SLF001


def _field(kind: str) -> Any:
    if not kind:
        code = OxmlElement("w:instrText")
        code.text = "PAGE"
        return code
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _font(properties: Any, name: str) -> None:
    """By name for Chinese and for figures; simplified Chinese, or punctuation takes the Taiwan form."""
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(kind), name)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _name_fall_backs(document: Any) -> None:
    """Second names in the table of fonts, for whoever has not the first."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(other)}/></w:font>"
        for name, other in FALL_BACKS.items()
    )
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table._blob = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()  # noqa: SLF001 – no public way to this part
