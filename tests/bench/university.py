"""A university of ordinary size (performance.md «Scale»): staff, units, roles and ties. No student anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from liaison.core import clock
from liaison.people.models import Delegation, Link, Person, Post, RoleGrant, Supervision, Unit
from liaison.people.words import PostCategory, Role, UnitFunction, UnitType

DEPARTMENTS, COLLEGES, CLASSES, BUILDINGS, ROOMS, STAFF = 15, 12, 959, 40, 4_424, 2_140
SINCE = date(2020, 9, 1)
ISO = SINCE.isoformat()

# Keys are laid out in blocks, so that the archive can name a unit or a person by arithmetic.
UNIVERSITY, OFFICE = 1, 2
FIRST_DEPARTMENT = 3
FIRST_COLLEGE = FIRST_DEPARTMENT + DEPARTMENTS - 1
FIRST_BUILDING = FIRST_COLLEGE + COLLEGES
FIRST_CLASS = FIRST_BUILDING + BUILDINGS
FIRST_ROOM = FIRST_CLASS + CLASSES
RECEIVING = range(FIRST_DEPARTMENT, FIRST_BUILDING)  # departments without the office, and colleges
PLACES = range(FIRST_BUILDING, FIRST_ROOM + ROOMS)

CLERKS, DIRECTOR, OFFICER, AUDITOR = range(1, 7), 7, 8, 9
LEADERS = range(10, 19)
LIAISONS = range(19, 28)
FIRST_HEAD = 28
HANDLERS_OF_A_UNIT = 3
FIRST_HANDLER = FIRST_HEAD + len(RECEIVING)
FIRST_CADRE = FIRST_HANDLER + len(RECEIVING) * HANDLERS_OF_A_UNIT
CADRES = range(FIRST_CADRE, STAFF + 1)

Rows = Iterator[tuple[Any, ...]]


def head_of(unit: int) -> int:
    return FIRST_HEAD + unit - RECEIVING.start


def handler_of(unit: int, which: int = 0) -> int:
    return FIRST_HANDLER + (unit - RECEIVING.start) * HANDLERS_OF_A_UNIT + which % HANDLERS_OF_A_UNIT


def tables() -> Iterator[tuple[Any, str, Rows]]:
    """Each model with the names of the columns given and their rows; the rest take the model's defaults."""
    yield Unit, "id code name aliases type function parent_id can_receive_tickets order opened_on", _units()
    yield Person, "id login name created_at", _people()
    yield Post, "id person_id unit_id title category from_on", _posts()
    yield RoleGrant, "id person_id role unit_id granted_at from_on", _grants()
    yield Delegation, "id leader_id liaison_id from_on", _delegations()
    yield Supervision, "id leader_id unit_id from_on", _supervisions()
    yield Link, "id person_id unit_id from_on", _links()


def _units() -> Rows:
    def unit(key: int, name: str, kind: UnitType, parent: int | None, function: str | None = None) -> tuple[Any, ...]:
        return key, f"unit-{key}", name, "", kind.value, function, parent, key in RECEIVING, key, ISO

    yield unit(UNIVERSITY, "示例大学", UnitType.UNIVERSITY, None)
    yield unit(OFFICE, "党政办公室", UnitType.PARTY_OFFICE, UNIVERSITY)
    yield unit(FIRST_DEPARTMENT, "后勤保障处", UnitType.SERVICE_UNIT, UNIVERSITY)
    yield unit(FIRST_DEPARTMENT + 1, "纪委办公室", UnitType.PARTY_DEPT, UNIVERSITY, UnitFunction.DISCIPLINE.value)
    for number in range(2, DEPARTMENTS - 1):
        yield unit(FIRST_DEPARTMENT + number, f"第{number}处", UnitType.ADMIN_DEPT, UNIVERSITY)
    for number in range(COLLEGES):
        yield unit(FIRST_COLLEGE + number, f"第{number + 1}学院", UnitType.COLLEGE, UNIVERSITY)
    for number in range(BUILDINGS):
        yield unit(FIRST_BUILDING + number, f"{number + 1}号楼", UnitType.DORM_BUILDING, FIRST_DEPARTMENT)
    for number in range(CLASSES):
        college = FIRST_COLLEGE + number % COLLEGES
        yield unit(FIRST_CLASS + number, f"示例{2301 + number}班", UnitType.CLASS, college)
    for number in range(ROOMS):
        building = number % BUILDINGS
        name = f"{building + 1}号楼{101 + number // BUILDINGS}"
        yield unit(FIRST_ROOM + number, name, UnitType.DORM_ROOM, FIRST_BUILDING + building)


def _people() -> Rows:
    created = clock.moment(SINCE).strftime("%Y-%m-%d %H:%M:%S.%f")
    return ((key, f"staff-{key}", f"第{key}号老师", created) for key in range(1, STAFF + 1))


def _posts() -> Rows:
    return ((key, key, _home(key), "示例职务", _category(key), ISO) for key in range(1, STAFF + 1))


def _category(person: int) -> str:
    """What the programmes ask of him follows from it: everybody owes something."""
    return (PostCategory.VICE_LEADER if person in LEADERS else PostCategory.DIVISION_DEPUTY).value


def _home(person: int) -> int:
    if person < LEADERS.start:
        return OFFICE
    if person in LEADERS:
        return UNIVERSITY
    if FIRST_HEAD <= person < FIRST_HANDLER:
        return RECEIVING.start + person - FIRST_HEAD
    if FIRST_HANDLER <= person < FIRST_CADRE:
        return RECEIVING.start + (person - FIRST_HANDLER) // HANDLERS_OF_A_UNIT
    return RECEIVING.start + person % len(RECEIVING)


def _grants() -> Rows:
    """Who is what. Everybody without a task of his own meets students as a cadre."""
    of_the_office = {DIRECTOR: Role.DIRECTOR, OFFICER: Role.CONFIDENTIAL, AUDITOR: Role.AUDITOR}
    granted = clock.moment(SINCE).strftime("%Y-%m-%d %H:%M:%S.%f")
    for person in range(1, STAFF + 1):
        role, unit = Role.CADRE, _home(person)
        if person in CLERKS:
            role, unit = Role.CLERK, None
        elif person in of_the_office:
            role, unit = of_the_office[person], None
        elif person in LEADERS:
            role, unit = Role.LEADER, None
        elif person in LIAISONS:
            role = Role.LIAISON
        elif person < FIRST_HANDLER:
            role = Role.HEAD
        elif person < FIRST_CADRE:
            role = Role.HANDLER
        yield person, person, role.value, unit, granted, ISO


def _delegations() -> Rows:
    pairs = zip(LEADERS, LIAISONS, strict=True)
    return ((key, leader, liaison, ISO) for key, (leader, liaison) in enumerate(pairs, start=1))


def _supervisions() -> Rows:
    """Every unit has one leader in charge of it: three units each."""
    return ((unit, LEADERS[unit % len(LEADERS)], unit, ISO) for unit in RECEIVING)


def _links() -> Rows:
    """A leader is linked with a class, a building and three rooms; a cadre with a class."""
    key = 0
    for at, leader in enumerate(LEADERS):
        for unit in (FIRST_CLASS + at, FIRST_BUILDING + at, *range(FIRST_ROOM + 3 * at, FIRST_ROOM + 3 * at + 3)):
            key += 1
            yield key, leader, unit, ISO
    for person in CADRES:
        key += 1
        yield key, person, FIRST_CLASS + person % CLASSES, ISO
