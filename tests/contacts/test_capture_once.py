"""Sent twice, filed once: the phone retried, the codes are new (safety.md R13, rulings §13 «Codes»)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from liaison.tickets.actions.codes import hashed
from liaison.tickets.models import TicketEvent
from tests.contacts.conftest import NEW

KEY = "0123456789abcdef0123456789abcdef"
CODE = re.compile(r'class="code-big number">([0-9A-Z]{5})-([0-9A-Z]{5})<')


def codes(page: str) -> list[str]:
    return ["".join(halves) for halves in CODE.findall(page)]


def test_a_repeat_leads_to_the_same_contact(sign_in_as: Any, file_one: Any, contacts: Any, voices: Any) -> None:
    browser = sign_in_as("li")
    first, second, third = (file_one(browser, "晚上十点以后没有热水", form_id=KEY) for _ in range(3))
    assert first.location == second.location == third.location
    assert (len(contacts()), len(voices())) == (1, 1)


def test_a_repeat_gives_a_new_code_and_kills_the_old_one(sign_in_as: Any, file_one: Any, voices: Any, db: Any) -> None:
    browser = sign_in_as("li")
    (old,) = codes(browser.get(file_one(browser, "晚上没有热水", form_id=KEY).location).text)
    assert voices()[0].code_hash == hashed(old)
    (new,) = codes(browser.get(file_one(browser, "晚上没有热水", form_id=KEY).location).text)
    assert voices()[0].code_hash == hashed(new) != hashed(old)
    assert "reissue_code" in set(db.session.scalars(db.select(TicketEvent.move)))


def test_another_person_may_have_the_same_key(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("li"), form_id=KEY)
    file_one(sign_in_as("chen"), form_id=KEY)
    assert len(contacts()) == 2


def test_a_device_that_sends_later_gets_the_address_of_the_cards(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    page = browser.get(NEW)  # sets the form's token
    assert page.status_code == 200
    answer = file_one(browser, "晚上没有热水", form_id=KEY)
    number = contacts()[0].number
    data = {"kind": "enter_dorm", "form_id": KEY, "place_id": "1", "held_at": "2026-11-18T20:40", "leaders": "1"}
    later = browser.send(NEW, {**data, "problems-0-text": "晚上没有热水"}, headers={"Accept": "application/json"})
    assert (later.status_code, later.json) == (201, {"number": number, "address": answer.location})
    assert codes(browser.get(later.json["address"]).text)


@pytest.mark.parametrize("rounds", [3])
def test_eight_at_once_file_one(sign_in_as: Any, file_one: Any, contacts: Any, rounds: int) -> None:
    browsers = [sign_in_as("li") for _ in range(8)]
    data = {"kind": "enter_dorm", "leaders": "1", "place_text": "操场看台", "problems-0-text": "晚上没有热水"}
    file_one(browsers[0])  # freezes the clock for all threads
    for number in range(rounds):
        key = f"{number:032x}"
        typed = {**data, "form_id": key, "held_at": "2026-11-18T20:40"}
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda browser, sent=typed: browser.send(NEW, sent), browsers))
        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.location for answer in answers}) == 1
    assert len(contacts()) == rounds + 1
