"""党组织联系学生及解决问题情况表, for 抓党建述职评议考核: one party organisation, one term or year (domain.md §5.1).

Filled from records: fulfilment by level and requirement, seven figures, three published examples, long-term plans. No
name of a person, no rank, no other organisation beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from liaison.core.language import in_chinese
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.printing import printed
from liaison.oversight.figures.world import World
from liaison.oversight.queries import party_tables as queries
from liaison.oversight.reports.blocks import Cell, Column, Report, Section, Share, Table, count, share
from liaison.oversight.reports.contact_work import ADVOCATED, rules_in_force
from liaison.oversight.reports.handling import plans
from liaison.oversight.reports.making import numbered
from liaison.oversight.reports.periods import ReportPeriod, requirement_keys
from liaison.oversight.reports.stored import catalogue_mark
from liaison.people.actor import Actor
from liaison.people.words import UnitType

FIGURES = (
    figure("tickets", View.COHORT),
    figure("closed_rate", View.COHORT),
    figure("on_time_final", View.DUE),
    figure("claimed_over_closed", View.COHORT),
    figure("satisfied_wide", View.FLOW),
    figure("rating_response", View.FLOW),
    figure("callback_match", View.FLOW),
)
TITLE = "党组织联系学生及解决问题情况表"


@dataclass
class Sum:
    """One line of a level: so many asked, so many exempt."""

    asked: int = 0
    exempt: int = 0
    met: int = 0
    done: int = 0
    required: int = 0

    def add(self, row: Any) -> None:
        if row.required is None:
            self.exempt += 1
            return
        self.asked += 1
        self.met += row.done >= row.required
        self.done += row.done
        self.required += row.required


def party_table(unit: Any, period: ReportPeriod, reader: Actor) -> Report:
    """`unit`: id, name, type of the university or a college. What units below a college lead is counted with it; its
    head, who does not see their matters, reads no number of one."""
    with in_chinese():
        units = queries.within(unit.id)
        world = _world(period, None if unit.type is UnitType.UNIVERSITY else units)
        sections = [
            Section("联系学生情况", (), (_fulfilment(units, period),)),
            _solved(world),
            plans(world, reader),
            _examples(world, period),
        ]
        scope = period.scope
        return Report(
            title=f"{unit.name}{TITLE}",
            key=f"{unit.code} {period.key}",
            period=period.name,
            first=scope.first,
            last=scope.last,
            as_of=scope.as_of,
            counted_by=f"由系统按记录生成，指标目录 {catalogue_mark()}",
            sections=numbered(sections),
        )


def _world(period: ReportPeriod, units: Collection[int] | None) -> World:
    """Of a college what it leads, without restricted matters."""
    return computing.world(period.scope, units, with_errands=False)


def _fulfilment(units: Collection[int], period: ReportPeriod) -> Table:
    levels, rules = queries.levels(units, period.first, period.last), rules_in_force()
    sums: dict[tuple[str, str], Sum] = defaultdict(Sum)
    for row in queries.progress(levels, requirement_keys(period)):
        sums[levels[row.person_id], row.code].add(row)
    heads = (
        Column("条目", 24),
        Column("层级", 12),
        Column("性质", 7),
        count("应完成", 10),
        count("免计", 8),
        share("达标", 20),
        share("完成次数", 20),
    )
    rows = tuple(
        (rules[code].title, level, rules[code].strength.label, *_counts(sums[level, code]))
        for level in queries.LEVELS
        for code in rules
        if (level, code) in sums
    )
    return Table("联系情况", heads, rows, "应完成、免计、达标都按人次，不列姓名；" + ADVOCATED)


def _counts(one: Sum) -> tuple[Cell, ...]:
    return one.asked, one.exempt, Share(one.met, one.asked), Share(one.done, one.required)


def _solved(world: World) -> Section:
    heads = (Column("指标", 16), Column("数值", 10), count("分子", 8), count("分母", 8), Column("怎样算", 40))
    rows = tuple(_figure(one, one.count(world)) for one in FIGURES)
    note = "分母不满 10 的只写分子和分母；评价不满 5 份的不写比率。"
    return Section("解决问题情况", (), (Table("解决问题情况", heads, rows, note),))


def _figure(one: Any, result: Any) -> tuple[Cell, ...]:
    counts = [value if value is not None else "—" for value in (result.numerator, result.denominator)]
    return str(one.name), printed(one, result), *counts, str(one.formula)


def _examples(world: World, period: ReportPeriod) -> Section:
    """In the words of the public board, which somebody read before they were published."""
    found = queries.published(world.records, period.first, period.last)
    if not found:
        return Section("典型事例", ("本期没有已经公开的办成事例。",))
    heads = (Column("反映的问题", 30), Column("怎样解决", 44), Column("日期", 15))
    rows = tuple((row.said, row.done, f"{row.handled_on:%Y-%m-%d}") for row in found)
    return Section("典型事例", (), (Table("典型事例", heads, rows, "取自公示页，已作匿名处理。"),))
