"""二、联系情况: the leaders' lines of a month; for a term and a year the whole group, and where nobody went.

Leaders stand in the order of the organisation, without a sum or a rank beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from liaison.contacts.queries.present import present
from liaison.oversight.queries import report_contacts as queries
from liaison.oversight.reports.blocks import Column, Section, Share, Table, count, share
from liaison.oversight.reports.periods import ReportPeriod, requirement_keys
from liaison.people.words import UnitType
from liaison.programmes.in_force import known
from liaison.programmes.reckoning import Line, Rule, spans

FACE_TO_FACE, LECTURE, LINKS, TIES = ("MOE19-F2F", "FJ21-7-F2F"), ("MOE19-LEC",), "FJ21-L", "-LINK"
NOTHING = "—"
ADVOCATED = "倡导的条目只列出，不作要求。"


def of_month(first: date, last: date) -> Section:
    """Table 1 of the monthly return (domain.md §5.2)."""
    people = queries.leaders(first, last)
    ids = [row.person_id for row in people]
    kept = known()
    school = kept.school
    lines = present(ids, school.academic_year(first), kept=kept).lines if ids else {}
    visits = queries.visits(ids, first, last)
    month = f"{first:%Y-%m}"
    term = next((term.key for term in school.terms_in(spans.month(first))), "")
    heads = (
        Column("姓名", 10),
        Column("职务", 16),
        Column("面对面（周）", 10),
        count("七进（次）", 8),
        Column("讲课（学期累计）", 12),
        Column("五联（条）", 9),
        count("提交诉求", 8),
        Column("备注", 12),
    )
    rows = tuple(_leader(row, lines[row.person_id], visits[row.person_id], month, term) for row in people)
    return Section("联系情况", (), (Table("校领导联系情况", heads, rows, "按组织机构顺序排列，不排名次。"),))


def _leader(row: Any, lines: Sequence[Line], visits: queries.Visits, month: str, term: str) -> tuple[str | int, ...]:
    mine = [line for line in lines if line.span.key == month]
    exempt = [line for line in mine if line.required is None]
    notes = [f"免计{len(exempt)}条"] if exempt else []
    notes += [f"补录{visits.late}次"] if visits.late else []
    lecture = _amount(line for line in lines if line.span.key == term and _is(line, LECTURE))
    owed = [line for line in mine if line.rule.code.startswith(LINKS) and not line.rule.code.endswith(TIES)]
    links = [line for line in owed if line.required]
    met = f"{sum(line.done >= (line.required or 0) for line in links)}/{len(links)}" if links else NOTHING
    face = _amount(line for line in mine if _is(line, FACE_TO_FACE))
    return row.name, row.title, face, visits.entries, lecture, met, visits.voices, "，".join(notes)


def _is(line: Line, codes: tuple[str, ...]) -> bool:
    return not set(line.codes).isdisjoint(codes)


def _amount(lines: Any) -> str:
    """4/4, 免计, or nothing where nobody asks for it."""
    line = next(iter(lines), None)
    if line is None:
        return NOTHING
    return "免计" if line.required is None else f"{line.done}/{line.required}"


def of_group(period: ReportPeriod) -> Section:
    """For a term or a year: each requirement for all whom it asks; classes and rooms by college and building."""
    return Section("联系情况", (), (_fulfilment(period), _coverage(period.first, period.last)))


def _fulfilment(period: ReportPeriod) -> Table:
    rules = rules_in_force()
    heads = (
        Column("条目", 26),
        Column("性质", 8),
        count("应完成", 8),
        count("免计", 7),
        share("达标", 16),
        share("完成次数", 16),
    )
    rows = tuple(
        (
            rules[row.code].title,
            rules[row.code].strength.label,
            int(row.lines - row.exempt),
            int(row.exempt),
            Share(int(row.met), int(row.lines - row.exempt)),
            Share(int(row.done), int(row.required)),
        )
        for row in queries.fulfilment(requirement_keys(period))
        if row.code in rules
    )
    return Table("条目完成情况（全体）", heads, rows, "应完成、免计、达标都按人次；" + ADVOCATED)


def rules_in_force() -> Mapping[str, Rule]:
    """Code → rule, in the order of the programmes."""
    book = known().book
    return {rule.code: rule for programme, codes in book.groups for rule in book.all(programme, codes)}


def _coverage(first: date, last: date) -> Table:
    heads = (Column("学院、楼栋", 20), count("联系（次）", 10), Column("看什么", 10), share("去过", 16))
    words = {UnitType.CLASS: "班级", UnitType.DORM_ROOM: "宿舍"}
    rows = tuple(
        (name, contacts, words[kind], Share(seen, there))
        for name, kind, there, seen, contacts in queries.coverage(first, last)
    )
    return Table("班级、宿舍覆盖", heads, rows, "联系含到学院、楼栋本身的；只记到楼栋的，不算去过某间宿舍。")


def next_links(day: date) -> Table:
    """下学期联系点 of the leaders, as they are known now."""
    people = queries.leaders(day, day)
    links = queries.links_on(day, [row.person_id for row in people])
    rows = tuple((row.name, row.title, "、".join(links.get(row.person_id, [])) or NOTHING) for row in people)
    return Table("下一步联系点", (Column("姓名", 10), Column("职务", 16), Column("联系点", 40)), rows)
