"""记一次联系: from the form to the rows (scenarios A1–A3, A21)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.contacts import recomputing
from liaison.contacts.models import ContactLeader
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.words import ContactKind, MeetingChannel
from liaison.tickets.models import Ticket
from tests import cast
from tests.client import forms
from tests.contacts.conftest import NEW, china, wall_time
from workflows.contacts import State


def test_a_contact_with_one_problem(sign_in_as: Any, frozen: Any, contacts: Any, voices: Any, db: Any) -> None:
    frozen("2026-11-18 20:40")
    typed = {"place_id": str(cast.unit("dorm-3").id), "problems-0-text": "晚上十点以后没有热水"}
    answer = sign_in_as("li").post_form(NEW, typed)
    (contact,), (voice,) = contacts(), voices()
    assert (answer.status_code, answer.location) == (303, f"/contacts/{contact.number}/card")
    assert contact.number.startswith("LJ2026-000001-")
    assert (contact.state, contact.kind, contact.place_id) == (
        State.CONFIRMED,
        ContactKind.ENTER_DORM,
        cast.unit("dorm-3").id,
    )
    assert contact.held_at == china("2026-11-18 20:40")
    assert (voice.text, voice.contact_id, voice.raised_at) == ("晚上十点以后没有热水", contact.id, contact.held_at)
    assert db.session.scalars(db.select(Ticket.number)).one().startswith("LX2026-")


def test_three_problems_are_three_tickets_of_one_contact(
    sign_in_as: Any, file_one: Any, contacts: Any, voices: Any
) -> None:
    file_one(sign_in_as("li"), "晚上没有热水", "洗衣机坏了两台", "网络经常断线")
    assert len(contacts()) == 1
    assert len({voice.ticket_id for voice in voices()}) == len({voice.code_hash for voice in voices()}) == 3


def test_a_contact_without_a_problem_is_complete(sign_in_as: Any, file_one: Any, contacts: Any, voices: Any) -> None:
    browser = sign_in_as("li")
    answer = file_one(browser, place="canteen-1", kind="enter_canteen")
    (contact,) = contacts()
    assert (answer.location, voices()) == (f"/contacts/{contact.number}", [])
    page = browser.get(answer.location).text
    assert "已记下：今天 20:40，进食堂。" in page
    assert "查询码卡" not in page


def test_only_the_place_has_to_be_chosen(sign_in_as: Any, frozen: Any) -> None:
    frozen("2026-11-18 20:40")
    page = sign_in_as("li").get(NEW)
    form = next(form for form in forms(page) if form.get("action") == NEW)
    checked = {(box.get("name"), box.get("value")) for box in form.iter("input") if box.get("checked") is not None}
    assert ("kind", "enter_dorm") in checked
    assert ("channel", "face_to_face") in checked
    assert ("leaders", str(cast.person("li").id)) in checked
    assert 'value="2026-11-18T20:40"' in page.text


def test_the_kind_used_last_and_the_places_of_late_are_at_hand(sign_in_as: Any, file_one: Any) -> None:
    browser = sign_in_as("li")
    file_one(browser, place="canteen-1", kind="enter_canteen")
    form = next(form for form in forms(browser.get(NEW)) if form.get("action") == NEW)
    options = [box for box in form.iter("input") if box.get("checked") is not None or box.get("name") == "place_id"]
    assert any(box.get("value") == "enter_canteen" for box in options)
    offered = [box.get("data-name") for box in options if box.get("name") == "place_id"]
    assert offered == ["机械2301班", "3号楼", "一食堂"]  # two links of his, then the place of late


def test_an_answer_given_on_the_spot_goes_with_the_voice(sign_in_as: Any, file_one: Any, db: Any) -> None:
    more = {"problems-0-is_on_spot": "y", "problems-0-answer": "自习区今晚起开放到二十三点。"}
    file_one(sign_in_as("li"), "图书馆能不能晚点关门", place="library", **more)
    assert db.session.scalars(db.select(Ticket)).one().is_on_spot


def test_an_urgent_problem_is_marked(sign_in_as: Any, file_one: Any, db: Any) -> None:
    file_one(sign_in_as("li"), "走廊的电线露出来了", **{"problems-0-is_urgent": "y"})
    assert db.session.scalars(db.select(Ticket)).one().is_urgent


def test_online_contacts_need_no_place(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("li"), place=None, kind="enter_online")
    (contact,) = contacts()
    assert (contact.place_text, contact.channel) == ("线上", MeetingChannel.ONLINE)


def test_one_contact_is_of_two_kinds_at_most(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("li"), second_kind="theme_meeting")
    assert contacts()[0].kinds == [ContactKind.ENTER_DORM, ContactKind.THEME_MEETING]
    assert "两种联系请选不同的" in file_one(sign_in_as("li"), second_kind="enter_dorm").text


def test_other_leaders_confirm_for_themselves(sign_in_as: Any, file_one: Any, db: Any) -> None:
    li, chen = cast.person("li").id, cast.person("chen").id
    file_one(sign_in_as("li"), leaders=[str(li), str(chen)])
    rows = {row.person_id: row.confirmed_at for row in db.session.scalars(db.select(ContactLeader))}
    assert rows[li] is not None
    assert rows[chen] is None


def test_a_cadre_records_contacts_of_his_own(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("zhang"), "宿舍门锁坏了")
    assert contacts()[0].state is State.CONFIRMED


@pytest.mark.parametrize("login", ["wang", "sun", "admin", "auditor"])
def test_the_page_is_not_there_for_those_who_meet_nobody(sign_in_as: Any, login: str) -> None:
    assert sign_in_as(login).get(NEW).status_code == 404


def test_a_contact_with_one_problem_stays_within_its_statements(sign_in_as: Any, file_one: Any, queries: Any) -> None:
    """With every programme in force: what it counts for is only outdated by it, and computed later."""
    settle_programmes(all_in_force=True)
    recomputing.recompute()
    browser = sign_in_as("li")
    file_one(browser, "先发一次，建好编号")
    key = browser.get(NEW).text.split('name="form_id"')[1].split('value="')[1][:32]
    data = {"form_id": key, "kind": "enter_dorm", "place_id": str(cast.unit("dorm-3").id), "held_at": wall_time()}
    data |= {"leaders": str(cast.person("li").id), "problems-0-text": "晚上没有热水"}
    with queries() as asked:
        assert browser.send(NEW, data).status_code == 303
    assert len(asked) <= 15, "\n".join(asked)
