"""The university itself: units, classes, rooms, people, posts, roles, ties, terms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.demo import content, programmes
from liaison.exchange.demo.school_year import TEACHING_WEEKS, WEEKS, seasons
from liaison.people.models import Delegation, Link, Person, Post, RoleGrant, Supervision, Unit
from liaison.people.words import OF_A_UNIT, PostCategory, Role, UnitFunction, UnitType
from liaison.settings.actions import settle
from liaison.tickets.actions.categories import settle_categories
from liaison.tickets.models import Category

PHONES = {"telephones": {"emergency_phones": [["心理咨询中心", "8765-4321"], ["保卫处值班", "8765-1110"]]}}


def build(today: date, password_hash: str | None = None) -> None:
    """Fill an empty database with 示例大学 as it stands on a day. One hash opens every account. Commits nothing."""
    since = date(today.year - 2, 9, 1)
    _units(since)
    keys = _keys(Unit.code, Unit.id)
    people = _people(keys, since, password_hash)
    _ties(keys, people, since, today)
    _terms(today)
    programmes.build(keys, people, since, today)
    programmes.courses(keys)
    _categories(keys)
    settle(PHONES)


def _keys(word: Any, key: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(select(word, key))}


def _units(since: date) -> None:
    keys: dict[str, int] = {}
    for order, row in enumerate(content.units().values(), start=1):
        unit = {
            "code": row["code"],
            "name": row["name"],
            "aliases": " ".join(row.get("aliases", [])),
            "type": UnitType(row["type"]),
            "function": UnitFunction(row["function"]) if "function" in row else None,
            "parent_id": keys.get(row.get("parent", "")),
            "can_receive_tickets": row.get("can_receive_tickets", False),
            "has_half_time_rule": row.get("has_half_time_rule", False),
            "order": order,
            "opened_on": since,
        }
        keys[row["code"]] = db.session.execute(insert(Unit).values(unit).returning(Unit.id)).scalar_one()
    rooms = [
        room for code in content.of_type("dorm_building") for room in _rooms(content.units()[code], keys[code], since)
    ]
    db.session.execute(insert(Unit), rooms)


def _rooms(building: content.Row, key: int, since: date) -> list[content.Row]:
    """101–124 … 601–624: every floor has as many rooms."""
    numbers = [
        f"{floor}{room:02d}"
        for floor in range(1, building["floors"] + 1)
        for room in range(1, building["rooms_per_floor"] + 1)
    ]
    return [
        {
            "code": f"{building['code']}-{number}",
            "name": f"{building['name']}{number}",
            "type": UnitType.DORM_ROOM,
            "parent_id": key,
            "order": 1000 + place,
            "opened_on": since,
        }
        for place, number in enumerate(numbers)
    ]


def _people(units: dict[str, int], since: date, password_hash: str | None) -> dict[str, int]:
    rows = content.university()["person"]
    at = clock.moment(since)
    secret = {"password_hash": password_hash, "password_set_at": clock.now() if password_hash else None}
    people = [{"login": row["login"], "name": row["display_name"], "created_at": at, **secret} for row in rows]
    db.session.execute(insert(Person), people)
    keys = _keys(Person.login, Person.id)
    db.session.execute(insert(Post), [_post(row, order, keys, units, since) for order, row in enumerate(rows)])
    db.session.execute(insert(RoleGrant), [grant for row in rows for grant in _grants(row, keys, units, since)])
    return keys


def _post(row: content.Row, order: int, people: dict[str, int], units: dict[str, int], since: date) -> content.Row:
    return {
        "person_id": people[row["login"]],
        "unit_id": units[row["unit"]],
        "title": row["post"],
        "category": _category(row),
        "is_principal": row.get("is_principal", False),
        "order": order,
        "from_on": since,
    }


def _category(row: content.Row) -> PostCategory:
    """What the post obliges to: said in the file for the two principals, else by the role."""
    if "leader" in row["roles"]:
        return PostCategory(row.get("category", PostCategory.VICE_LEADER))
    if "cadre" in row["roles"]:
        return PostCategory.DIVISION_DEPUTY if row.get("is_deputy") else PostCategory.DIVISION_HEAD
    return PostCategory.OTHER


def _grants(row: content.Row, people: dict[str, int], units: dict[str, int], since: date) -> list[content.Row]:
    return [
        {
            "person_id": people[row["login"]],
            "role": Role(role),
            "unit_id": units[row["unit"]] if Role(role) in OF_A_UNIT else None,
            "granted_at": clock.moment(since),
            "from_on": since,
        }
        for role in row["roles"]
    ]


def _ties(units: dict[str, int], people: dict[str, int], since: date, today: date) -> None:
    told = content.university()
    delegations = [
        {
            "leader_id": people[row["leader"]],
            "liaison_id": people[row["liaison"]],
            "from_on": today + timedelta(days=row["from_days"]),
            "until_on": today + timedelta(days=row["to_days"]),
        }
        for row in told["delegation"]
    ]
    supervisions = [
        {"leader_id": people[row["leader"]], "unit_id": units[row["unit"]], "from_on": since}
        for row in told["supervision"]
    ]
    links = [
        {"person_id": people[row["person"]], "unit_id": units[row["unit"]], "from_on": since} for row in told["link"]
    ]
    db.session.execute(insert(Delegation), delegations)
    db.session.execute(insert(Supervision), supervisions)
    db.session.execute(insert(Link), links)


def _terms(today: date) -> None:
    weeks = {"teaching_weeks": TEACHING_WEEKS, "exam_weeks": WEEKS - TEACHING_WEEKS}
    db.session.execute(insert(Term), [vars(season) | weeks for season in seasons(today)])


def usual_units() -> dict[str, str]:
    """Category code → code of the unit its matters usually go to."""
    return {row["code"]: row["lead"] for row in content.university()["category"]}


def _categories(units: dict[str, int]) -> None:
    """The twenty are the product's own; which unit each usually goes to is the school's."""
    settle_categories()
    for category, unit in usual_units().items():
        named = update(Category).where(Category.code == category).values(lead_unit_id=units[unit])
        db.session.execute(named.execution_options(synchronize_session=False))
