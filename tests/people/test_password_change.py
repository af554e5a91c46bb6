"""Changing one's password (safety.md §3, V-15)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.core.clock import now
from liaison.core.db import db
from liaison.people import passwords
from tests.cast import PASSWORD, person

NEW = "银杏叶落满了操场的跑道东边"


def _change(browser: Any, current: str, new: str, again: str | None = None) -> Any:
    return browser.post_form("/password", {"current": current, "new": new, "again": again or new})


def test_the_new_one_opens_and_the_old_one_does_not(typed_in: Any, client: Any) -> None:
    _change(typed_in("wang"), PASSWORD, NEW)
    assert client.submit("/sign-in", {"login": "wang", "password": PASSWORD}).status_code == 400
    assert client.submit("/sign-in", {"login": "wang", "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again", "sentence"),
    [
        ("anders", NEW, NEW, "现在的口令不对。"),
        (PASSWORD, NEW, NEW + "x", "两次写的不一样"),
        (PASSWORD, "kurz", "kurz", "至少 12 个字符"),
        (PASSWORD, "password20261", "password20261", "太常见"),
        (PASSWORD, PASSWORD, PASSWORD, "以前用过"),
        ("", "", "", "请写新口令。"),
    ],
)
def test_what_will_not_do_is_said_beside_the_field(
    typed_in: Any, current: str, new: str, again: str, sentence: str
) -> None:
    response = _change(typed_in("wang"), current, new, again)
    assert response.status_code == 400
    assert sentence in response.text
    assert NEW not in response.text  # a password is never shown again
    assert passwords.is_right(person("wang").password_hash, PASSWORD)


def test_the_stricter_profile_remembers_five(app: Any, typed_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "PROFILE", "dengbao")
    browser, old = typed_in("wang"), PASSWORD
    words = [f"Tundra-{letter}ampe-Wiese" for letter in "bcdfgh"]
    for word in words:
        assert _change(browser, old, word).status_code == 303
        old = word
    assert "以前用过" in _change(browser, old, words[1]).text
    assert _change(browser, old, words[0]).status_code == 303  # the sixth back is forgotten


def test_a_one_time_password_opens_nothing_but_its_own_change(app: Any, typed_in: Any) -> None:
    browser = typed_in("admin")
    person("admin").must_change_password = True
    assert browser.get("/accounts").location == "/password"
    assert browser.send("/accounts/li/deactivate").location == "/password"
    assert person("li").is_active
    assert _change(browser, PASSWORD, NEW).status_code == 303
    assert browser.get("/accounts").status_code == 200


def test_a_new_one_every_ninety_days_where_the_profile_says_so(
    app: Any, frozen: Any, sign_in_as: Any, monkeypatch: Any
) -> None:
    clock = frozen("2026-11-18 08:00")
    person("wang").password_set_at = clock.moment
    browser = sign_in_as("wang")
    clock.on(days=91)
    assert browser.get("/me").status_code == 200
    monkeypatch.setitem(app.config, "PROFILE", "dengbao")
    assert browser.get("/me").location == "/password"


def test_the_log_knows_that_it_was_changed_but_not_to_what(typed_in: Any, deeds: Any) -> None:
    from liaison.audit.models import AuditRow

    _change(typed_in("wang"), PASSWORD, NEW)
    assert ("password.changed", "wang") in deeds()
    for row in db.session.query(AuditRow):
        assert NEW not in row.detail + row.object
    assert person("wang").password_set_at <= now()


def test_a_weaker_old_hash_is_renewed_at_sign_in(client: Any, with_password: Any) -> None:
    from argon2 import PasswordHasher

    wang = with_password("wang")
    wang.password_hash = PasswordHasher(1, 16, 1).hash(PASSWORD)
    client.submit("/sign-in", {"login": "wang", "password": PASSWORD})
    db.session.expire_all()
    assert "m=8,t=1,p=1" in person("wang").password_hash
