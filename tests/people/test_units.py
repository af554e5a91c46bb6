"""Units: the tree, opening, changing, closing with a successor (domain.md §2.1, rulings §13)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Link, RoleGrant, Unit
from liaison.people.queries.acting import ties_of
from tests.cast import person, unit

ALLOWED = {"admin", "director"}


@pytest.mark.parametrize("login", ["admin", "director", "wang", "zhang"])
def test_only_director_and_administrator_keep_units(sign_in_as: Any, login: str) -> None:
    browser = sign_in_as(login)
    expected = 200 if login in ALLOWED else 404
    assert {browser.get(page).status_code for page in ("/units", "/units/library", "/units/new")} == {expected}
    if login not in ALLOWED:
        assert browser.send("/units/library/close").status_code == 404


def test_the_tree_is_walked_level_by_level(sign_in_as: Any) -> None:
    browser = sign_in_as("director")
    assert "示例大学" in browser.get("/units").text
    below = browser.get("/units?in=logistics").text
    assert "3号楼" in below
    assert "一食堂" in below
    assert "图书馆" not in below


@pytest.mark.parametrize("words", ["三号楼", "dorm-3", "3栋"])
def test_a_unit_is_found_by_what_people_call_it(sign_in_as: Any, words: str) -> None:
    assert "/units/dorm-3" in sign_in_as("director").get("/units", query_string={"q": words}).text


def test_a_new_unit_stands_under_its_parent(sign_in_as: Any, deeds: Any) -> None:
    typed = {"code": "dorm-9", "name": "9号楼", "type": "dorm_building", "parent": "后勤保障处"}
    answer = sign_in_as("director").post_form("/units/new", typed)
    assert answer.location == "/units/dorm-9"
    assert unit("dorm-9").parent_id == unit("logistics").id
    assert unit("dorm-9").opened_on == today()
    assert deeds() == [("unit.opened", "dorm-9")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "library"}, "这个编号已有单位用。"),
        ({"code": "图书"}, "编号用小写字母"),
        ({"code": "new"}, "编号用小写字母"),
        ({"parent": "不知道的处"}, "没有叫「不知道的处」的单位"),
        ({"name": ""}, "请写名称。"),
        ({"order": "很多"}, ""),
        ({"type": "student"}, ""),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(sign_in_as: Any, typed: dict[str, str], sentence: str) -> None:
    whole = {"code": "x-1", "name": "某处", "type": "admin_dept", "parent": "university", **typed}
    before = db.session.query(Unit).count()
    answer = sign_in_as("director").post_form("/units/new", whole)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert db.session.query(Unit).count() == before


def test_renaming_keeps_everything_else(sign_in_as: Any) -> None:
    before = unit("dorm-3")
    kept = (before.parent_id, before.aliases, before.type, before.order)
    sign_in_as("director").submit("/units/dorm-3", {"name": "三号学生公寓"}, to="/units/dorm-3")
    db.session.expire_all()
    after = unit("dorm-3")
    assert after.name == "三号学生公寓"
    assert (after.parent_id, after.aliases, after.type, after.order) == kept


def test_who_was_slower_reads_so_and_keeps_his_text(sign_in_as: Any) -> None:
    one, two = sign_in_as("director"), sign_in_as("admin")
    version = unit("library").version
    typed = {"name": "图书馆与档案馆", "type": "service_unit", "parent": "university", "order": "1", "version": version}
    assert one.send("/units/library", typed).status_code == 303
    late = two.send("/units/library", {**typed, "name": "图文信息中心"})
    assert late.status_code == 409
    assert "图书馆与档案馆" in late.text
    assert 'value="图文信息中心"' in late.text
    db.session.expire_all()
    assert unit("library").name == "图书馆与档案馆"


def test_a_unit_does_not_stand_under_itself(sign_in_as: Any) -> None:
    answer = sign_in_as("director").submit("/units/logistics", {"parent": "dorm-3-301"}, to="/units/logistics")
    assert answer.status_code == 400
    assert "不能是它自己或它的下级" in answer.text


def test_it_says_who_is_missing_before_tickets_can_come(sign_in_as: Any) -> None:
    browser = sign_in_as("director")
    assert "还不能交办给它" in browser.get("/units/library").text  # receives, but nobody is there
    assert "还不能交办给它" not in browser.get("/units/logistics").text
    db.session.query(RoleGrant).filter_by(person_id=person("zhang").id).delete()
    assert "缺部门负责人" in browser.get("/units/logistics").text


def test_closing_needs_a_successor_where_something_hangs_on_it(sign_in_as: Any) -> None:
    browser = sign_in_as("director")
    answer = browser.submit("/units/canteen-1", to="/units/canteen-1/close")
    assert answer.status_code == 400
    assert "请写明由哪个单位接续" in answer.text
    assert unit("canteen-1").closed_on is None


def test_parts_and_links_pass_to_the_successor_in_one_act(sign_in_as: Any, deeds: Any) -> None:
    chen = person("chen").id
    old, new = unit("logistics"), unit("library")
    browser = sign_in_as("director")
    browser.submit("/units/canteen-1", {"close-successor": "dorm-3"}, to="/units/canteen-1/close")
    browser.submit("/units/logistics", {"close-successor": "图书馆"}, to="/units/logistics/close")
    db.session.expire_all()
    assert old.closed_on == today()
    assert old.successor_id == new.id
    assert not old.can_receive_tickets
    assert unit("dorm-3").parent_id == new.id
    assert ties_of(chen).linked == {unit("dorm-3").id}
    assert ties_of(chen).supervised == {new.id}
    past = db.session.query(Link).filter_by(person_id=chen, unit_id=unit("canteen-1").id).one()
    assert past.until_on is not None
    assert [deed for deed, _about in deeds()] == ["unit.closed", "unit.closed"]


def test_an_empty_room_closes_without_one(sign_in_as: Any) -> None:
    browser = sign_in_as("director")
    browser.submit("/units/dorm-3-402", to="/units/dorm-3-402/close")
    db.session.expire_all()
    assert unit("dorm-3-402").closed_on == today()
    assert browser.send("/units/dorm-3-402/close").status_code == 409


def test_thousands_of_rooms_are_paged(sign_in_as: Any, queries: Any) -> None:
    import re

    from liaison.people.words import UnitType

    parent = unit("dorm-3").id
    db.session.add_all(
        Unit(code=f"r-{n}", name=f"房间{n}", type=UnitType.DORM_ROOM, parent_id=parent, opened_on=today(), order=n % 7)
        for n in range(230)
    )
    browser, seen, address = sign_in_as("director"), [], "/units?in=dorm-3"
    while address:
        with queries() as asked:
            page = browser.get(address).text
        assert len(asked) <= 7
        seen += re.findall(r'href="/units/(r-\d+)"', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward.group(1).replace("&amp;", "&") if onward else None
    assert len(seen) == len(set(seen)) == 230
