"""Signing in by the form (safety.md V-15, §3)."""

from __future__ import annotations

from typing import Any

import pytest
from argon2 import PasswordHasher

from liaison.core.db import db
from liaison.people.models import SignIn
from tests.cast import PASSWORD, person

WRONG = "不是这个口令 2026"


def _sign_in(client: Any, login: str, password: str, **more: str) -> Any:
    return client.submit("/sign-in", {"login": login, "password": password, **more})


def _cookie(response: Any, app: Any) -> str:
    name = app.config["SIGN_IN_COOKIE"] + "="
    return next((line for line in response.headers.getlist("Set-Cookie") if line.startswith(name)), "")


def test_it_lets_in_who_knows_the_password(client: Any, with_password: Any) -> None:
    with_password("wang")
    response = _sign_in(client, "wang", PASSWORD)
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/me").status_code == 200


def test_capitals_in_the_account_do_not_matter(client: Any, with_password: Any) -> None:
    with_password("wang")
    assert _sign_in(client, " Wang ", PASSWORD).status_code == 303


def test_the_page_has_one_password_field_and_posts_to_itself(client: Any) -> None:
    page = client.get("/sign-in").text
    assert page.count('type="password"') == 1
    assert 'action="/sign-in"' in page


def test_a_page_asked_for_before_is_opened_afterwards(client: Any, with_password: Any) -> None:
    with_password("admin")
    asked = client.get("/accounts?q=wang")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/accounts?q%3Dwang")
    response = client.submit(asked.location, {"login": "admin", "password": PASSWORD})
    assert response.location == "/accounts?q=wang"


def test_nobody_and_the_wrong_word_read_the_same(client: Any, with_password: Any) -> None:
    with_password("wang")
    answers = [_sign_in(client, login, WRONG) for login in ("wang", "wanh")]
    known, unknown = (answer.text.replace("wanh", "wang") for answer in answers)
    assert [answer.status_code for answer in answers] == [400, 400]
    assert _without_tokens(known) == _without_tokens(unknown)


def test_nobody_and_the_wrong_word_cost_the_same(client: Any, with_password: Any, monkeypatch: Any) -> None:
    with_password("wang")
    person("li").password_hash = None
    checked: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, h, w: (checked.append(h), verify(self, h, w))[1])
    for login in ("wang", "nobody", "li"):
        _sign_in(client, login, WRONG)
    assert len(checked) == 3
    assert len({stored.split("$")[3] for stored in checked}) == 1  # the same parameters, so the same time


def test_a_closed_account_opens_nothing(client: Any, with_password: Any) -> None:
    with_password("wang").is_active = False
    assert _sign_in(client, "wang", PASSWORD).status_code == 400
    assert db.session.query(SignIn).count() == 0


def test_a_one_time_password_opens_for_fourteen_days(client: Any, with_password: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    wang = with_password("wang")
    wang.must_change_password, wang.password_set_at = True, clock.moment
    db.session.commit()
    clock.on(days=13)
    assert _sign_in(client, "wang", PASSWORD).status_code == 303
    client.delete_cookie("sign-in")
    clock.on(days=2)
    assert _sign_in(client, "wang", PASSWORD).status_code == 400


def test_the_table_keeps_only_the_hash_of_the_token(client: Any, with_password: Any, app: Any) -> None:
    with_password("wang")
    token = _cookie(_sign_in(client, "wang", PASSWORD), app).split("=")[1].split(";")[0]
    kept = db.session.query(SignIn).one().token_hash
    assert len(token) >= 43
    assert token not in kept
    assert len(kept) == 64


def test_the_form_token_changes_with_the_person(client: Any, with_password: Any) -> None:
    with_password("wang")
    client.token()
    with client.session_transaction() as before:
        old = before["csrf_token"]
    _sign_in(client, "wang", PASSWORD)
    with client.session_transaction() as after:
        assert after.get("csrf_token") != old


@pytest.mark.parametrize(("login", "days"), [("li", 30), ("liaison", 30), ("wang", None), ("zhang", None)])
def test_only_phones_of_leaders_and_liaisons_keep_the_cookie(
    client: Any, with_password: Any, app: Any, login: str, days: int | None
) -> None:
    with_password(login)
    cookie = _cookie(_sign_in(client, login, PASSWORD), app)
    assert ("Max-Age" in cookie) is (days is not None)
    assert days is None or f"Max-Age={days * 24 * 3600}" in cookie


def test_the_cookie_is_not_for_scripts_nor_other_sites(client: Any, with_password: Any, app: Any) -> None:
    with_password("wang")
    cookie = _cookie(_sign_in(client, "wang", PASSWORD), app)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # a campus test site on plain HTTP could not sign in otherwise


def test_under_https_the_cookie_is_bound_to_the_host(
    client: Any, with_password: Any, app: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "HTTPS", True)
    monkeypatch.setitem(app.config, "SIGN_IN_COOKIE", "__Host-sign-in")
    with_password("wang")
    cookie = _cookie(_sign_in(client, "wang", PASSWORD), app)
    assert cookie.startswith("__Host-sign-in=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("header", ["X-Remote-User", "Remote-User", "X-Forwarded-User", "Authorization"])
def test_a_header_says_nothing_about_who_one_is(client: Any, header: str) -> None:
    assert client.get("/me", headers={header: "admin"}).status_code == 303


def test_what_nobody_is_called_is_not_kept(client: Any, with_password: Any, deeds: Any) -> None:
    with_password("wang")
    _sign_in(client, "my-secret-typed-in-the-wrong-box", WRONG)
    _sign_in(client, "wang", WRONG)
    _sign_in(client, "wang", PASSWORD)
    assert deeds() == [("sign_in.failed", ""), ("sign_in.failed", "wang"), ("sign_in.made", "")]


def test_what_was_typed_stays_but_not_the_password(client: Any) -> None:
    response = _sign_in(client, "wang", WRONG)
    assert 'value="wang"' in response.text
    assert WRONG not in response.text


def test_an_empty_form_says_what_is_missing(client: Any) -> None:
    response = _sign_in(client, "", "")
    assert response.status_code == 400
    assert "请写账号。" in response.text
    assert "请写口令。" in response.text


@pytest.mark.parametrize("login", ["x" * 50_000, "\x00wang", "wang\r\nSet-Cookie: a=b", "' OR 1=1 --", "王" * 41])
def test_hostile_accounts_are_only_wrong(client: Any, login: str) -> None:
    assert _sign_in(client, login, WRONG).status_code == 400


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'name="csrf_token"[^>]*value="[^"]+"|value="[^"]+"[^>]*name="csrf_token"', "", page)
