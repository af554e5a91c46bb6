"""Signing out ends the session itself, not only the cookie (safety.md V-14)."""

from __future__ import annotations

from typing import Any

import pytest


def _copy(app: Any, browser: Any) -> Any:
    thief = app.test_client()
    thief.set_cookie(app.config["SIGN_IN_COOKIE"], browser.get_cookie(app.config["SIGN_IN_COOKIE"]).value)
    return thief


def test_a_copied_cookie_is_dead_after_signing_out(app: Any, typed_in: Any) -> None:
    browser = typed_in("wang")
    thief = _copy(app, browser)
    assert thief.get("/me").status_code == 200
    assert browser.submit("/me", to="/sign-out").location == "/sign-in"
    assert thief.get("/me").status_code == 303
    assert browser.get_cookie(app.config["SIGN_IN_COOKIE"]) is None


def test_other_devices_stay_signed_in(typed_in: Any) -> None:
    phone, desk = typed_in("wang"), typed_in("wang")
    phone.submit("/me", to="/sign-out")
    assert desk.get("/me").status_code == 200


def test_a_link_cannot_sign_anybody_out(sign_in_as: Any) -> None:
    browser = sign_in_as("wang")
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/me").status_code == 200


@pytest.mark.parametrize("page", ["/me", "/sign-in", "/accounts"])
def test_nothing_is_kept_by_the_browser(sign_in_as: Any, page: str) -> None:
    response = sign_in_as("admin").get(page)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in response.headers["Vary"]


def test_a_token_set_before_signing_in_is_not_taken_over(app: Any, client: Any, with_password: Any) -> None:
    from tests.cast import PASSWORD

    with_password("wang")
    client.set_cookie(app.config["SIGN_IN_COOKIE"], "chosen-by-somebody-else")
    client.post_form("/sign-in", {"login": "wang", "password": PASSWORD})
    assert client.get_cookie(app.config["SIGN_IN_COOKIE"]).value != "chosen-by-somebody-else"
    other = app.test_client()
    other.set_cookie(app.config["SIGN_IN_COOKIE"], "chosen-by-somebody-else")
    assert other.get("/me").status_code == 303
