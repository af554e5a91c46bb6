"""三、问题办理情况: units in the order of the organisation, and what was not done, with the reason (promise B21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from liaison.core.clock import local
from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.printing import FEW_RATINGS
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.world import World
from liaison.oversight.queries import report_matters as queries
from liaison.oversight.queries.figures import units as units_in_order
from liaison.oversight.reports.blocks import Cell, Column, Section, Share, Table, count, share
from liaison.oversight.reports.counted import Counted, part
from liaison.people.actor import Actor
from workflows.ticket_states import State
from workflows.ticket_words import ExplanationReason, Outcome, RedirectReason

LONGEST = 20
NOTE = "按组织机构顺序排列，不排名次。按期看本期到期的事项。受限事项和尚未交办的不列入单位。"


def handling(known: Counted) -> Section:
    refused = _not_done(known.world)
    tables = (_units(known.world), *([refused] if refused.rows else []))
    return Section("问题办理情况", (_reasons(known.world) + _not_done_words(known.world),), tables)


def _units(world: World) -> Table:
    heads = (
        Column("承办部门", 16),
        count("受理", 6),
        count("办结", 6),
        share("办结率", 14),
        share("按期", 14),
        count("解决", 6),
        count("解释", 6),
        count("长期", 6),
        count("逾期", 6),
        share("满意", 14),
        share("参评", 14),
    )
    named = [one for one in world.records.values() if one.is_named]
    of = units_in_order().items()
    rows = (_unit(name, part(world, (r for r in named if r.unit_id == key))) for key, name in of)
    return Table("承办部门办理情况", heads, tuple(row for row in rows if any(row[1:])), NOTE)


def _unit(name: str, own: World) -> tuple[Cell, ...]:
    tickets, closed = own.cohort(), [one for one in own.cohort() if one.is_closed]
    if not (tickets or own.stock() or own.ratings()):
        return (name,)
    on_time = _share(own, "on_time_final", View.DUE)
    plans = sum(one.state is State.LONG_TERM for one in own.stock())
    overdue = figure("overdue_stock", View.STOCK).count(own).numerator or 0
    outcomes = Counter(one.handled.outcome for one in closed if one.handled)
    satisfied, rated = _share(own, "satisfied_wide", View.FLOW), _share(own, "rating_response", View.FLOW)
    opinion: Cell = satisfied if satisfied.denominator >= FEW_RATINGS else "样本不足" if satisfied.denominator else "—"
    counts = (outcomes[Outcome.A], outcomes[Outcome.D], plans, overdue)
    return name, len(tickets), len(closed), Share(len(closed), len(tickets)), on_time, *counts, opinion, rated


def _share(world: World, key: str, view: View) -> Share:
    found = figure(key, view).count(world)
    return Share(found.numerator or 0, found.denominator or 0)


def _reasons(world: World) -> str:
    """转其他渠道的, by reason: they are outside the count and still owe an answer."""
    events = [event for _record, event in world.events("redirect")]
    codes = Counter(event.data["reason"] for event in events if event.data)
    reasons = {RedirectReason(code).label: n for code, n in codes.items()}
    said = "，".join(f"{name}{n}件" for name, n in sorted(reasons.items()))
    return f"本期转其他渠道{len(events)}件：{said}。" if events else ""


def _not_done_words(world: World) -> str:
    explained, plans = (len(found) for found in _refusals(world))
    return f"暂不能办、已作解释的{explained}件，列入长期推进的{plans}件。" if explained or plans else ""


def _refusals(world: World) -> tuple[list[Record], list[Record]]:
    """暂不能办的 of the period, 长期推进的 as they stand."""
    explained = [one for one in world.cohort() if one.is_named and _is_explained(one)]
    return explained, [one for one in world.stock() if one.is_named and one.state is State.LONG_TERM]


def _not_done(world: World) -> Table:
    """Each with its reason and its day: twenty, and how many more."""
    explained, plans = _refusals(world)
    titles = queries.described([one.key for one in (explained + plans)[:LONGEST]])
    reasons = queries.explained([one.handled.answer_id for one in explained if one.handled])
    rows = [_refused(titles[one.key], reasons.get(one.key)) for one in explained if one.key in titles]
    rows += [_planned(titles[one.key], one) for one in plans if one.key in titles]
    heads = (
        Column("编号", 26),
        Column("事项", 24),
        Column("结论", 13),
        Column("原因、依据", 24),
        Column("复核、预计", 18),
    )
    rest = len(explained) + len(plans) - len(rows)
    return Table("没有办成的和长期推进的", heads, tuple(rows), _rest(rest))


def plans(world: World, reader: Actor) -> Section:
    """长期推进 alone, each with its plan and its day; what the reader may not see is counted only."""
    _explained, found = _refusals(world)
    titles = queries.described([one.key for one in found[:LONGEST]], reader)
    rows = tuple(_planned(titles[one.key], one) for one in found if one.key in titles)
    heads = (
        Column("编号", 26),
        Column("事项", 24),
        Column("结论", 13),
        Column("计划", 24),
        Column("预计", 18),
    )
    rest = len(found) - len(rows)
    table = Table("长期推进事项", heads, rows, f"另有{rest}件未列出。" if rest else "")
    if rows:
        return Section("长期推进事项", (), (table,))
    return Section("长期推进事项", (f"{rest}件，未列出。" if rest else "没有。",))


def _rest(number: int) -> str:
    """What a list that was cut says of it."""
    return f"另有{number}件见事项台账。" if number else ""


def _is_explained(one: Record) -> bool:
    return one.handled is not None and one.handled.outcome is Outcome.D


def _refused(row: Any, why: Any) -> tuple[Cell, ...]:
    reason = f"{why.reason_class.label}：{why.basis}" if why and why.reason_class else ""
    review = f"{why.review_on:%Y-%m-%d}" if why and why.review_on else "—"
    return row.number, row.title, Outcome.D.label, reason, review


def _planned(row: Any, one: Record) -> tuple[Cell, ...]:
    plan = next((event.data or {} for event in reversed(one.events) if event.move == "plan"), {})
    return row.number, row.title, Outcome.C.label, str(plan.get("plan", "")), str(plan.get("expected", "—"))


def rule_causes(known: Counted) -> Table:
    """政策清单: explained by a rule of our own, which somebody may change (domain.md §5.3)."""
    named: Sequence[Record] = [one for one in known.world.cohort() if one.is_named and _is_explained(one)]
    reasons = queries.explained([one.handled.answer_id for one in named if one.handled])
    by_rule = [one for one in named if one.key in reasons and reasons[one.key].reason_class is ExplanationReason.RULE]
    titles = queries.described([one.key for one in by_rule[:LONGEST]])
    rows = tuple(
        (titles[one.key].number, titles[one.key].title, reasons[one.key].basis, f"{local(one.raised_at):%Y-%m-%d}")
        for one in by_rule
        if one.key in titles
    )
    heads = (Column("编号", 24), Column("事项", 24), Column("依据的制度", 30), Column("提出", 18))
    return Table("因制度规定没有办成的（政策清单）", heads, rows, _rest(len(by_rule) - len(rows)))
