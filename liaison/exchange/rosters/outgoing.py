"""The rosters as they are, row by row, in the columns in which they come in: taken in again they change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import Any

from liaison.calendars import in_force
from liaison.core import clock
from liaison.exchange.rosters.editions import MILESTONES
from liaison.exchange.rosters.sheets import Kind
from liaison.exchange.rosters.shelves import Stock, Values
from liaison.exchange.rosters.wishes.ties import TARGETS
from liaison.exchange.rosters.wishes.units import OWN_SHEET
from liaison.people.words import Role, UnitType
from liaison.programmes.queries import rules

T = UnitType
Cells = dict[str, str]
CODED = ("subject_role", "target_scope", "period", "unit", "channel", "per_each", "calendar_basis")


def rows(kind: Kind, stock: Stock) -> Iterator[Cells]:
    """What is there today of one sheet; what is over or closed is not."""
    for values in OF[kind.code](stock):
        yield {name: _said(value) for name, value in values.items()}


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _units(stock: Stock, *types: UnitType) -> list[Values]:
    there = [row.values for row in stock.rows("unit").values()]
    is_open = [unit for unit in there if unit["closed_on"] is None or unit["closed_on"] >= clock.today()]
    return sorted((unit for unit in is_open if unit["type"] in types), key=lambda unit: (unit["order"], unit["id"]))


def _not_over(stock: Stock, shelf: str) -> list[Values]:
    there = [row.values for row in stock.rows(shelf).values()]
    return [row for row in there if row["until_on"] is None or row["until_on"] >= clock.today()]


def _org_units(stock: Stock) -> Iterator[Values]:
    held: dict[tuple[str, Role], list[str]] = {}
    for person, role, unit in stock.rows("role_grant"):
        held.setdefault((unit, role), []).append(person)
    leaders: dict[str, list[str]] = {}
    for leader, unit in stock.rows("supervision"):
        leaders.setdefault(unit, []).append(leader)
    for unit in _units(stock, *(word for word in T if word not in OWN_SHEET)):
        code = unit["code"]
        yield unit | {
            "parent": unit["parent_id"],
            "supervising_leader": leaders.get(code),
            "head": held.get((code, Role.HEAD)),
            "handlers": held.get((code, Role.HANDLER)),
            "half_time_rule": unit["has_half_time_rule"],
            **_dates(unit),
        }


def _dates(unit: Values) -> Values:
    return {"from_on": unit["opened_on"], "until_on": unit["closed_on"]}


def _classes(stock: Stock) -> Iterator[Values]:
    for unit in _units(stock, T.CLASS):
        yield unit | {"college": unit["parent_id"], **_dates(unit)}


def _dorms(stock: Stock) -> Iterator[Values]:
    """A row for each building, then one for each of its rooms."""
    buildings = {unit["code"]: _building(unit) for unit in _units(stock, T.DORM_BUILDING)}
    yield from buildings.values()
    for room in _units(stock, T.DORM_ROOM):
        building, number = buildings.get(room["parent_id"]), room["code"].removeprefix(f"{room['parent_id']}-")
        if building and number != room["code"]:
            yield building | {"room": number, "size": room["size"]}


def _building(unit: Values) -> Values:
    said = {"building": unit["code"], "name": unit["name"], "campus": unit["campus"], "manager": unit["parent_id"]}
    return said | {"aliases": unit["aliases"].split()}


def _clubs(stock: Stock) -> Iterator[Values]:
    for unit in _units(stock, T.CLUB, T.ASSOCIATION):
        yield unit | {"unit": unit["parent_id"]}


def _places(stock: Stock) -> Iterator[Values]:
    for unit in _units(stock, T.CANTEEN, T.PLACE):
        sort = "食堂" if unit["type"] is T.CANTEEN else "其他"
        yield unit | {"type": sort, "manager": unit["parent_id"], "aliases": unit["aliases"].split()}


def _people(stock: Stock) -> Iterator[Values]:
    for row in stock.rows("person").values():
        standing = "在岗" if row.values["is_active"] else "离岗"
        yield row.values | {"staff_no": row.values["no"], "unit": row.values["unit_id"], "standing": standing}


def _posts(stock: Stock) -> Iterator[Values]:
    for post in _not_over(stock, "post"):
        yield post | {"staff_no": post["person_id"], "unit": post["unit_id"]}


def _courses(stock: Stock) -> Iterator[Values]:
    for row in stock.rows("course").values():
        yield row.values | {"term": row.values["term_id"], "unit": row.values["unit_id"]}


def _links(stock: Stock) -> Iterator[Values]:
    for link in _not_over(stock, "link"):
        unit = stock.rows("unit")[(link["unit_id"],)].values
        word = next(word for word, types in TARGETS.items() if types and unit["type"] in types)
        yield link | {
            "staff_no": link["person_id"],
            "type": word,
            "target": unit["code"],
            "liaison": link["liaison_id"],
        }
    for link in _not_over(stock, "staff_link"):
        if link["is_young_teacher"]:
            yield link | {"staff_no": link["person_id"], "type": "青年教师", "target": link["colleague_id"]}


def _of_staff(shelf: str) -> Callable[[Stock], Iterator[Values]]:
    def found(stock: Stock) -> Iterator[Values]:
        for row in stock.rows(shelf).values():
            yield row.values | {"staff_no": row.values["person_id"]}

    return found


def _categories(stock: Stock) -> Iterator[Values]:
    for row in stock.rows("category").values():
        yield row.values | {"unit": row.values["lead_unit_id"]}


def _legacy(stock: Stock) -> Iterator[Values]:
    yield from (row.values for row in stock.rows("legacy_ticket").values())


def _limits(_stock: Stock) -> Iterator[Values]:
    for name, limits in in_force.rules().rows.items():
        unit = "小时" if limits.is_in_hours else ""
        steps = {step: getattr(limits, step) for step in ("accept", "triage", "sign", "handle")}
        yield {
            "limit_class": name,
            **{step: f"{count.count}{unit}" if count else MILESTONES for step, count in steps.items()},
            "extension": limits.extension,
            "feedback": limits.feedback.count,
            "calendar": limits.calendar.value,
        }


def _requirements(_stock: Stock) -> Iterator[Values]:
    """The newest edition of each programme, in the codes of the specification."""
    for programme in rules.programmes():
        for row in rules.requirements(rules.editions(programme.id)[0].id):
            words = {name: getattr(row, name) for name in (*CODED, "strength")}
            values = {name: word.value if word else None for name, word in words.items()}
            yield {
                **{
                    name: getattr(row, name)
                    for name in ("code", "title", "minimum", "exclusive_group", "combine_group")
                },
                **values,
                "programme": programme.code,
                "strength": row.strength,
                "kinds": "|".join(row.kinds),
                "channel": values["channel"] or "any",
            }


OF: dict[str, Callable[[Stock], Iterator[Values]]] = {
    "org_unit": _org_units,
    "person": _people,
    "appointment": _posts,
    "class": _classes,
    "dorm": _dorms,
    "club": _clubs,
    "course": _courses,
    "place": _places,
    "link": _links,
    "carrier_plan": _of_staff("carrier_plan"),
    "absence": _of_staff("absence"),
    "dispatch_catalogue": _categories,
    "sla_class": _limits,
    "requirement": _requirements,
    "legacy_ticket": _legacy,
}
