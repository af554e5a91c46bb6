"""事项台账、督办清单 as workbooks: frozen head, dates as dates, 说明 first, whose copy and what for on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from liaison.core.clock import day_ending_at
from liaison.oversight.workbook import opened
from workflows.supervision import State as OrderState
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

RESTRICTED = {"事项": "受限事项"}
BARE = set("编号 提出 交办 期限 原时限 办理 办结 文号 事项编号 下达 回复期限 回复时间".split())  # numbers and dates
TICKETS = (
    ("编号", 18),
    ("事项", 40),
    ("环节", 10),
    ("状态", 12),
    ("类型", 8),
    ("类别", 16),
    ("地点", 16),
    ("诉求", 6),
    ("已告知", 7),
    ("提出", 16),
    ("主办单位", 16),
    ("交办", 16),
    ("期限", 12),
    ("原时限", 12),
    ("办理结果", 10),
    ("办理", 16),
    ("核实", 10),
    ("办结", 16),
    ("轮次", 6),
    ("销号", 6),
)
ORDERS = (
    ("文号", 16),
    ("事项编号", 18),
    ("承办单位", 16),
    ("级别", 10),
    ("事由", 20),
    ("督办要求", 40),
    ("下达", 16),
    ("回复期限", 12),
    ("回复时间", 16),
    ("单位回复", 40),
    ("状态", 10),
    ("办理结果", 30),
    ("销号", 6),
)
MEANING = {
    "ticket": (
        "一行一件事项，按登记顺序；只含本人有权查看的事项，受限事项只列编号和日期。",
        "“办理结果”是承办部门的说法，“核实”是他人看过的结论，“已告知”是听到现答复的诉求数，“办结”不等于已解决。",
        "“销号”：已办结为“是”；转出、撤回、并案、拆分、移交的写明去向。",
    ),
    "order": ("一行一份督办单，含拟办的；受限事项只列文号、编号和日期。", "“销号”：有结果而销号的为“是”。"),
}
ENDED = {State.WITHDRAWN, State.MERGED, State.SPLIT, State.REDIRECTED, State.HANDED_OFF}


def write_tickets(rows: Iterable[Any], into: IO[bytes], said: Iterable[str]) -> int:
    """Returns how many. `said`: title, period, whose copy, what for."""
    with opened(into) as book:
        book.explain([*said, *MEANING["ticket"]])
        return book.rows("事项台账", TICKETS, (_told(row, _ticket(row), TICKETS) for row in rows))


def write_orders(rows: Iterable[Any], into: IO[bytes], said: Iterable[str]) -> int:
    with opened(into) as book:
        book.explain([*said, *MEANING["order"]])
        return book.rows("督办清单", ORDERS, (_told(row, _order(row), ORDERS) for row in rows))


def _told(row: Any, cells: Iterable[Any], heads: Iterable[tuple[str, int]]) -> Iterable[Any]:
    """A restricted matter shows what BARE names, and a column added later nothing until it is named there."""
    if row.confidentiality is Confidentiality.NORMAL:
        return cells
    named = zip(heads, cells, strict=True)
    return [cell if head in BARE else RESTRICTED.get(head) for (head, _width), cell in named]


def _ticket(row: Any) -> Iterator[Any]:
    yield from (row.number, row.title, row.stage.label, row.state.label, row.kind.label, row.category, row.place)
    yield from (row.voice_count, row.told_count, row.raised_at, row.unit, row.dispatched_at)
    yield from (_day(row.due_at), _day(row.original_due_at))
    yield from (row.outcome.label if row.outcome else None, row.handled_at)
    yield from (row.checked.label if row.checked else None, row.closed_at, row.episode, _struck_off(row))


def _struck_off(row: Any) -> str:
    """销号."""
    if row.state is State.CLOSED:
        return "是"
    return str(row.state.label) if row.state in ENDED else ""


def _order(row: Any) -> Iterator[Any]:
    yield from (row.number, row.ticket, row.unit, row.grade.label, row.cause.label, row.demand)
    yield from (row.issued_at, row.due_on, row.answered_at, row.answer, row.state.label, row.result)
    yield "是" if row.state is OrderState.LIFTED else ""


def _day(moment: Any) -> Any:
    return day_ending_at(moment) if moment else None
