"""两步验证: a code from the telephone after the password (safety.md §3)."""

from __future__ import annotations

import re
from typing import Any

import pyotp
import pytest

from liaison.core import clock
from liaison.core.db import db
from liaison.people.models import SecondFactor
from tests.cast import PASSWORD, person


def secret_of(page: Any) -> str:
    return "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].split())


def code(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + later)


@pytest.fixture
def enrolled(frozen: Any, typed_in: Any) -> Any:
    """enrolled("wang"): the secret on his telephone and the clock."""

    def enrol(login: str) -> Any:
        time = frozen("2026-11-18 09:00")
        browser = typed_in(login)
        page = browser.get("/second-step/new")
        secret = secret_of(page)
        offer = re.search(r'name="offer"[^>]*value="([^"]+)"', page.text)[1]
        answer = browser.send("/second-step/new", {"offer": offer, "code": code(secret)})
        assert (answer.status_code, answer.location) == (303, "/me")
        time.on(minutes=1)
        return browser, secret, time

    return enrol


def signed_in_by_half(app: Any, login: str) -> Any:
    browser = app.test_client()
    assert browser.post_form("/sign-in", {"login": login, "password": PASSWORD}).status_code == 303
    return browser


def test_after_the_password_only_the_code_opens(app: Any, enrolled: Any, deeds: Any) -> None:
    _old, secret, _time = enrolled("wang")
    browser = signed_in_by_half(app, "wang")
    answer = browser.get("/queue")
    assert (answer.status_code, answer.location) == (303, "/second-step?next=/queue")
    assert browser.send("/tickets/LX2026-000001-7/accept").location == "/second-step"
    answer = browser.submit("/second-step?next=/queue", {"code": code(secret)}, to="/second-step")
    assert (answer.status_code, answer.location) == (303, "/queue")
    assert browser.get("/queue").status_code == 200
    assert ("second_step.proven", "") in deeds()


def test_a_wrong_code_is_said_beside_the_field_and_recorded(app: Any, enrolled: Any, deeds: Any) -> None:
    enrolled("wang")
    browser = signed_in_by_half(app, "wang")
    for typed in ("000000", "abc", "１２３４５６", "9" * 12):
        page = browser.post_form("/second-step", {"code": typed})
        assert page.status_code == 400
        assert "验证码不对" in page.text
    assert ("second_step.failed", "wang") in deeds()
    assert browser.get("/queue").status_code == 303


def test_a_code_opens_once(app: Any, enrolled: Any) -> None:
    _old, secret, _time = enrolled("wang")
    shown = code(secret)
    assert signed_in_by_half(app, "wang").post_form("/second-step", {"code": shown}).status_code == 303
    assert signed_in_by_half(app, "wang").post_form("/second-step", {"code": shown}).status_code == 400


@pytest.mark.parametrize(("later", "status"), [(-60, 400), (-30, 303), (30, 303), (90, 400)])
def test_the_clocks_may_differ_by_half_a_minute(app: Any, enrolled: Any, later: int, status: int) -> None:
    _old, secret, time = enrolled("wang")
    time.on(minutes=5)
    browser = signed_in_by_half(app, "wang")
    assert browser.post_form("/second-step", {"code": code(secret, later)}).status_code == status


def test_guessing_has_to_wait(app: Any, enrolled: Any) -> None:
    _old, secret, _time = enrolled("wang")
    browser = signed_in_by_half(app, "wang")
    for _try in range(5):
        browser.post_form("/second-step", {"code": "000000"})
    page = browser.post_form("/second-step", {"code": code(secret)})
    assert page.status_code == 429
    assert "请 15 分钟后再试" in page.text


def test_opening_it_ends_the_other_sessions(app: Any, enrolled: Any, open_sessions: Any) -> None:
    enrolled("wang")
    assert open_sessions("wang") == 1


def test_another_ones_picture_is_not_taken(typed_in: Any) -> None:
    foreign = re.search(r'name="offer"[^>]*value="([^"]+)"', typed_in("li").get("/second-step/new").text)[1]
    page = typed_in("wang").send("/second-step/new", {"offer": foreign, "code": "123456"})
    assert page.status_code == 400
    assert db.session.get(SecondFactor, person("wang").id) is None


def test_the_secret_lies_sealed(enrolled: Any) -> None:
    _browser, secret, _time = enrolled("wang")
    assert secret not in db.session.get_one(SecondFactor, person("wang").id).sealed


def test_a_new_password_keeps_the_proof(enrolled: Any) -> None:
    browser, _secret, _time = enrolled("wang")
    new = "银杏叶落满了操场的跑道东边"
    assert browser.post_form("/password", {"current": PASSWORD, "new": new, "again": new}).status_code == 303
    assert browser.get("/queue").status_code == 200


def test_who_is_free_to_closes_it_and_twice_is_harmless(enrolled: Any) -> None:
    browser, _secret, _time = enrolled("wang")
    assert browser.send("/second-step/end").location == "/me"
    assert browser.send("/second-step/end").location == "/me"
    assert "两步验证：未开启" in browser.get("/me").text


def test_the_administrator_takes_it_away_from_a_lost_telephone(
    app: Any, enrolled: Any, sign_in_as: Any, open_sessions: Any, deeds: Any
) -> None:
    enrolled("wang")
    admin = sign_in_as("admin")
    assert admin.submit("/accounts/wang", to="/accounts/wang/second-step/end").location == "/accounts/wang"
    assert ("second_step.ended", "wang") in deeds()
    assert open_sessions("wang") == 0
    assert signed_in_by_half(app, "wang").get("/queue").status_code == 200


def test_nobody_else_does(sign_in_as: Any, client: Any) -> None:
    assert sign_in_as("li").send("/accounts/wang/second-step/end").status_code == 404
    assert client.send("/accounts/wang/second-step/end").location.startswith("/sign-in")


def test_the_last_administrator_is_helped_from_the_shell(app: Any, enrolled: Any, open_sessions: Any) -> None:
    enrolled("admin")
    shell = app.test_cli_runner()
    assert "已取消" in shell.invoke(args=["end-second-step", "admin"]).output
    assert open_sessions("admin") == 0
    assert shell.invoke(args=["end-second-step", "nobody"]).exit_code == 1


@pytest.mark.parametrize("profile", ["dengbao", "asvs"])
def test_where_it_is_required_the_office_opens_it_first(
    app: Any, typed_in: Any, monkeypatch: Any, profile: str
) -> None:
    monkeypatch.setitem(app.config, "PROFILE", profile)
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "" if profile == "dengbao" else "required")
    browser = typed_in("wang")
    assert browser.get("/queue").location == "/second-step/new?next=/queue"
    assert "须用两步验证" in browser.get("/second-step/new?next=/queue").text
    answer = browser.submit("/second-step/new?next=/queue", {"code": "000000"}, to="/second-step/new")
    assert answer.status_code == 400
    secret = secret_of(answer)  # the same picture after a wrong code
    offer = re.search(r'name="offer"[^>]*value="([^"]+)"', answer.text)[1]
    done = browser.send("/second-step/new", {"offer": offer, "code": code(secret), "next": "/queue"})
    assert done.location == "/queue"
    assert browser.get("/queue").status_code == 200
    assert browser.send("/second-step/end").status_code == 409
    assert typed_in("sun").get("/queue").status_code == 200  # a handler sees his own department's matters only
