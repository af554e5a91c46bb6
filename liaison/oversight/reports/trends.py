"""走势: on time, before extensions, call-backs and opinion, month by month as they were locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.oversight.queries import snapshots
from liaison.oversight.reports.blocks import Cell, Column, Section, Share, Table, count, share
from liaison.oversight.reports.periods import ReportPeriod
from liaison.programmes.reckoning import spans

SHOWN = {
    "按期办结": "on_time_final.due",
    "原时限按期": "on_time_original.due",
    "回访一致": "callback_match.flow",
    "满意": "satisfied_wide.flow",
}
NONE_YET = {"numerator": 0, "denominator": 0}  # a figure that the catalogue did not have then


def trends(period: ReportPeriod) -> Section:
    heads = (Column("月份", 10), count("受理", 8), *(share(name, 16) for name in SHOWN))
    kept = snapshots.firsts([one.first for one in spans.months(period.first, period.last)])
    rows = tuple((f"{month:%Y-%m}", *_line(row.figures)) for month, row in sorted(kept.items()))
    if not rows:
        return Section("走势", ("本期还没有锁定的月份。",))
    note = "各月锁定时的数字；本期的总数按事项重新计算，不由各月相加。"
    return Section("走势", (), (Table("各月走势", heads, rows, note),))


def _line(figures: Mapping[str, Any]) -> list[Cell]:
    counts = [figures.get(name, NONE_YET) for name in SHOWN.values()]
    shares = [Share(one["numerator"] or 0, one["denominator"] or 0) for one in counts]
    return [figures["tickets.cohort"]["numerator"], *shares]
