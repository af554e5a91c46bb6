"""Wrong tries wait, per account and never per campus (safety.md §3, V-15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liaison.core.db import db
from liaison.core.errors import TooMany
from liaison.people import actions, throttling
from liaison.people.models import FailedTry
from liaison.people.throttling import ACCOUNT, Rule
from tests.cast import PASSWORD, person

WRONG = "不是这个口令 2026"
THREE = Rule(3, timedelta(minutes=10), timedelta(minutes=10))


def _try(client: Any, login: str, password: str = WRONG) -> int:
    return int(client.submit("/sign-in", {"login": login, "password": password}).status_code)


def test_the_sixth_try_waits_even_with_the_right_word(client: Any, with_password: Any) -> None:
    with_password("wang")
    assert [_try(client, "wang") for _n in range(5)] == [400] * 5
    assert _try(client, "wang", PASSWORD) == 429


def test_the_page_says_how_long(client: Any, with_password: Any) -> None:
    with_password("wang")
    for _n in range(5):
        _try(client, "wang")
    assert "请 15 分钟后再试" in client.submit("/sign-in", {"login": "wang", "password": PASSWORD}).text


def test_others_at_the_same_address_are_not_touched(client: Any, with_password: Any) -> None:
    with_password("wang")
    with_password("li")
    for _n in range(6):
        _try(client, "wang")
    assert _try(client, "li", PASSWORD) == 303


def test_an_account_that_does_not_exist_waits_the_same(client: Any) -> None:
    assert [_try(client, "nobody") for _n in range(6)] == [400] * 5 + [429]


def test_after_the_wait_the_right_word_opens(client: Any, with_password: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    with_password("wang")
    for _n in range(5):
        _try(client, "wang")
    clock.on(minutes=16)
    assert _try(client, "wang", PASSWORD) == 303


def test_each_lock_is_twice_as_long_as_the_last(app: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    waits = []
    for _lock in range(8):
        for _n in range(5):
            throttling.failed("account", "wang", ACCOUNT)
        waits.append(_minutes("account", "wang"))
        clock.on(minutes=waits[-1] + 1)
    assert waits == [15, 30, 60, 120, 240, 480, 480, 480]


def test_a_quiet_day_makes_the_next_lock_short_again(app: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    for _n in range(10):
        throttling.failed("account", "wang", ACCOUNT)
    clock.on(days=2)
    for _n in range(5):
        throttling.failed("account", "wang", ACCOUNT)
    assert _minutes("account", "wang") == 15


def test_slow_tries_are_forgotten(app: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    for _n in range(20):
        assert not throttling.failed("code", "10.0.0.7", THREE)
        clock.on(minutes=6)
    throttling.check("code", "10.0.0.7")


def test_an_address_waits_after_a_hundred(client: Any, app: Any) -> None:
    for _n in range(99):
        throttling.failed("address", "127.0.0.1", throttling.ADDRESS)
    assert _try(client, "nobody") == 400
    assert _try(client, "somebody-else") == 429


def test_a_right_word_forgets_the_wrong_ones_of_the_account_only(client: Any, with_password: Any) -> None:
    with_password("wang")
    for _n in range(4):
        _try(client, "wang")
    _try(client, "wang", PASSWORD)
    kinds = {row.kind for row in db.session.query(FailedTry)}
    assert kinds == {"address"}


def test_a_reset_by_the_administrator_ends_the_wait(client: Any, with_password: Any) -> None:
    with_password("wang")
    for _n in range(5):
        _try(client, "wang")
    word = actions.reset_password(person("wang"), actor_id=person("admin").id)
    db.session.commit()
    assert _try(client, "wang", word) == 303


def test_the_lock_is_recorded_once(client: Any, with_password: Any, deeds: Any) -> None:
    with_password("wang")
    for _n in range(8):
        _try(client, "wang")
    assert deeds() == [("sign_in.failed", "wang")] * 4 + [("sign_in.locked", "wang")]


def test_neither_account_nor_address_is_kept_in_clear(client: Any) -> None:
    _try(client, "wang")
    for row in db.session.query(FailedTry):
        assert len(row.key) == 64
        assert "wang" not in row.key


def test_guessing_the_present_password_waits_too(sign_in_as: Any, with_password: Any) -> None:
    with_password("wang")
    browser = sign_in_as("wang")
    new = {"new": "银杏叶落满了操场的跑道东", "again": "银杏叶落满了操场的跑道东"}
    for _n in range(5):
        assert "现在的口令不对。" in browser.post_form("/password", {"current": WRONG, **new}).text
    assert "15 分钟后再试" in browser.post_form("/password", {"current": PASSWORD, **new}).text


def test_sweeping_keeps_what_still_waits(app: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    throttling.failed("code", "old", THREE)
    clock.on(hours=25)
    throttling.failed("code", "new", THREE)
    throttling.sweep()
    assert db.session.query(FailedTry).count() == 1


def _minutes(kind: str, key: str) -> int:
    with pytest.raises(TooMany) as wait:
        throttling.check(kind, key)
    return wait.value.minutes
