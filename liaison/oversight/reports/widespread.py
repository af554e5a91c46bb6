"""共性问题: what came from several buildings, colleges or canteens alike, in the order of the categories.

A cluster by category and place is what a topic is taken from (domain.md §4.10); whether a measure helped is judged on
its own page, not here.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from liaison.oversight.figures.records import Record
from liaison.oversight.figures.world import World
from liaison.oversight.queries import report_matters as queries
from liaison.oversight.reports.blocks import Cell, Column, Section, Share, Table, count, share
from liaison.oversight.reports.heard import by_category, named

SPREAD = 3  # places from which the same comes, before it is called common
NOTE = "同一类别来自三处以上楼栋、院系、食堂等的；按类别顺序，不含受限事项。"


def widespread(world: World, earlier: World | None = None) -> Section:
    """`earlier`: the period before, beside it."""
    places, voices = _places(world), by_category(world)
    before = by_category(earlier) if earlier else Counter()
    tickets = _tickets(world)
    rows: list[tuple[Cell, ...]] = []
    for one in queries.categories():
        if len(places[one.id]) >= SPREAD:
            solved = Share(sum(record.is_verified for record in tickets[one.id]), len(tickets[one.id]))
            last = [before[one.id]] if earlier else []
            rows.append((f"{one.code} {one.name}", len(places[one.id]), voices[one.id], solved, *last))
    if not rows:
        return Section("共性问题", ("本期没有来自三处以上地点的同类问题。",))
    heads = (Column("类别", 20), count("地点（处）", 10), count("诉求", 8), share("核实已解决", 16))
    return Section("共性问题", (), (Table("共性问题", heads + _last(earlier), tuple(rows), NOTE),))


def _last(earlier: World | None) -> tuple[Column, ...]:
    return (count("上期诉求", 8),) if earlier else ()


def _places(world: World) -> dict[int | None, set[int]]:
    """Category → the buildings, colleges and other places it was heard from; a room counts as its building."""
    heard = [(one.lead.category_id, one.lead.place_id) for one in named(world)]
    wholes = queries.wholes({place for _category, place in heard if place is not None})
    found: dict[int | None, set[int]] = defaultdict(set)
    for category, place in heard:
        if place in wholes:
            found[category].add(wholes[place])
    return found


def _tickets(world: World) -> dict[int | None, list[Record]]:
    found: dict[int | None, list[Record]] = defaultdict(list)
    for one in world.cohort():
        if one.is_named:
            found[one.category_id].append(one)
    return found
