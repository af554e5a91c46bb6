"""Sheets 11, 12 and 13: links with units, what cadres declared, days away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from liaison.core import clock
from liaison.exchange.rosters.lines import Line, Wish, words_of
from liaison.people.words import UnitType
from liaison.programmes.actions.declaring import CARRIER_LENGTH, MOST_CARRIERS
from liaison.programmes.models import STRENGTH_LENGTH
from liaison.programmes.words import AbsenceType, HalfDay

T = UnitType
TARGETS = {
    "党总支": frozenset({T.GENERAL_BRANCH}),
    "院系班子": frozenset({T.COLLEGE}),
    "党支部": frozenset({T.BRANCH}),
    "教研室": frozenset({T.TEACHING_OFFICE}),
    "青年教师": None,
    "班级": frozenset({T.CLASS}),
    "宿舍": frozenset({T.DORM_ROOM, T.DORM_BUILDING}),
    "社团": frozenset({T.CLUB}),
    "学生组织": frozenset({T.ASSOCIATION}),
    "其他": frozenset(T),
}


def of_link(line: Line) -> Iterator[Wish]:
    """11 联系点安排: with a unit, or with a young teacher by his staff number; never with a student."""
    number, target = line.key_code("staff_no", 40), line.key_code("target")
    kind = line.choice("type", {word: word for word in TARGETS}) or ""
    first, last = line.needed_day("from_on"), line.day("until_on")
    if last and last < first:
        line.wrong("until_on", _("不能早于起。"))
    label, values = f"{number} {target}", dict[str, Any](until_on=last)
    said = {"person_id": "staff_no", "unit_id": "target", "colleague_id": "target", "liaison_id": "liaison"}
    if kind == "青年教师":
        if number == target:
            line.wrong("target", _("不能是本人。"))
        key = {"person_id": number, "colleague_id": target, "from_on": first}
        yield line.wish("staff_link", label, key, values, fresh={"is_young_teacher": True}, said=said)
        return
    values |= {"liaison_id": line.code("liaison", 40) or None}
    key = {"person_id": number, "unit_id": target, "from_on": first}
    yield line.wish("link", label, key, values, said=said, fits={"unit_id": TARGETS.get(kind) or frozenset()})


def of_plan(line: Line) -> Iterator[Wish]:
    """12 三特一体申报: one strength at least; the carriers are groups."""
    year = _academic_year(line)
    strengths = {name: line.text(name, STRENGTH_LENGTH) for name in ("duty", "business", "talent")}
    if not any(strengths.values()):
        line.wrong("duty", _("工作职能、业务主体、个人专长至少填一项。"))
    carriers = {name: _carriers(line, name) for name in ("staff_carriers", "group_carriers")}
    values = {**strengths, **carriers, "declared_on": line.day("declared_on")}
    key = {"person_id": line.key_code("staff_no", 40), "academic_year": year}
    empty: dict[str, Any] = {"staff_carriers": [], "group_carriers": []}
    fresh = {**empty, "declared_on": clock.today(), "version": 1}
    label = f"{key['person_id']} {year}"
    yield line.wish("carrier_plan", label, key, values, fresh=fresh, said={"person_id": "staff_no"})


def of_absence(line: Line) -> Iterator[Wish]:
    """13 请假外出: days and a type, no reason."""
    first, last = line.needed_day("from_on"), line.needed_day("until_on")
    half = line.word("half", words_of(HalfDay))
    if last < first:
        line.wrong("until_on", _("不能早于起。"))
    elif half and last != first:
        line.wrong("half", _("半天只用于一天。"))
    key = {"person_id": line.key_code("staff_no", 40), "from_on": first, "half": half}
    values = {"until_on": last, "type": line.word("type", words_of(AbsenceType))}
    yield line.wish("absence", f"{key['person_id']} {first}", key, values, said={"person_id": "staff_no"})


def _academic_year(line: Line) -> str:
    year = re.sub(r"[-—–~至]+", "-", line.key_code("academic_year", 9))
    if year and not (re.fullmatch(r"20\d\d-20\d\d", year) and int(year[5:]) == int(year[:4]) + 1):
        line.wrong("academic_year", _("请写成 2026-2027。"))
    return year


def _carriers(line: Line, name: str) -> list[str]:
    named = line.several(name)
    if len(named) > MOST_CARRIERS or any(len(one) > CARRIER_LENGTH for one in named):
        line.wrong(name, _("最多五个，每个不超过 40 个字。"))
    return named
