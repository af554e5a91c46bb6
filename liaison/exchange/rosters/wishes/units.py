"""Sheets 03, 06, 07, 08 and 10: units, classes, buildings with their rooms, clubs, places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from liaison.core import clock
from liaison.exchange.rosters.lines import Line, Wish, words_of
from liaison.people.words import Role, UnitFunction, UnitType

T = UnitType
OWN_SHEET = frozenset({T.CLASS, T.DORM_BUILDING, T.DORM_ROOM, T.CLUB, T.ASSOCIATION, T.CANTEEN, T.PLACE})
TYPES = words_of(T, *(word for word in T if word not in OWN_SHEET)) | {
    "学院": T.COLLEGE,
    "系": T.COLLEGE,
    "直属支部": T.GENERAL_BRANCH,
    "党小组": T.BRANCH,
    "实训中心": T.TEACHING_OFFICE,
}
FUNCTIONS = words_of(UnitFunction) | {"学工": UnitFunction.STUDENT_AFFAIRS, "组织": UnitFunction.ORGANISATION}
CLUBS = words_of(T, T.CLUB, T.ASSOCIATION) | {"": T.CLUB}
PLACES = dict.fromkeys(("教室", "图书馆", "体育馆", "其他", T.PLACE.label), T.PLACE) | {"食堂": T.CANTEEN}
DATES = {"opened_on": "from_on", "closed_on": "until_on"}


def of_unit(line: Line) -> Iterator[Wish]:
    """03 组织机构: the unit, who is in charge of it, who works on its matters."""
    code = line.key_code("code")
    values = {
        **_named(line),
        "short_name": line.text("short_name", 20),
        "type": line.word("type", TYPES),
        "parent_id": line.code("parent") or None,
        "can_receive_tickets": line.yes("can_receive_tickets"),
        "has_half_time_rule": line.yes("half_time_rule"),
        "function": line.word("function", FUNCTIONS),
        "order": line.count("order", 9999) or 0,
    }
    yield _unit(line, code, values, {"parent_id": "parent", "has_half_time_rule": "half_time_rule"})
    for number in line.codes("supervising_leader"):
        yield _tie(line, "supervision", code, number, {"leader_id": number, "unit_id": code}, "supervising_leader")
    for role, column in ((Role.HEAD, "head"), (Role.HANDLER, "handlers")):
        for number in line.codes(column):
            key = {"person_id": number, "role": role, "unit_id": code}
            yield _tie(line, "role_grant", code, number, key, column)


def of_class(line: Line) -> Iterator[Wish]:
    """06 班级: numbers, no students."""
    values = {
        **_named(line),
        "parent_id": line.code("college") or None,
        "grade": line.code("grade", 10).removesuffix("级"),
        "size": line.count("size", 999),
    }
    fits = {"parent_id": frozenset({T.COLLEGE, T.TEACHING_OFFICE})}
    yield _unit(line, line.key_code("code"), values, {"parent_id": "college"}, T.CLASS, fits)


def of_dorm(line: Line) -> Iterator[Wish]:
    """07 宿舍: the building, and the room where the row names one."""
    building, room = line.key_code("building"), line.code("room", 20)
    name, campus = line.text("name", 60), line.text("campus", 20)
    of_building: dict[str, Any] = {
        "name": name,
        "campus": campus,
        "aliases": " ".join(line.several("aliases"))[:200],
        "parent_id": line.code("manager") or None,
    }
    said = {"parent_id": "manager", "code": "building"}
    wanted = _unit(line, building, of_building, said, T.DORM_BUILDING)
    yield replace(wanted, may_repeat=True)
    if room:
        of_room = {"campus": campus, "size": line.count("size", 99), "parent_id": building}
        said = {"parent_id": "building", "code": "room"}
        wanted = _unit(line, f"{building}-{room}", of_room, said, T.DORM_ROOM)
        called = f"{name}{room}"
        yield replace(wanted, fresh={**wanted.fresh, "name": called}, label=f"{wanted.label} {called}"[:90])


def of_club(line: Line) -> Iterator[Wish]:
    """08 社团与学生组织."""
    values = {**_named(line), "type": line.choice("type", CLUBS), "parent_id": line.code("unit") or None}
    yield _unit(line, line.key_code("code"), values, {"parent_id": "unit"}, T.CLUB)


def of_place(line: Line) -> Iterator[Wish]:
    """10 食堂与场所."""
    values = {
        "name": line.text("name", 80),
        "type": line.word("type", PLACES),
        "campus": line.text("campus", 20),
        "aliases": " ".join(line.several("aliases"))[:200],
        "parent_id": line.code("manager") or None,
    }
    yield _unit(line, line.key_code("code"), values, {"parent_id": "manager"})


def _named(line: Line) -> dict[str, Any]:
    opened, closed = line.day("from_on"), line.day("until_on")
    if opened and closed and closed < opened:
        line.wrong("until_on", _("停用不能早于启用。"))
    return {"name": line.text("name", 80), "opened_on": opened, "closed_on": closed}


def _unit(
    line: Line,
    code: str,
    values: dict[str, Any],
    said: dict[str, str],
    type: UnitType | None = None,
    fits: dict[str, frozenset[UnitType]] | None = None,
) -> Wish:
    fresh = {"opened_on": clock.today(), "version": 1} | ({"type": type} if type else {})
    label = f"{code} {values.get('name', '')}".strip()
    return line.wish("unit", label, {"code": code}, values, fresh=fresh, said=DATES | said, fits=fits or {})


def _tie(line: Line, shelf: str, code: str, number: str, key: dict[str, Any], column: str) -> Wish:
    fresh = {"from_on": clock.today()} | ({"granted_at": clock.now()} if shelf == "role_grant" else {})
    said = {"leader_id": column, "person_id": column, "unit_id": "code"}
    return line.wish(shelf, f"{code} {number}", key, {}, fresh=fresh, said=said, may_repeat=True)
