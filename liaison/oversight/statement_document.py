"""履职情况说明、自查材料 as a Word file: the person's own view first, his signature last; a draft without seal."""

from __future__ import annotations

from datetime import datetime

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from liaison.core.clock import local, now
from liaison.oversight.official_layout import SECOND, line, new_document, saved, title
from liaison.oversight.report_document import OFFICE, body
from liaison.oversight.reports.blocks import Report
from liaison.people.actor import Actor

BLANK = "　" * 2
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def written(
    paper: Report, reader: Actor, purpose: str, *, is_own: bool = False, issued_at: datetime | None = None
) -> bytes:
    """The file, of the day it was issued, before that of today. `is_own`: made by the person, without the office."""
    document = new_document(reader, paper.cut_off, purpose)
    title(document, paper.title)
    line(document, f"（{paper.period}）", font=SECOND, align=CENTRE)
    line(document, f"{paper.counted_by}。", font=SECOND, size=Pt(12), align=CENTRE)
    body(document, paper)
    line(document, "", keeps_next=True)
    line(document, f"本人签字（情况属实／有异议）：{BLANK}年　　月　　日", indent=2)
    if not is_own:
        line(document, f"{OFFICE}（盖章）", align=RIGHT, right=4, before=Pt(14))
        line(document, f"{local(issued_at or now()):%Y年%-m月%-d日}", align=RIGHT, right=4)
    return saved(document)
