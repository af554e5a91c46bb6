"""The standing cast: the same people in every test, in roles that never change.

李书记 files problems, 王老师 receives them, 张处长's department solves them, 刘老师 has another
department; the names are invented. `noise` adds rows that no test asks for, so that a query which
forgets «visible to whom» fails at once.
"""

from __future__ import annotations

from datetime import date

from liaison.core import clock
from liaison.core.db import db
from liaison.people.models import Delegation, Link, Person, Post, RoleGrant, Supervision, Unit
from liaison.people.words import PostCategory, Role, UnitFunction, UnitType

R, T, P = Role, UnitType, PostCategory
LONG_AGO = date(2020, 9, 1)
PASSWORD = "一路向北的列车 2026"  # of everybody; hashed only where a test signs in by the form

UNITS: list[tuple[str, str, UnitType, str | None]] = [  # code, name, type, parent
    ("university", "示例大学", T.UNIVERSITY, None),
    ("party-office", "党政办公室", T.PARTY_OFFICE, "university"),
    ("discipline", "纪委办公室", T.PARTY_DEPT, "university"),
    ("logistics", "后勤保障处", T.SERVICE_UNIT, "university"),
    ("academic-affairs", "教务处", T.ADMIN_DEPT, "university"),
    ("it-centre", "信息化中心", T.SERVICE_UNIT, "university"),
    ("library", "图书馆", T.SERVICE_UNIT, "university"),
    ("mechanical", "机械学院", T.COLLEGE, "university"),
    ("mech-2301", "机械2301班", T.CLASS, "mechanical"),
    ("dorm-3", "3号楼", T.DORM_BUILDING, "logistics"),
    ("dorm-3-301", "3号楼301", T.DORM_ROOM, "dorm-3"),
    ("dorm-3-402", "3号楼402", T.DORM_ROOM, "dorm-3"),
    ("canteen-1", "一食堂", T.CANTEEN, "logistics"),
]
RECEIVING = {"logistics", "academic-affairs", "it-centre", "library", "mechanical"}
FUNCTIONS = {"discipline": UnitFunction.DISCIPLINE}
ALIASES = {"dorm-3": "三号楼 3栋", "canteen-1": "第一食堂", "logistics": "后勤处", "it-centre": "网络中心"}

PEOPLE: list[tuple[str, str, str, str, list[Role]]] = [  # login, name, post, unit, roles
    ("li", "李书记", "党委书记", "university", [R.LEADER]),
    ("chen", "陈副校长", "副校长", "university", [R.LEADER]),
    ("director", "周主任", "党政办公室主任", "party-office", [R.DIRECTOR]),
    ("wang", "王老师", "综合科科长", "party-office", [R.CLERK]),
    ("zhao-clerk", "赵老师", "督查科科长", "party-office", [R.CLERK]),
    ("officer", "郑老师", "保密专办员", "party-office", [R.CONFIDENTIAL]),
    ("zhang", "张处长", "后勤保障处处长", "logistics", [R.HEAD, R.CADRE]),
    ("sun", "孙师傅", "维修中心班长", "logistics", [R.HANDLER]),
    ("sun-colleague", "姜老师", "宿舍管理科科员", "logistics", [R.HANDLER]),
    ("liu", "刘老师", "教务处处长", "academic-affairs", [R.HEAD, R.CADRE]),
    ("liu-handler", "邓老师", "教学运行科科员", "academic-affairs", [R.HANDLER]),
    ("it-head", "余主任", "信息化中心主任", "it-centre", [R.HEAD]),
    ("it-handler", "杜老师", "网络运行科工程师", "it-centre", [R.HANDLER]),
    ("mechanical-head", "郭院长", "机械学院院长", "mechanical", [R.HEAD, R.CADRE]),
    ("desk", "阎老师", "机械学院办公室主任", "mechanical", [R.DESK]),
    ("liaison", "何老师", "机械学院办公室秘书", "mechanical", [R.LIAISON]),
    ("auditor", "曹老师", "监督检查室主任", "discipline", [R.AUDITOR]),
    ("admin", "管理员", "系统管理员", "it-centre", [R.ADMIN]),
    ("security", "安全审计员", "安全审计员", "it-centre", [R.SECURITY]),
]
OBLIGED = {  # 职务类别: what they owe follows from it
    "li": P.PARTY_SECRETARY,
    "chen": P.VICE_LEADER,
    "noise-leader": P.VICE_LEADER,
    **dict.fromkeys(["director", "zhang", "liu", "mechanical-head", "it-head", "noise-head"], P.DIVISION_HEAD),
}
OF_A_UNIT = {R.HEAD, R.HANDLER, R.DESK, R.LIAISON, R.CADRE}  # the other roles hold everywhere

DELEGATIONS = [("li", "liaison")]
SUPERVISIONS = [("chen", "logistics")]
LINKS = [("li", "mech-2301"), ("li", "dorm-3"), ("chen", "canteen-1"), ("zhang", "dorm-3")]

NOISE_UNITS = [
    ("noise-dept", "示例处", T.ADMIN_DEPT, "university"),
    ("noise-class", "示例2201班", T.CLASS, "noise-dept"),
]
NOISE_PEOPLE = [
    ("noise-leader", "许副校长", "副校长", "university", [R.LEADER]),
    ("noise-liaison", "冯老师", "学院办公室秘书", "noise-dept", [R.LIAISON]),
    ("noise-head", "方处长", "示例处处长", "noise-dept", [R.HEAD, R.CADRE]),
    ("noise-handler", "邹老师", "示例处科员", "noise-dept", [R.HANDLER]),
]


def settle() -> None:
    """Add the cast and their units to an empty database."""
    _add(UNITS, PEOPLE, DELEGATIONS, SUPERVISIONS, LINKS)


def noise() -> None:
    """Add people, units and ties that nobody in the cast has to do with, and ties that are over."""
    _add(NOISE_UNITS, NOISE_PEOPLE, [("noise-leader", "noise-liaison")], [("noise-leader", "noise-dept")], [])
    over = {"from_on": date(2021, 9, 1), "until_on": date(2022, 8, 31)}
    db.session.add(Delegation(leader_id=person("chen").id, liaison_id=person("liaison").id, **over))
    db.session.add(Link(person_id=person("chen").id, unit_id=unit("dorm-3").id, **over))
    _grant(person("noise-handler"), R.HEAD, unit("logistics"), **over)
    db.session.flush()


def person(login: str) -> Person:
    """One of the cast, loaded in the present session."""
    return db.session.scalars(db.select(Person).filter_by(login=login)).one()


def unit(code: str) -> Unit:
    return db.session.scalars(db.select(Unit).filter_by(code=code)).one()


def _add(units: list, people: list, delegations: list, supervisions: list, links: list) -> None:
    for order, row in enumerate(units, start=1):
        _add_unit(order, *row)
    for row in people:
        _add_person(*row)
    since = {"from_on": LONG_AGO}
    for leader, liaison in delegations:
        db.session.add(Delegation(leader_id=person(leader).id, liaison_id=person(liaison).id, **since))
    for leader, code in supervisions:
        db.session.add(Supervision(leader_id=person(leader).id, unit_id=unit(code).id, **since))
    for login, code in links:
        db.session.add(Link(person_id=person(login).id, unit_id=unit(code).id, **since))
    db.session.flush()


def _add_unit(order: int, code: str, name: str, kind: UnitType, parent: str | None) -> None:
    row = Unit(
        code=code,
        name=name,
        aliases=ALIASES.get(code, ""),
        type=kind,
        function=FUNCTIONS.get(code),
        parent_id=unit(parent).id if parent else None,
        can_receive_tickets=code in RECEIVING,
        order=order,
        opened_on=LONG_AGO,
    )
    db.session.add(row)
    db.session.flush()


def _add_person(login: str, name: str, title: str, code: str, roles: list[Role]) -> None:
    home = unit(code)
    row = Person(login=login, name=name, created_at=clock.moment(LONG_AGO))
    db.session.add(row)
    db.session.flush()
    category = OBLIGED.get(login, P.OTHER)
    db.session.add(Post(person_id=row.id, unit_id=home.id, title=title, category=category, from_on=LONG_AGO))
    for role in roles:
        _grant(row, role, home if role in OF_A_UNIT else None, from_on=LONG_AGO)


def _grant(who: Person, role: Role, where: Unit | None, *, from_on: date, until_on: date | None = None) -> None:
    row = RoleGrant(
        person_id=who.id,
        role=role,
        unit_id=where.id if where else None,
        granted_at=clock.moment(from_on),
        from_on=from_on,
        until_on=until_on,
    )
    db.session.add(row)
