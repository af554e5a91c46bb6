"""党组织联系学生及解决问题情况表 as a Word file; its secretary signs it. A draft without seal."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from liaison.oversight.official_layout import SECOND, line, new_document, saved, title
from liaison.oversight.report_document import body, in_two_lines
from liaison.oversight.reports.blocks import Report
from liaison.people.actor import Actor

BLANK = "　" * 6


def written(paper: Report, reader: Actor, purpose: str) -> bytes:
    document = new_document(reader, paper.cut_off, purpose)
    title(document, in_two_lines(paper.title, "党组织"))
    line(document, f"（{paper.period}）", font=SECOND, align=WD_ALIGN_PARAGRAPH.CENTER)
    line(document, "")
    body(document, paper)
    line(document, "", keeps_next=True)
    line(document, f"党组织书记（签字）：{BLANK}年　　月　　日", indent=2, keeps_next=True)
    line(document, f"数据{paper.cut_off}；{paper.counted_by}。", font=SECOND, size=Pt(12), before=Pt(12))
    return saved(document)
