"""五、督办与提请研究事项: orders of the period as they stood on the cut-off day, meetings and their decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

from liaison.core import clock
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.world import World
from liaison.oversight.queries import report_matters as queries
from liaison.oversight.reports.blocks import Column, Section, Table

LONGEST, NOTE = 20, "受限事项的督办单只计数，不列入。"
MEETINGS = {
    "convene": "召开专题协调会",
    "escalate": "提请会议研究",
    "decided": "会议作出决定",
    "plan": "列入长期推进",
}


def pressing(world: World) -> Section:
    rows = queries.orders(world.scope.first, world.scope.last)
    return Section("督办与提请研究事项", (_orders(rows, world.scope) + _meetings(world),), _table(rows, world.scope))


def _orders(rows: Any, scope: Scope) -> str:
    """下达、按期回复、已销号、在办: no quota, and the number is no merit (domain.md §4.7)."""
    if not rows:
        return "本期没有下达督办单。"
    on_time = sum(_is_by(one.answered_at, scope) and one.answered_at < clock.end_of(one.due_on) for one in rows)
    lifted = sum(_is_by(one.ended_at, scope) for one in rows)
    return f"本期下达督办单{len(rows)}份，按期回复{on_time}份，已销号{lifted}份，在办{len(rows) - lifted}份。"


def _is_by(moment: Any, scope: Scope) -> bool:
    return moment is not None and moment < scope.cut_off


def _meetings(world: World) -> str:
    counts = {words: len({one.key for one, _event in world.events(move)}) for move, words in MEETINGS.items()}
    said = "，".join(f"{words}{n}件" for words, n in counts.items() if n)
    return f"本期{said}。" if said else "本期没有提请会议研究的事项。"


def _table(rows: Any, scope: Scope) -> tuple[Table, ...]:
    """Restricted matters are in the sentence above; their orders are not listed."""
    listed = [one for one in rows if one.is_open]
    if not listed:
        return ()
    heads = (Column("文号", 16), Column("承办部门", 16), Column("事由", 22), Column("回复期限", 12), Column("状态", 10))
    found = tuple((one.number, one.unit, one.cause.label, _day(one.due_on), _standing(one, scope)) for one in listed)
    rest = len(listed) - LONGEST
    note = f"{NOTE}另有{rest}份见督办清单。" if rest > 0 else NOTE
    return (Table("督办单", heads, found[:LONGEST], note),)


def _standing(one: Any, scope: Scope) -> str:
    if _is_by(one.ended_at, scope):
        return "已销号"
    return "已回复" if _is_by(one.answered_at, scope) else "待回复"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"
