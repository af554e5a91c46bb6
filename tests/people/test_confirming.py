"""Approvals and exports ask for the password again after a while (rulings §13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from liaison.access import signed_in
from liaison.people.door import require_recent
from tests.cast import PASSWORD


@pytest.fixture
def approve(app: Any) -> Iterator[list[dict[str, list[str]]]]:
    """A page of its own that needs a fresh password, and what was approved there."""
    from flask import request

    approved: list[dict[str, list[str]]] = []

    @signed_in
    @require_recent
    def approval() -> str:
        if request.method == "POST":
            approved.append(request.form.to_dict(flat=False))
        return "<!doctype html><html lang=zh><head><title>x</title></head><body><p>yes</p></body></html>"

    app.view_functions["people.own_sessions"], before = approval, app.view_functions["people.own_sessions"]
    for rule in app.url_map.iter_rules("people.own_sessions"):
        rule.methods.add("POST")
    app.url_map.update()
    yield approved
    app.view_functions["people.own_sessions"] = before


@pytest.fixture
def later(frozen: Any, typed_in: Any) -> Any:
    """王老师, signed in twenty minutes ago."""
    clock = frozen("2026-11-18 08:00")
    browser = typed_in("wang")
    clock.on(minutes=20)
    return browser


def test_just_after_signing_in_nothing_is_asked(approve: Any, typed_in: Any) -> None:
    assert typed_in("wang").get("/sessions").status_code == 200


def test_a_page_asks_first_and_comes_back(approve: Any, later: Any) -> None:
    asked = later.get("/sessions")
    assert (asked.status_code, asked.location) == (303, "/confirm?next=/sessions")
    answer = later.submit(asked.location, {"confirm_password": PASSWORD}, to="/confirm")
    assert answer.location == "/sessions"
    assert later.get("/sessions").status_code == 200


def test_a_wrong_word_approves_nothing(approve: Any, later: Any) -> None:
    answer = later.submit("/confirm?next=/sessions", {"confirm_password": "falsch"}, to="/confirm")
    assert answer.status_code == 400
    assert "口令不对" in answer.text
    assert later.get("/sessions").status_code == 303


def test_it_lasts_a_quarter_of_an_hour(approve: Any, frozen: Any, typed_in: Any) -> None:
    clock = frozen("2026-11-18 09:00")
    browser = typed_in("wang")
    clock.on(minutes=15)
    assert browser.get("/sessions").status_code == 200
    clock.on(seconds=1)
    assert browser.get("/sessions").status_code == 303
