"""六、更正: what became known of earlier months, settings that changed under two keys, the lots of the month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from liaison.contacts.models import locks_at
from liaison.core import clock
from liaison.core.clock import local
from liaison.oversight.queries import report_matters as queries
from liaison.oversight.queries import snapshots
from liaison.oversight.reports.blocks import Column, Section, Table, count
from liaison.oversight.reports.periods import ReportPeriod
from liaison.oversight.reports.words import Sort
from liaison.programmes.queries.snapshots import Amendment, amendments, corrections_of
from liaison.programmes.reckoning import spans
from liaison.settings.table import BY_NAME

SAID = 3  # corrections in the text; more are listed
NONE = "以前各月没有更正。"


def changed(period: ReportPeriod) -> Section:
    lines = _corrections(period)
    table = Table("更正", (count("序号", 8), Column("更正", 92)), tuple(enumerate(lines, start=1)))
    said = (_corrected(lines) + _settings(period), _lots(period))
    return Section("数据更正与设置变更", said, (table,) if len(lines) > SAID else ())


def corrected_since(period: ReportPeriod, made_at: datetime) -> str:
    """Of a monthly return that was sent: what became known of its month later, and when. The later returns print it."""
    if period.sort is not Sort.MONTH:
        return ""
    figures = snapshots.corrected_of(period.first, made_at)
    contacts = corrections_of(period.first, made_at)
    lines = [(at, line.words) for at, line in figures] + [(at, _of_contacts(one)) for at, one in contacts]
    head = f"{period.first.month}月更正："
    by_day: dict[date, list[str]] = defaultdict(list)
    for at, words in lines:
        by_day[local(at).date()].append(words.removeprefix(head))
    said = [f"{day:%Y年%-m月%-d日} {'、'.join(by_day[day])}" for day in sorted(by_day)]
    return f"更正（定稿以后，未列入上文）：{'；'.join(said)}。" if said else ""


def _of_contacts(one: Amendment) -> str:
    return f"{one.month.month}月更正：联系次数 {one.contacts:+d}，变动条目 {one.lines} 条"


def _corrections(period: ReportPeriod) -> list[str]:
    """Each line once: in the return of the month at whose lock it was found."""
    months = [one.last for one in spans.months(period.first, period.last)]
    lines = [line.words for line in snapshots.corrected(months)]
    since, until = (locks_at(clock.moment(day)) for day in (period.first - spans.DAY, period.last))
    return lines + [_of_contacts(one) for one in amendments(since, until)]


def _corrected(lines: list[str]) -> str:
    """Many are a table: the body stays short."""
    if len(lines) > SAID:
        return f"以前各月有{len(lines)}处更正。"
    return "；".join(lines) + "。" if lines else NONE


def _settings(period: ReportPeriod) -> str:
    found = queries.setting_changes(period.first, period.last)
    said = [f"{local(one.made_at):%-m月%-d日}“{BY_NAME[one.section].label}”改为第{one.edition}版" for one in found]
    return f"反馈、抽查设置变更：{'；'.join(said)}。" if said else ""


def _lots(period: ReportPeriod) -> str:
    """The hash was public before the draw, the seed is after it: anybody can draw again (domain.md §4.8)."""
    lots = queries.draw(period.first) if period.sort is Sort.MONTH else None
    if lots is None:
        return ""
    seed = f"种子{lots.seed}" if lots.frozen_at else "种子月末公布"
    return f"本月抽查的{seed}，月初公布的哈希值 {_in_groups(lots.seed_hash)}。"


def _in_groups(code: str) -> str:
    """By eight: to compare by eye, and to part where a line of paper ends."""
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))
