"""Sheets 01 学期校历 and 02 节假日与调休 (imports.md §2): rows as values, faults by row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.core import spreadsheets
from liaison.core.cells import Cells, Fault
from liaison.core.spreadsheets import Columns, Unreadable

TERM_COLUMNS: Columns = {
    "academic_year": ("学年",),
    "term_no": ("学期",),
    "name": ("学期名称",),
    "week1_monday": ("第一周周一", "开学日期"),
    "teaching_weeks": ("教学周数", "教学周"),
    "exam_weeks": ("考试周数", "考试周"),
    "end_date": ("学期结束日", "结束日期"),
    "staff_vac_from": ("教职工放假起", "放假起"),
    "staff_vac_to": ("教职工放假止", "放假止"),
    "staff_vac": ("教职工放假起/止", "教职工放假起止"),
    "exempt_weeks": ("不计联系周次",),
    "note": ("备注",),
}
DAY_COLUMNS: Columns = {
    "day": ("日期",),
    "kind": ("类型",),
    "name": ("名称",),
    "basis": ("依据文号", "依据"),
    "year": ("年度",),
    "published": ("公布", "是否公布", "公布情况"),
}
TERM_NEEDED = ("academic_year", "term_no", "name", "week1_monday", "teaching_weeks", "end_date")
DAY_NEEDED = ("day", "kind", "year")
KINDS = {"休": ExceptionKind.OFF, "班": ExceptionKind.WORK}
PUBLISHED = {"": True, "已公布": True, "是": True, "未公布": False, "否": False}
LONGEST_VACATION = 120  # days


@dataclass
class Read:
    """What a file holds. With a fault nothing of it is taken."""

    terms: list[TermRow] = field(default_factory=list)
    days: list[DayRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # columns that are not taken over

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.days})


def read(data: bytes) -> Read:
    """Every term and every day of a file, judged one by one. Raises Unreadable when it holds neither sheet."""
    found, known = Read(), False
    for sheet in spreadsheets.read(data):
        for columns, needed, take in SHEETS:
            table = spreadsheets.table(sheet, columns, needed)
            if table is not None:
                known = True
                found.unused += table.unused
                for number, cells in table.rows:
                    _take(found, number, cells, columns, take)
                break
    if not known:
        raise Unreadable(_("没有找到校历的列。学期校历要有：%(terms)s；节假日与调休要有：%(days)s。", **_needed()))
    if not found.terms and not found.days and not found.faults:
        raise Unreadable(_("文件里没有数据行。"))
    found.faults += [*_year_faults(found), *_term_faults(found)]
    return found


def _take(found: Read, number: int, cells: dict[str, str], columns: Columns, take: Callable[[Cells], Any]) -> None:
    faults: list[Fault] = []
    if spreadsheets.holds_id_number(cells.values()):
        faults.append(Fault(number, "", _("有一格像身份证号，这样的内容不能进本系统。")))
    row = take(Cells(number, cells, columns, faults))
    found.faults += faults
    if not faults:
        (found.terms if isinstance(row, TermRow) else found.days).append(row)


def _term(cells: Cells) -> TermRow:
    monday, last = cells.needed_day("week1_monday"), cells.needed_day("end_date")
    if monday.weekday():
        cells.wrong("week1_monday", _("%(day)s 不是周一。", day=monday.isoformat()))
    weeks, exams = cells.whole("teaching_weeks", 1, 30), cells.whole("exam_weeks", 0, 10, is_needed=False)
    if last != date.min and last < monday + timedelta(weeks=weeks + exams, days=-7):
        cells.wrong("end_date", _("早于第 %(n)s 周，请核对周数和日期。", n=weeks + exams))
    first_off, last_off = _vacation(cells)
    return TermRow(
        academic_year=_academic_year(cells),
        term_no=cells.whole("term_no", 1, 3),
        name=cells.needed_text("name", 30),
        first_monday=monday,
        last_day=last,
        teaching_weeks=weeks,
        exam_weeks=exams,
        exempt_weeks=_weeks(cells, weeks + exams if weeks else 40),
        vacation_from=first_off,
        vacation_until=last_off,
        note=cells.text("note", 80),
    )


def _academic_year(cells: Cells) -> str:
    year = cells.needed_text("academic_year", 9)
    parts = [spreadsheets.whole(part) or 0 for part in re.split(r"[-—–~至]+", year)]
    if year and (len(parts) != 2 or parts[1] != parts[0] + 1 or parts[0] < 2000):
        cells.wrong("academic_year", _("请写成 2026-2027。"))
    return "-".join(str(part) for part in parts)


def _vacation(cells: Cells) -> tuple[date | None, date | None]:
    """Both days or neither, in one cell or in two."""
    if joined := cells.cells.get("staff_vac", ""):
        first, _sep, last = (part.strip() for part in joined.partition(" / " if " / " in joined else "至"))
        cells.cells |= {"staff_vac_from": first, "staff_vac_to": last}
    first_off, last_off = cells.day("staff_vac_from"), cells.day("staff_vac_to")
    if (first_off is None) != (last_off is None):
        cells.wrong("staff_vac_to", _("放假的起、止要么都填，要么都空。"))
    if first_off and last_off and not 0 <= (last_off - first_off).days < LONGEST_VACATION:
        cells.wrong("staff_vac_to", _("放假要从早到晚，最长 %(n)s 天。", n=LONGEST_VACATION))
    return first_off, last_off


def _weeks(cells: Cells, last: int) -> str:
    """ "实习周 12" or 12、13 → 12 13."""
    numbers = [int(n) for n in re.findall(r"\d{1,2}", cells.text("exempt_weeks", 60))]
    if any(not 1 <= n <= last for n in numbers):
        cells.wrong("exempt_weeks", _("周次在 1 到 %(n)s 之间。", n=last))
    return " ".join(str(n) for n in sorted(set(numbers)))


def _day(cells: Cells) -> DayRow:
    day, year = cells.needed_day("day"), cells.whole("year", 2000, 2099)
    if day != date.min and year and abs(day.year - year) > 1:
        cells.wrong("year", _("年度与日期差得太远，请核对。"))
    return DayRow(
        day=day,
        kind=cells.choice("kind", KINDS) or ExceptionKind.OFF,
        year=year,
        name=cells.text("name", 40),
        basis=cells.text("basis", 60),
        is_published=cells.choice("published", PUBLISHED) is not False,
    )


SHEETS: tuple[tuple[Columns, tuple[str, ...], Callable[[Cells], Any]], ...] = (
    (TERM_COLUMNS, TERM_NEEDED, _term),
    (DAY_COLUMNS, DAY_NEEDED, _day),
)


def _year_faults(found: Read) -> Iterable[Fault]:
    """One day twice, or one year both published and not."""
    days = [row.day for row in found.days]
    marks = {row.year: row.is_published for row in found.days}
    for day in sorted({day for day in days if days.count(day) > 1}):
        yield Fault(0, DAY_COLUMNS["day"][0], _("%(day)s 出现了两次。", day=day.isoformat()))
    for year in sorted({row.year for row in found.days if row.is_published != marks[row.year]}):
        yield Fault(0, DAY_COLUMNS["published"][0], _("%(year)s 年既写了已公布，又写了未公布。", year=year))


def _term_faults(found: Read) -> Iterable[Fault]:
    """Two terms of one year and number, or terms that overlap."""
    terms = sorted(found.terms, key=lambda row: row.first_monday)
    for before, after in pairwise(terms):
        if after.first_monday <= before.last_day:
            words = _("“%(one)s”和“%(other)s”的日子重叠。", one=before.name, other=after.name)
            yield Fault(0, TERM_COLUMNS["end_date"][0], words)
    keys = [(row.academic_year, row.term_no) for row in terms]
    for year, number in sorted({key for key in keys if keys.count(key) > 1}):
        yield Fault(0, TERM_COLUMNS["term_no"][0], _("%(year)s 学年的第 %(n)s 学期出现了两次。", year=year, n=number))


def _needed() -> dict[str, str]:
    return {
        "terms": "、".join(TERM_COLUMNS[name][0] for name in TERM_NEEDED),
        "days": "、".join(DAY_COLUMNS[name][0] for name in DAY_NEEDED),
    }
