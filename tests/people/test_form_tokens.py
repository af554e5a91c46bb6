"""Every form needs its token, and no page read changes anything (safety.md V-16)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.core.db import db
from tests.architecture.routes import address, rules

TOKENS = {"none": None, "empty": "", "random": "IjAwMDAi.abc.def", "of somebody else": "other"}


@pytest.mark.parametrize("token", TOKENS)
def test_no_form_is_taken_without_its_own_token(app: Any, sign_in_as: Any, queries: Any, token: str) -> None:
    browser, other = sign_in_as("admin"), sign_in_as("wang")
    browser.token()
    data = {} if TOKENS[token] is None else {"csrf_token": other.token() if token.startswith("of") else TOKENS[token]}
    addresses = [address(app, rule) for rule in rules(app, "POST")]
    assert len(addresses) > 20
    with queries() as asked:
        for where in addresses:
            assert browser.post(where, data=data).status_code == 400, where
    assert not [statement for statement in asked if not statement.startswith("SELECT")]


def test_the_words_of_a_form_that_came_too_late_are_shown(sign_in_as: Any) -> None:
    response = sign_in_as("admin").post("/accounts/new", data={"name": "新来的老师", "login": "new-one"})
    assert response.status_code == 400
    assert "新来的老师" in response.text


@pytest.mark.parametrize("page", ["/sign-in", "/me", "/password", "/sessions", "/accounts", "/accounts/li", "/units"])
def test_reading_changes_nothing(app: Any, sign_in_as: Any, queries: Any, page: str) -> None:
    browser = sign_in_as("admin")
    with queries() as asked:
        assert browser.get(page).status_code in (200, 303)
    assert not [statement for statement in asked if not statement.startswith("SELECT")]
    assert not db.session.dirty
