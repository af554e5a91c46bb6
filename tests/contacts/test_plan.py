"""计划: planned in one go, recorded or called off later; it credits nothing by itself (domain.md §4.7)."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from liaison.contacts.actions import planning
from liaison.contacts.models import ContactEvent, ContactLeader
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries.ahead import visits_ahead
from liaison.programmes.words import ContactKind
from tests import cast
from tests.contacts.conftest import NEW, china
from workflows.contacts import State

PLAN = "/contacts/plan"


@pytest.fixture
def planned(sign_in_as: Any, frozen: Any, contacts: Any) -> Any:
    """A visit of 李书记 to 3号楼 on Friday the 20th, planned on Wednesday."""
    frozen("2026-11-18 10:00")
    typed = {"place_id": str(cast.unit("dorm-3").id), "held_at": "2026-11-20T16:00"}
    assert sign_in_as("li").post_form(PLAN, typed).location == PLAN
    (contact,) = contacts()
    return contact


def record(browser: Any, number: str, **typed: str) -> Any:
    return browser.post_form(f"{NEW}?planned={number}", typed)


def test_it_is_kept_as_a_plan_and_stands_in_no_list_of_records(sign_in_as: Any, planned: Any) -> None:
    assert (planned.state, planned.kind) == (State.PLANNED, ContactKind.ENTER_DORM)
    assert planned.held_at == china("2026-11-20 16:00")
    assert "11月20日 16:00 · 3号楼" in sign_in_as("li").get(PLAN).text
    assert "还没有联系记录" in sign_in_as("li").get("/contacts/").text
    assert "计划中" in sign_in_as("liaison").get(PLAN).text
    assert "计划中" not in sign_in_as("chen").get(PLAN).text


def test_a_duty_or_a_gap_fills_the_page(sign_in_as: Any, frozen: Any) -> None:
    frozen("2026-11-20 10:00")  # a Friday
    asked = {"place": cast.unit("canteen-1").id, "kind": "enter_canteen"}
    page = sign_in_as("li").get(PLAN, query_string=asked).text
    assert "一食堂" in page
    assert 'value="2026-11-23T16:00"' in page  # the next working day
    assert sign_in_as("li").get(PLAN, query_string={"place": "x", "kind": "y"}).status_code == 200


def test_recording_it_makes_a_record_like_any_other(
    sign_in_as: Any, planned: Any, frozen: Any, contacts: Any, voices: Any, db: Any
) -> None:
    frozen("2026-11-20 18:00")
    browser = sign_in_as("li")
    assert 'value="2026-11-20T16:00"' in browser.get(f"{NEW}?planned={planned.number}").text
    answer = record(browser, planned.number, **{"problems-0-text": "晚上十点以后没有热水"})
    (contact,), (voice,) = contacts(), voices()
    assert answer.location == f"/contacts/{planned.number}/card"
    assert (contact.state, contact.held_at) == (State.CONFIRMED, china("2026-11-20 16:00"))
    assert (voice.contact_id, voice.raised_at) == (contact.id, contact.held_at)
    moves = db.session.scalars(db.select(ContactEvent.move).order_by(ContactEvent.seq)).all()
    assert moves == ["plan", "record", "confirm_own"]
    assert contact.event_count == 3
    assert db.session.scalars(db.select(ContactLeader.confirmed_at)).one() is not None


def test_recording_it_earlier_takes_the_present_time(sign_in_as: Any, planned: Any, frozen: Any, contacts: Any) -> None:
    frozen("2026-11-19 09:00")
    record(sign_in_as("li"), planned.number)
    assert contacts()[0].held_at == china("2026-11-19 09:00")


def test_what_a_liaison_records_of_a_plan_waits_for_his_leader(
    sign_in_as: Any, planned: Any, frozen: Any, contacts: Any
) -> None:
    frozen("2026-11-20 18:00")
    record(sign_in_as("liaison"), planned.number)
    assert contacts()[0].state is State.TO_CONFIRM


def test_a_plan_is_recorded_once(sign_in_as: Any, planned: Any, frozen: Any, contacts: Any) -> None:
    frozen("2026-11-20 18:00")
    browser = sign_in_as("li")
    record(browser, planned.number)
    answer = browser.get(f"{NEW}?planned={planned.number}")
    assert answer.status_code == 409
    assert "已经记下或取消了" in answer.text
    assert len(contacts()) == 1


def test_it_is_called_off_without_a_reason(sign_in_as: Any, planned: Any, contacts: Any) -> None:
    browser, address = sign_in_as("li"), f"/contacts/{planned.number}/cancel"
    assert browser.send(address, {"version": "1"}).status_code == 303
    assert contacts()[0].state is State.CANCELLED
    assert browser.send(address, {"version": "1"}).status_code == 409


@pytest.mark.parametrize(("login", "code"), [("chen", 404), ("noise-liaison", 404), ("zhang", 404), ("director", 404)])
def test_others_do_not_touch_it(sign_in_as: Any, planned: Any, contacts: Any, login: str, code: int) -> None:
    assert sign_in_as(login).send(f"/contacts/{planned.number}/cancel", {"version": "1"}).status_code == code
    assert contacts()[0].state is State.PLANNED


def test_nobody_edits_a_plan(sign_in_as: Any, planned: Any) -> None:
    assert sign_in_as("li").get(f"/contacts/{planned.number}/edit").status_code == 403


def test_the_past_cannot_be_planned(sign_in_as: Any, frozen: Any, contacts: Any) -> None:
    frozen("2026-11-18 10:00")
    typed = {"place_id": str(cast.unit("dorm-3").id), "held_at": "2026-11-17T16:00"}
    assert "今后一年之内" in sign_in_as("li").post_form(PLAN, typed).text
    assert contacts() == []


def test_a_form_sent_twice_plans_once(sign_in_as: Any, frozen: Any, contacts: Any) -> None:
    frozen("2026-11-18 10:00")
    same = {"form_id": "a" * 32, "kind": "enter_dorm", "place_id": str(cast.unit("dorm-3").id)}
    same |= {"held_at": "2026-11-20T16:00", "leaders": str(cast.person("li").id)}
    browser = sign_in_as("li")
    assert [browser.send(PLAN, same).status_code for _ in range(2)] == [303, 303]
    assert len(contacts()) == 1


def test_it_is_there_for_those_who_record_contacts(sign_in_as: Any, client: Any) -> None:
    assert sign_in_as("wang").get(PLAN).status_code == 404
    assert "/sign-in" in client.get(PLAN).location


@pytest.fixture
def many_forgotten(planned: Any, db: Any, actor_of: Any, frozen: Any) -> Any:
    """Thirty plans of October that nobody recorded or called off, besides the one of Friday; it is Wednesday."""
    frozen("2026-09-01 10:00")
    place, li = cast.unit("canteen-1").id, cast.person("li").id
    for day in range(1, 31):
        occasion = Occasion(china(f"2026-10-{day:02} 12:00"), ContactKind.ENTER_CANTEEN, (li,), place_id=place)
        planning.plan(actor_of("li"), occasion)
    db.session.commit()
    frozen("2026-11-18 11:00")
    return planned


def test_what_is_to_come_stands_before_whatever_was_forgotten(many_forgotten: Any, sign_in_as: Any) -> None:
    browser = sign_in_as("li")
    page = browser.get(PLAN).text
    coming, past = page.index("11月20日 16:00"), page.index("10月1日 12:00")
    assert page.index("计划中") < coming < page.index("日子过了，还没有记") < past
    assert page.count("走访前看一眼") == 1  # before a visit, not after
    assert "10月30日 12:00" not in page
    (older,) = re.findall(r'rel="next" href="([^"]+)"', page)
    assert "10月30日 12:00" in browser.get(unescape(older)).text


def test_the_coming_visit_is_kept_however_many_were_forgotten(many_forgotten: Any, actor_of: Any) -> None:
    assert [visit.place for visit in visits_ahead(actor_of("li"))] == ["3号楼"]
