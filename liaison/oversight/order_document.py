"""督办单 as a Word file in official layout (GB/T 9704-2012, domain.md §5.4): to print, sign and hand over.

Number, category, demand, dates – never what a student wrote; of a restricted matter the number only, and none of what
was typed: paper has more readers than the page (rulings §11). A draft: no red head and no seal, the university's own
system issues it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from liaison.core.clock import day_ending_at, local, now
from liaison.oversight.official_layout import HEADING, line, new_document, saved, signed, title
from liaison.people.actor import Actor
from liaison.tickets.models import Ticket
from liaison.tickets.models.orders import Grade, SupervisionOrder
from workflows.ticket_words import Confidentiality

OFFICE = "党政办公室"
BLANK, SIGNED = "\n\n", "　" * 6  # three lines to write on


def written(order: SupervisionOrder, ticket: Ticket, names: Any, reader: Actor) -> bytes:
    """The file. `names`: unit, category, place of the order; `reader`: whose copy it is."""
    document = new_document(reader)
    title(document, "领导督办单" if order.grade is Grade.LEADER else "督办单")
    line(document, order.number or "", align=WD_ALIGN_PARAGRAPH.CENTER)
    line(document, "")
    line(document, f"{names.unit}：")
    for text in _matter(order, ticket, names):
        line(document, text, indent=2)
    for heading, text in _parts(order, is_restricted=ticket.confidentiality is not Confidentiality.NORMAL):
        line(document, heading, font=HEADING, indent=2)
        line(document, text, indent=2)
    line(document, "")
    signed(document, OFFICE, _day(local(order.issued_at or now()).date()))
    line(document, "")
    line(document, f"单位负责人（签字）：{SIGNED}年　　月　　日", indent=2)
    return saved(document)


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


def _parts(order: SupervisionOrder, *, is_restricted: bool) -> list[tuple[str, str]]:
    due = f"请于{_day(order.due_on)}前" if order.due_on else "请按期"
    if is_restricted:
        return [
            ("一、督办要求", "见系统内的督办单，由指定人员查看。"),
            ("二、回复期限", f"{due}在系统内回复，不写在纸上。"),
        ]
    parts = [
        ("一、督办事由", f"{order.cause.label}。"),
        ("二、督办要求", order.demand),
        ("三、回复期限", f"{due}书面回复党政办公室。"),
        ("四、分管校领导批示" if order.grade is Grade.LEADER else "", order.comment or BLANK),
        ("五、单位回复" if order.grade is Grade.LEADER else "四、单位回复", order.answer or BLANK),
    ]
    return [(heading, text) for heading, text in parts if heading]


def _day(day: date | datetime) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
