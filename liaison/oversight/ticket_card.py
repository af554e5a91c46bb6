"""办理单（事项卡）: one page of one ticket: what was said, its way, the answer, the dates; nobody who raised it.

Of a restricted matter number and dates only. Chinese, as on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from liaison.core.clock import day_ending_at, local
from liaison.oversight.papers import clipped
from liaison.tickets.models import Ticket
from liaison.tickets.queries.page import TicketPage
from workflows.ticket_words import Confidentiality
from workflows.tickets import TICKETS

SAID, ANSWERED, STEPS, VOICES = 160, 320, 12, 3  # so that it stays one page
NOT_YET = "—"
NAMES = {move.name: move.label for move in TICKETS.moves}


@dataclass(frozen=True)
class Card:
    number: str
    title: str
    rows: tuple[tuple[str, str], ...]


def card_of(ticket: Ticket, page: TicketPage) -> Card:
    if ticket.confidentiality is not Confidentiality.NORMAL:
        return Card(ticket.number, "受限事项", tuple(_dates(ticket)))
    return Card(ticket.number, ticket.title, (*_matter(ticket, page), *_standing(ticket), *_dates(ticket)))


def _matter(ticket: Ticket, page: TicketPage) -> Iterator[tuple[str, str]]:
    names = page.names
    yield "类型、类别", "　".join(filter(None, (ticket.kind.label, names.category)))
    yield "地点", names.place or NOT_YET
    yield "诉求原话", "\n".join(clipped(text, SAID) for text in _voices(page)) or NOT_YET
    yield "主办、协办", "、".join(dict.fromkeys(one.unit for one in page.assignments)) or NOT_YET
    yield "办理经过", "\n".join(_steps(page)) or NOT_YET
    answer = next((one for one in page.answers if one.id == ticket.answer_id), None)
    yield "答复", f"{answer.outcome.label}：{clipped(answer.text, ANSWERED)}" if answer else NOT_YET


def _voices(page: TicketPage) -> list[str]:
    texts = [one.text for one in page.voices if one.text]
    more = [f"（另有 {len(texts) - VOICES} 条）"] if len(texts) > VOICES else []
    return [*texts[:VOICES], *more]


def _steps(page: TicketPage) -> Iterator[str]:
    """Where it went, without who: the last dozen changes of state."""
    moved = [event for event in page.events if event.from_state is not event.to_state]
    for event in islice(moved, max(len(moved) - STEPS, 0), None):
        yield f"{_day(event.at)} {NAMES.get(event.move, event.to_state.label)}"


def _standing(ticket: Ticket) -> Iterator[tuple[str, str]]:
    yield "环节、状态", f"{ticket.stage.label} · {ticket.state.label}"
    yield "告知", f"已告知 {ticket.told_count}/{ticket.voice_count} 条诉求"


def _dates(ticket: Ticket) -> Iterator[tuple[str, str]]:
    due = day_ending_at(ticket.due_at) if ticket.due_at else None
    days = {
        "提出": ticket.raised_at,
        "交办": ticket.dispatched_at,
        "办理": ticket.handled_at,
        "核实": ticket.checked_at,
        "办结": ticket.closed_at,
    }
    said = [f"{name} {_day(at)}" for name, at in days.items() if at]
    yield "日期", "　".join([*said, *([f"期限 {due:%Y-%m-%d}"] if due else [])])


def _day(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d}"
