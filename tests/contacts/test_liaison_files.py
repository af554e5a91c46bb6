"""A liaison files, the leader confirms with one tap, or says it was otherwise (scenario A5)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.contacts.models import ContactEvent, ContactLeader
from tests import cast
from workflows.contacts import State


@pytest.fixture
def filed(sign_in_as: Any, file_one: Any, contacts: Any) -> Any:
    file_one(sign_in_as("liaison"), "班里投影仪坏了", place="mech-2301", kind="enter_group")
    return contacts()[0]


def test_what_a_liaison_files_waits_for_the_leader(filed: Any, voices: Any, db: Any) -> None:
    assert filed.state is State.TO_CONFIRM
    assert db.session.scalars(db.select(ContactLeader.confirmed_at)).all() == [None]
    assert voices()[0].filed_for_id == cast.person("li").id


def test_the_only_leader_one_writes_for_is_preset(sign_in_as: Any) -> None:
    page = sign_in_as("liaison").get("/contacts/new").text
    box = page.split(f'name="leaders" type="checkbox" value="{cast.person("li").id}"')[0][-60:]
    assert "李书记" in page
    assert "checked" in box or 'checked data-name="李书记"' in page


def test_the_leader_finds_it_on_his_list_and_confirms_with_one_tap(
    sign_in_as: Any, filed: Any, contacts: Any, db: Any
) -> None:
    browser = sign_in_as("li")
    assert "待我确认" in browser.get("/contacts/").text
    address = f"/contacts/{filed.number}/confirm?back=list"
    answer = browser.send(address, {"version": "1"})
    assert (answer.status_code, answer.location) == (303, "/contacts/")
    assert contacts()[0].state is State.CONFIRMED
    assert db.session.scalars(db.select(ContactLeader.confirmed_at)).one() is not None
    assert "待我确认" not in browser.get("/contacts/").text


def test_pressing_twice_is_told_so(sign_in_as: Any, filed: Any) -> None:
    browser = sign_in_as("li")
    browser.send(f"/contacts/{filed.number}/confirm", {"version": "1"})
    again = browser.send(f"/contacts/{filed.number}/confirm", {"version": "2"})
    assert again.status_code == 409
    assert "您已经答复过了" in again.text


def test_a_page_that_is_old_loses_the_race(sign_in_as: Any, filed: Any, contacts: Any) -> None:
    answer = sign_in_as("li").send(f"/contacts/{filed.number}/confirm", {"version": "7"})
    assert answer.status_code == 409
    assert "何老师" in answer.text
    assert contacts()[0].state is State.TO_CONFIRM


@pytest.mark.parametrize(("login", "code"), [("liaison", 404), ("chen", 404), ("wang", 404), ("zhang", 404)])
def test_nobody_confirms_for_him(sign_in_as: Any, filed: Any, contacts: Any, login: str, code: int) -> None:
    assert sign_in_as(login).send(f"/contacts/{filed.number}/confirm", {"version": "1"}).status_code == code
    assert contacts()[0].state is State.TO_CONFIRM


def test_he_sends_it_back_with_a_reason(sign_in_as: Any, filed: Any, contacts: Any, db: Any) -> None:
    browser = sign_in_as("li")
    page = f"/contacts/{filed.number}"
    assert browser.submit(page, {"version": "1"}, move="reject").status_code == 422
    browser.submit(page, {"version": "1", "reason": "那天是陈副校长去的"}, move="reject")
    assert contacts()[0].state is State.CANCELLED
    latest = db.session.scalars(db.select(ContactEvent).order_by(ContactEvent.id.desc())).first()
    assert (latest.move, latest.reason) == ("reject", "那天是陈副校长去的")
    assert "那天是陈副校长去的" in sign_in_as("liaison").get(page).text


def test_two_leaders_answer_each_for_himself(sign_in_as: Any, file_one: Any, contacts: Any, db: Any) -> None:
    both = [str(cast.person(login).id) for login in ("li", "chen")]
    file_one(sign_in_as("liaison"), place="mech-2301", leaders=both)
    number = contacts()[0].number
    sign_in_as("chen").send(f"/contacts/{number}/reject", {"version": "1", "reason": "我没有去"})
    assert contacts()[0].state is State.TO_CONFIRM
    sign_in_as("li").send(f"/contacts/{number}/confirm", {"version": "2"})
    assert contacts()[0].state is State.CONFIRMED
    rows = {row.person_id: row for row in db.session.scalars(db.select(ContactLeader))}
    assert rows[cast.person("chen").id].declined_at is not None
    assert rows[cast.person("li").id].confirmed_at is not None


def test_the_history_refuses_to_be_changed(filed: Any, db: Any) -> None:
    for statement in ("UPDATE contact_event SET reason = 'x'", "DELETE FROM contact_event"):
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(db.text(statement))
        db.session.rollback()


def test_a_delegation_that_is_over_gives_nothing(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    answer = file_one(sign_in_as("liaison"), leaders=str(cast.person("chen").id))  # chen's ended in 2022
    assert (answer.status_code, contacts()) == (422, [])
