"""办理单（事项卡） as a Word file of one page."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from liaison.oversight.official_layout import line, new_document, saved, title
from liaison.oversight.official_tables import cell, head, row, table
from liaison.oversight.ticket_card import Card
from liaison.people.actor import Actor

GRID = (30, 126)  # mm of the type area


def written(card: Card, reader: Actor, purpose: str) -> bytes:
    document = new_document(reader, purpose=purpose)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    title(document, "办理单（事项卡）")
    line(document, card.number, size=Pt(14), align=centre)
    rows = [row(head("事项", GRID[0]), cell(card.title, GRID[1]), height=10)]
    rows += [row(head(name, GRID[0]), cell(text, GRID[1]), height=10) for name, text in card.rows]
    document.element.body[-1].addprevious(table(GRID, rows))
    return saved(document)
