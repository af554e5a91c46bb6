"""四、集中反映的问题: what came together most, at most five; and what it was about, in the order of the categories."""

from __future__ import annotations

from collections import Counter
from typing import Any

from liaison.core.clock import day_ending_at
from liaison.oversight.figures.world import Said, World
from liaison.oversight.papers import clipped
from liaison.oversight.queries import report_matters as queries
from liaison.oversight.reports.blocks import Cell, Column, Section, Table, count
from workflows.ticket_states import State

HOT = "集中反映的问题"
MOST, TOGETHER = 5, 5
PROBLEM, CLIP = 24, 32  # two lines of its table


def heard(world: World, earlier: World | None = None) -> Section:
    """`earlier`: the period before, beside it."""
    hot = _hot(world)
    nothing = () if hot.rows else ("本期没有五条以上诉求集中反映的问题。",)
    return Section(HOT, nothing, (*([hot] if hot.rows else []), _categories(world, earlier)))


def _hot(world: World) -> Table:
    voices = Counter(one.lead.key for one in named(world))
    first = [key for key, n in voices.most_common() if n >= TOGETHER and world.records[key].is_countable][:MOST]
    rows = queries.described(first)
    heads = (
        Column("问题", 26),
        count("诉求", 6),
        Column("承办部门", 12),
        Column("目标和期限", 13),
        Column("工作措施", 32),
    )
    found = tuple(_matter(rows[key], world.records[key], voices[key]) for key in first if key in rows)
    return Table(HOT, heads, found)


def _matter(row: Any, record: Any, voices: int) -> tuple[Cell, ...]:
    where = f"{row.place}：" if row.place else ""
    what = clipped(f"{where}{row.title}", PROBLEM)
    return what, voices, row.unit or "—", _goal(row, record), clipped(row.answer or "", CLIP)


def _goal(row: Any, record: Any) -> str:
    if record.handled is not None:
        return f"{record.handled.outcome.label}"
    if record.state is State.LONG_TERM:
        return "列入计划"
    return f"{day_ending_at(row.due_at):%-m月%-d日}前答复" if row.due_at else "研判中"


def _categories(world: World, earlier: World | None) -> Table:
    now, then = by_category(world), by_category(earlier) if earlier else Counter()
    tickets = Counter(one.category_id for one in world.cohort() if one.is_named)
    before = (count("上期诉求", 8),) if earlier else ()
    heads = (Column("类别", 20), count("诉求", 8), count("受理事项", 8), *before)
    rows: list[tuple[Cell, ...]] = []
    for row in queries.categories():
        counts = (now[row.id], tickets[row.id], *([then[row.id]] if earlier else []))
        if any(counts):
            rows.append((f"{row.code} {row.name}", *counts))
    return Table("诉求类别", heads, tuple(rows), "按类别顺序；不含受限事项。")


def by_category(world: World) -> Counter[int | None]:
    return Counter(one.lead.category_id for one in named(world))


def named(world: World) -> list[Said]:
    return [one for one in world.said() if one.lead.is_named and not one.is_extract]
