"""督办单 as a Word file in official layout (GB/T 9704-2012, domain.md §5.4): to print, sign and hand over.

Number, category, demand, dates – never what a student wrote; of a restricted matter the number only. A draft:
no red head and no seal, the university's own system issues it.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from liaison.core.clock import day_ending_at, local, now
from liaison.people.actor import Actor
from liaison.tickets.models import Ticket
from liaison.tickets.models.orders import Grade, SupervisionOrder
from workflows.ticket_words import Confidentiality

TITLE, BODY, HEADING = "方正小标宋简体", "仿宋_GB2312", "黑体"
SIZE, TITLE_SIZE, SMALL = Pt(16), Pt(22), Pt(14)  # 3号, 2号, 4号
LINE = Pt(28)
CHARACTER = Pt(16)
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
OFFICE = "党政办公室"
BLANK = "　" * 14


def written(order: SupervisionOrder, ticket: Ticket, names: Any, reader: Actor) -> bytes:
    """The file. `names`: unit, category, place of the order; `reader`: whose copy it is."""
    document: Any = Document()
    _lay_out(document, f"内部资料　{local(now()):%Y-%m-%d %H:%M} 生成　{reader.label or reader.name}")
    title = "领导督办单" if order.grade is Grade.LEADER else "督办单"
    _line(document, title, font=TITLE, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, order.number or "", align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "")
    _line(document, f"{names.unit}：")
    for text in _matter(order, ticket, names):
        _line(document, text, indent=2)
    for heading, text in _parts(order):
        _line(document, heading, font=HEADING, indent=2)
        _line(document, text, indent=2)
    _line(document, "")
    _line(document, OFFICE, align=WD_ALIGN_PARAGRAPH.RIGHT, right=2)
    _line(document, _day(local(order.issued_at or now()).date()), align=WD_ALIGN_PARAGRAPH.RIGHT, right=2)
    _line(document, "")
    _line(document, f"单位负责人（签字）：{BLANK}年　　月　　日", indent=2)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def checksum(content: bytes) -> str:
    return sha256(content).hexdigest()


def _matter(order: SupervisionOrder, ticket: Ticket, names: Any) -> list[str]:
    """What it is about, in words of the office."""
    if ticket.confidentiality is not Confidentiality.NORMAL:
        return [f"受限事项{ticket.number}由你单位承办，现予督办。"]
    about = "，".join(words for words in (f"类别{names.category}" if names.category else "", _place(names)) if words)
    given = f"，于{_day(local(ticket.dispatched_at).date())}交办你单位" if ticket.dispatched_at else "，由你单位承办"
    due = f"，应于{_day(day_ending_at(ticket.due_at))}前答复" if ticket.due_at else ""
    return [f"事项{ticket.number}（{about}）{given}{due}。现予督办。"]


def _place(names: Any) -> str:
    return f"地点{names.place}" if names.place else ""


def _parts(order: SupervisionOrder) -> list[tuple[str, str]]:
    parts = [
        ("一、督办事由", f"{order.cause.label}。"),
        ("二、督办要求", order.demand),
        ("三、回复期限", f"请于{_day(order.due_on)}前书面回复党政办公室。" if order.due_on else ""),
        ("四、分管校领导批示" if order.grade is Grade.LEADER else "", order.comment or BLANK),
        ("五、单位回复" if order.grade is Grade.LEADER else "四、单位回复", order.answer or BLANK),
    ]
    return [(heading, text) for heading, text in parts if heading]


def _day(day: date | datetime) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _lay_out(document: Any, footer: str) -> None:
    """A4, the type area of the standard, the body font everywhere, the page number and the mark below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, width)
    normal = document.styles["Normal"]
    normal.font.size = SIZE
    _font(normal.element.get_or_add_rPr(), BODY)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        _run(foot, text, "宋体", SMALL)
    _run(section.footer.add_paragraph(), footer, BODY, Pt(10.5))


def _line(
    document: Any,
    text: str,
    *,
    font: str = BODY,
    size: Pt = SIZE,
    align: Any = WD_ALIGN_PARAGRAPH.LEFT,
    indent: int = 0,
    right: int = 0,
) -> None:
    """One paragraph; indents are counted in characters."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.first_line_indent, form.right_indent = CHARACTER * indent, CHARACTER * right
    paragraph.alignment = align
    _run(paragraph, text, font, size)


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
