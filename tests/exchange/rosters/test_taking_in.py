"""确认导入: rows added and changed as the file says, in one transaction; the same file again does nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from liaison.core.db import db
from liaison.exchange.models import RosterImport
from liaison.people.models import Person, Post, Supervision, Unit
from liaison.people.words import PostCategory, UnitType
from tests.exchange.rosters.books import CLASS, ROOM, TEACHER, book, everything, planned, taken_in

pytestmark = pytest.mark.usefixtures("app")
POST = {"staff_no": "1001", "unit": "mechanical", "title": "副院长", "category": "中层副职", "from_on": "2026/9/1"}


def unit(code):
    return db.session.scalars(select(Unit).filter_by(code=code)).one()


def test_a_person_comes_with_his_posts():
    taken_in(book(person=TEACHER, appointment=POST | {"is_principal": "是"}))
    person = db.session.scalars(select(Person).filter_by(staff_no="1001")).one()
    assert (person.login, person.name, person.unit_id) == ("xin", "新老师", unit("mechanical").id)
    assert person.password_hash is None
    (post,) = db.session.scalars(select(Post).filter_by(person_id=person.id))
    assert (post.title, post.category, post.from_on) == ("副院长", PostCategory.DIVISION_DEPUTY, date(2026, 9, 1))


def test_a_building_comes_once_with_all_its_rooms():
    taken_in(book(dorm=[ROOM, ROOM | {"room": "302"}, ROOM | {"room": "303", "size": 6}]))
    building, room = unit("ZY3"), unit("ZY3-303")
    assert (building.type, building.parent_id) == (UnitType.DORM_BUILDING, unit("logistics").id)
    assert (room.name, room.parent_id, room.size) == ("竹园3号楼303", building.id, 6)


def test_units_come_in_any_order_of_their_tree():
    below = {"code": "B2", "name": "二级", "type": "教研室", "parent": "B1", "can_receive_tickets": "否"}
    taken_in(book(org_unit=[below, below | {"code": "B1", "name": "一级", "type": "院系", "parent": "university"}]))
    assert unit("B2").parent_id == unit("B1").id


def test_what_a_cell_does_not_say_stays():
    taken_in(book(**{"class": CLASS}))
    taken_in(book(**{"class": CLASS | {"size": None, "name": "机械工程2601班"}}))
    assert (unit("JX2601").name, unit("JX2601").size) == ("机械工程2601班", 30)


def test_a_cell_is_emptied_by_saying_so():
    taken_in(book(**{"class": CLASS}))
    taken_in(book(**{"class": CLASS | {"size": "清空"}}))
    assert unit("JX2601").size is None


def test_the_leader_in_charge_changes_with_the_sheet():
    row = {"code": "library", "name": "图书馆", "type": "服务单位", "can_receive_tickets": "是"}
    taken_in(book(org_unit=row | {"supervising_leader": "li"}))
    taken_in(book(org_unit=row | {"supervising_leader": "chen"}))
    held = {
        (one.leader_id, one.until_on)
        for one in db.session.scalars(select(Supervision).filter_by(unit_id=unit("library").id))
    }
    people = {login: db.session.scalars(select(Person.id).filter_by(login=login)).one() for login in ("li", "chen")}
    assert {leader: until is None for leader, until in held} == {people["li"]: False, people["chen"]: True}


def test_the_same_file_twice_changes_nothing():
    data = book(person=TEACHER, appointment=POST, dorm=[ROOM], **{"class": CLASS})
    taken_in(data)
    before = everything()
    plan = planned(data)
    assert plan.steps == []
    assert plan.same == {"person": 1, "appointment": 1, "dorm": 2, "class": 1}
    taken_in(data)
    assert everything() == before


def test_an_import_keeps_how_many_rows_it_wrote():
    key = taken_in(book(person=[TEACHER, TEACHER | {"staff_no": "1002", "login": "er"}]))
    assert db.session.get_one(RosterImport, key).counts == {"person": [2, 0, 0]}
