"""A record may be mended until its month is locked; of two at once, the second sees both (safety.md R14)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.contacts.models import ContactEvent, ContactLeader, locks_at
from tests import cast
from tests.contacts.conftest import china
from workflows.contacts import State


@pytest.fixture
def filed(sign_in_as: Any, file_one: Any, contacts: Any) -> Any:
    file_one(sign_in_as("li"), "晚上十点以后没有热水", summary="晚上走访宿舍")
    return contacts()[0]


@pytest.fixture
def edit(filed: Any) -> Any:
    """edit(browser, place_id=…): what the page prefilled, with these changes."""
    return lambda browser, **typed: browser.post_form(f"/contacts/{filed.number}/edit", typed)


def test_it_changes_what_was_changed_and_nothing_else(sign_in_as: Any, edit: Any, contacts: Any, voices: Any) -> None:
    answer = edit(sign_in_as("li"), summary="看了水房和洗衣房", minutes="45", headcount="6-20")
    assert answer.status_code == 303
    (contact,) = contacts()
    assert (contact.summary, contact.minutes, contact.headcount) == ("看了水房和洗衣房", 45, "6-20")
    assert (contact.held_at, contact.place_id, contact.version) == (
        china("2026-11-18 20:40"),
        cast.unit("dorm-3").id,
        2,
    )
    assert voices()[0].text == "晚上十点以后没有热水"


def test_the_history_names_the_fields_but_not_the_texts(sign_in_as: Any, edit: Any, filed: Any, db: Any) -> None:
    edit(sign_in_as("li"), summary="看了水房和洗衣房", held_at="2026-11-17T20:40")
    latest = db.session.scalars(db.select(ContactEvent).order_by(ContactEvent.id.desc())).first()
    assert (latest.move, set(latest.data)) == ("edit", {"summary", "held_at"})
    assert "水房" not in str(latest.data)
    assert "李书记改了时间、简况" in sign_in_as("li").get(f"/contacts/{filed.number}").text.replace("示例大学 ", "")


def test_who_is_added_confirms_for_himself(sign_in_as: Any, edit: Any, db: Any) -> None:
    both = [str(cast.person(login).id) for login in ("li", "chen")]
    edit(sign_in_as("li"), leaders=both)
    rows = {row.person_id: row.confirmed_at for row in db.session.scalars(db.select(ContactLeader))}
    assert rows[cast.person("li").id] is not None
    assert rows[cast.person("chen").id] is None
    assert "待我确认" in sign_in_as("chen").get("/contacts/").text


def test_target_units_follow(sign_in_as: Any, edit: Any, filed: Any) -> None:
    browser = sign_in_as("li")
    edit(browser, targets=[str(cast.unit("mech-2301").id)])
    assert "机械2301班" in browser.get(f"/contacts/{filed.number}").text
    edit(browser, targets=[])
    assert "还联系了" not in browser.get(f"/contacts/{filed.number}").text.split("记录的经过")[0]


def test_the_second_of_two_sees_both_texts_and_decides(sign_in_as: Any, edit: Any, filed: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    edit(browser, summary="第一个人写的")
    second = edit(browser, summary="第二个人写的", version="1")
    assert second.status_code == 409
    assert "先改了这条记录" in second.text
    assert "第一个人写的" in second.text
    assert "第二个人写的" in second.text
    assert contacts()[0].summary == "第一个人写的"
    assert 'name="version" type="hidden" value="2"' in second.text
    assert edit(browser, summary="第二个人写的", version="2").status_code == 303
    assert contacts()[0].summary == "第二个人写的"


def test_bad_input_is_told_beside_its_field(sign_in_as: Any, edit: Any, contacts: Any) -> None:
    answer = edit(sign_in_as("li"), minutes="9999", summary="留着的话")
    assert answer.status_code == 422
    assert "请填 1 到 600 之间的数" in answer.text
    assert "留着的话" in answer.text
    assert contacts()[0].version == 1


def test_the_month_locks_on_the_fifth_of_the_next_at_midnight() -> None:
    assert locks_at(china("2026-11-18 20:40")) == locks_at(china("2026-11-30 23:59")) == china("2026-12-06 00:00")
    assert locks_at(china("2026-12-31 23:59")) == china("2027-01-06 00:00")


def test_a_locked_month_is_not_mended(sign_in_as: Any, filed: Any, frozen: Any) -> None:
    browser, address = sign_in_as("li"), f"/contacts/{filed.number}/edit"
    frozen("2026-12-05 23:59")
    assert browser.get(address).status_code == 200
    frozen("2026-12-06 00:00")
    answer = browser.get(address)
    assert answer.status_code == 409
    assert "11月的联系记录已在次月5日锁定" in answer.text
    assert "修改</a>" not in browser.get(f"/contacts/{filed.number}").text


def test_nothing_moves_into_a_locked_month(sign_in_as: Any, edit: Any, contacts: Any) -> None:
    assert "不能改到这一天" in edit(sign_in_as("li"), held_at="2026-10-30T16:00").text
    assert contacts()[0].version == 1


@pytest.mark.parametrize(
    ("login", "code"), [("noise-leader", 404), ("wang", 404), ("chen", 403), ("liaison", 403), ("zhang", 403)]
)
def test_others_do_not_edit_it(sign_in_as: Any, filed: Any, login: str, code: int) -> None:
    assert sign_in_as(login).get(f"/contacts/{filed.number}/edit").status_code == code


def test_a_liaison_mends_what_is_not_yet_confirmed(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("liaison")
    file_one(browser, place="mech-2301")
    address = f"/contacts/{contacts()[0].number}/edit"
    assert browser.post_form(address, {"summary": "班会"}).status_code == 303
    assert (contacts()[0].summary, contacts()[0].state) == ("班会", State.TO_CONFIRM)
    sign_in_as("li").send(address.replace("edit", "confirm"), {"version": "2"})
    assert browser.get(address).status_code == 403
