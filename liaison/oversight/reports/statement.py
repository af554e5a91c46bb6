"""履职情况说明 and 自查材料: what is on record of one person, his own view first; no score, no rank, nobody beside him.

The same blocks as a report, so page and Word print the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liaison.contacts.queries.present import present
from liaison.core.clock import day_ending_at, local, today
from liaison.core.language import in_chinese
from liaison.oversight.queries import statements as queries
from liaison.oversight.reports.blocks import Cell, Column, Report, Section, Share, Table, count
from liaison.oversight.reports.making import numbered
from liaison.oversight.reports.statement_models import Stance, Statement
from liaison.oversight.rule_words import span_words
from liaison.programmes.in_force import known
from liaison.programmes.queries import progress
from liaison.programmes.reckoning import Line
from liaison.programmes.words import Period

YEARS = 4
SILENT = "本人在规定的时间内没有提出意见。"
WAITING = "等本人看过以后填写。"


def statement(row: Statement) -> Report:
    """On a numbered request (domain.md §5.1)."""
    with in_chinese():
        own = Section("本人意见", tuple(filter(None, (_view(row), row.note))))
        sections = [own, *_record(row.person_id, row.first_on, row.last_on)]
        title = f"{queries.name_of(row.person_id)}联系学生履职情况说明"
        about = f"依据{row.number}，用于{row.purpose}"
        return _paper(title, row.number, row.first_on, row.last_on, about, sections)


def self_check(person_id: int) -> Report:
    """本人联系学生情况自查材料: only the person makes it. This academic year, own open matters, four years."""
    with in_chinese():
        school = known().school
        span = school.year(school.academic_year(today()))
        last = min(span.last, today())
        sections = [*_record(person_id, span.first, last), _open(person_id), _trend(person_id)]
        title = f"{queries.name_of(person_id)}联系学生情况自查材料"
        return _paper(
            title, span.key, span.first, min(span.last, today()), "本人生成，供民主生活会对照检查使用", sections
        )


def _paper(title: str, key: str, first: date, last: date, about: str, sections: list[Section]) -> Report:
    period = f"{first:%Y年%-m月%-d日}至{last:%Y年%-m月%-d日}"
    return Report(title, key, period, first, last, min(last, today()), about, numbered(sections))


def _view(row: Statement) -> str:
    if row.stance is None:
        return WAITING if row.due_on >= today() else SILENT
    day = local(row.answered_at) if row.answered_at else None
    said = "情况属实。" if row.stance is Stance.CONFIRMED else "有异议，本人说明如下："
    return f"{day:%Y年%-m月%-d日}，本人：{said}"


def _record(person_id: int, first: date, last: date) -> Iterator[Section]:
    yield Section("任职情况", (), (_posts(person_id, first, last),))
    yield Section("条目完成情况", (), (_lines(person_id, first, last),))
    contacts, voices, told = queries.heard(person_id, first, last)
    said = f"本期联系{contacts}次，联系中听到并提交诉求{voices}条，已告知反映人{Share(told, voices).words}。"
    yield Section("听到的诉求和告知", (said,))
    yield _late(person_id, first, last)


def _posts(person_id: int, first: date, last: date) -> Table:
    heads = (Column("职务", 20), Column("单位", 20), Column("起", 12), Column("止", 12))
    found = queries.posts(person_id, first, last)
    rows = tuple((row.title, row.unit, f"{row.from_on:%Y-%m-%d}", _day(row.until_on)) for row in found)
    return Table("任职情况", heads, rows)


def _lines(person_id: int, first: date, last: date) -> Table:
    heads = (
        Column("条目", 27),
        Column("性质", 9),
        Column("时期", 32),
        Column("要求", 10),
        count("完成", 9),
        Column("免计", 10),
        Column("状态", 14),
    )
    kept = known()
    years = kept.school.academic_years(first, last)
    lines = [line for year in years for line in present([person_id], year, kept=kept).lines[person_id]]
    mine = {(line.codes, line.span.key): line for line in lines if _is_reported(line, first, last)}
    in_order = progress.in_order(mine.values(), kept)
    return Table("条目完成情况", heads, tuple(_line(line) for line in in_order), "倡导的条目只列出，不作要求。")


def _is_reported(line: Line, first: date, last: date) -> bool:
    return line.span.sort is not Period.MONTH and line.span.overlaps(first, last)


def _line(line: Line) -> tuple[Cell, ...]:
    exempt = sum(not piece.needed for piece in line.pieces)
    unit = {Period.WEEK: "周", Period.MONTH: "个月"}.get(line.rule.period, "") if line.is_in_pieces else ""
    asked = "免计" if line.required is None else f"{line.required}{unit}"
    free = f"{exempt}{unit}" if exempt else ""
    return (
        line.rule.title,
        line.rule.strength.label,
        span_words(line.span),
        asked,
        line.done,
        free,
        line.status(today()).label,
    )


def _late(person_id: int, first: date, last: date) -> Section:
    rows = tuple(
        (row.number, f"{local(row.held_at):%Y-%m-%d}", f"{local(row.filed_at):%Y-%m-%d}", row.reason)
        for row in queries.late(person_id, first, last)
    )
    if not rows:
        return Section("补录与更正", ("本期没有锁定以后补录的联系。",))
    heads = (Column("编号", 22), Column("联系", 14), Column("补录", 14), Column("原因", 30))
    return Section("补录与更正", (), (Table("锁定以后补录的联系", heads, rows),))


def _open(person_id: int) -> Section:
    rows = tuple(
        (row.number, row.title, row.state.label, _day(day_ending_at(row.due_at) if row.due_at else None))
        for row in queries.open_matters(person_id)
    )
    if not rows:
        return Section("本人提交、还在办理的事项", ("没有。",))
    heads = (Column("编号", 22), Column("事项", 30), Column("状态", 12), Column("期限", 14))
    return Section("本人提交、还在办理的事项", (), (Table("还在办理的事项", heads, rows),))


def _trend(person_id: int) -> Section:
    """His own counts, year by year."""
    school, heads = known().school, (Column("学年", 16), count("联系", 10), count("诉求", 10), count("已告知", 10))
    present = int(school.academic_year(today())[:4])
    spans = [school.year(f"{year}-{year + 1}") for year in range(present - YEARS + 1, present + 1)]
    rows = tuple((span.key, *queries.heard(person_id, span.first, span.last)) for span in spans)
    return Section("近四年", (), (Table("近四年联系和诉求", heads, rows),))


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"
