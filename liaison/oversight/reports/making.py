"""One function makes a report: page, Word, Excel and JSON print it. From tickets, never summed from months."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from liaison.core.language import in_chinese
from liaison.oversight.figures import computing
from liaison.oversight.figures.figure import View
from liaison.oversight.queries import report_contacts, snapshots
from liaison.oversight.record_forms import TITLES
from liaison.oversight.reports import contact_work
from liaison.oversight.reports.asked import asked
from liaison.oversight.reports.blocks import Report, Section
from liaison.oversight.reports.changed import changed
from liaison.oversight.reports.counted import Counted, counted, plain_figures
from liaison.oversight.reports.handling import handling, rule_causes
from liaison.oversight.reports.heard import heard
from liaison.oversight.reports.overall import overall
from liaison.oversight.reports.periods import ReportPeriod, before, terms_in
from liaison.oversight.reports.pressing import pressing
from liaison.oversight.reports.stored import catalogue_mark
from liaison.oversight.reports.trends import trends
from liaison.oversight.reports.widespread import widespread
from liaison.oversight.reports.words import Sort
from liaison.programmes.queries.snapshots import newest_version
from liaison.programmes.reckoning import spans
from liaison.programmes.words import MonthlyFormKind

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
SUBJECT = "领导干部深入基层联系学生工作情况的报告"
LENGTHS = {Sort.MONTH: 1200, Sort.YEAR: 4000}  # characters of the body, at most (domain.md §5.2, §5.3)
TABLES = "数据表"  # the tables of this paper, where it is printed
ANNEXES = (*(TITLES[kind][1] for kind in MonthlyFormKind), "事项清单（不含受限事项）", TABLES)


def report(period: ReportPeriod, texts: Any) -> Report:
    """`texts`: account, problems, next_steps as the director wrote them. Chinese, whoever reads it."""
    with in_chinese():
        return _report(period, texts)


def numbered(sections: list[Section]) -> tuple[Section, ...]:
    """一、 二、 …; empty paragraphs fall away."""
    return tuple(
        replace(one, heading=f"{NUMERALS[at]}、{one.heading}", paragraphs=tuple(filter(None, one.paragraphs)))
        for at, one in enumerate(sections)
    )


def _report(period: ReportPeriod, texts: Any) -> Report:
    kept = snapshots.first_of(period.first) if period.sort is Sort.MONTH else None
    known = counted(computing.world(period.scope), kept.figures if kept else None)
    make = _of_month if period.sort is Sort.MONTH else _of_longer
    scope = period.scope
    return Report(
        title=f"关于{period.name}{SUBJECT}",
        key=period.key,
        period=period.name,
        first=scope.first,
        last=scope.last,
        as_of=scope.as_of,
        counted_by=_counted_by(kept) + _contacts_by(period),
        sections=numbered([one for one in make(period, known, texts) if one.paragraphs or one.tables]),
        annexes=ANNEXES if period.sort is Sort.MONTH else (TABLES,),
        figures=plain_figures(known),
    )


def _of_month(period: ReportPeriod, known: Counted, texts: Any) -> list[Section]:
    """domain.md §5.2."""
    return [
        overall(known, report_contacts.totals(period.first, period.last), texts.account),
        contact_work.of_month(period.first, period.last),
        handling(known),
        heard(known.world),
        pressing(known.world),
        changed(period),
        _written("下月安排", texts.next_steps),
    ]


def _of_longer(period: ReportPeriod, known: Counted, texts: Any) -> list[Section]:
    """domain.md §5.3: a term, a year."""
    scope = before(period)
    earlier = computing.world(scope, views=[View.COHORT]) if scope else None
    links = (contact_work.next_links(period.last + spans.DAY),) if period.sort is Sort.TERM else ()
    handled = handling(known)
    causes = rule_causes(known)
    return [
        overall(known, report_contacts.totals(period.first, period.last)),
        contact_work.of_group(period),
        replace(handled, tables=(*handled.tables, *([causes] if causes.rows else []))),
        heard(known.world, earlier),
        widespread(known.world, earlier),
        pressing(known.world),
        trends(period),
        asked(terms_in(period)),
        changed(period),
        _written("主要做法", texts.account),
        _written("存在问题", texts.problems),
        replace(_written("下一步", texts.next_steps), tables=links),
    ]


def _written(heading: str, text: str) -> Section:
    return Section(heading, tuple(line for line in text.split("\n") if line))


def _contacts_by(period: ReportPeriod) -> str:
    """Which version of the month the table of contacts prints: the newest there is."""
    version = newest_version(period.first) if period.sort is Sort.MONTH else None
    return f"，联系进度第 {version} 版" if version else ""


def _counted_by(kept: Any) -> str:
    if kept is None:
        return f"按事项现时计算，指标目录 {catalogue_mark()}"
    return f"数据快照第 {kept.version} 版，指标目录 {kept.catalogue}，时限规则 {kept.rules}"
