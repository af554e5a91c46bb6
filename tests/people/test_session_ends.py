"""When a session ends by itself or by somebody's deed: exactly the right ones (safety.md V-14, rulings §13)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.core.db import db
from liaison.people import actions
from liaison.people.models import SignIn
from liaison.people.words import Role
from tests.cast import PASSWORD, person, unit


def _is_in(browser: Any) -> bool:
    return bool(browser.get("/me").status_code == 200)


def test_an_office_session_ends_after_half_an_hour_of_nothing(frozen: Any, typed_in: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    browser = typed_in("wang")
    for _visit in range(3):
        clock.on(minutes=29)
        assert _is_in(browser)
    clock.on(minutes=31)
    assert not _is_in(browser)


def test_an_office_session_ends_after_twelve_hours_whatever_happens(frozen: Any, typed_in: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    browser = typed_in("wang")
    for _visit in range(28):
        clock.on(minutes=25)
        assert _is_in(browser)
    clock.on(minutes=25)
    assert not _is_in(browser)


def test_the_stricter_profile_waits_a_quarter_of_an_hour(
    app: Any, frozen: Any, typed_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "PROFILE", "dengbao")
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "offered")
    clock = frozen("2026-11-18 08:00")
    browser = typed_in("wang")
    clock.on(minutes=14)
    assert _is_in(browser)
    clock.on(minutes=16)
    assert not _is_in(browser)


def test_a_leaders_phone_stays_for_thirty_days_after_the_last_use(app: Any, frozen: Any, typed_in: Any) -> None:
    clock = frozen("2026-11-01 08:00")
    browser = typed_in("li")
    for _visit in range(3):
        clock.on(days=29)
        answer = browser.get("/me")
        assert answer.status_code == 200
        assert f"Max-Age={30 * 24 * 3600}" in answer.headers["Set-Cookie"]
    clock.on(days=31)
    assert not _is_in(browser)


def test_a_role_that_begins_tomorrow_already_shortens_the_session(app: Any, frozen: Any, typed_in: Any) -> None:
    clock = frozen("2026-11-01 08:00")
    tomorrow = clock.moment.date().replace(day=2)
    actions.grant_role(person("li"), Role.DIRECTOR, None, tomorrow, actor_id=person("admin").id)
    browser = typed_in("li")
    clock.on(hours=13)
    assert not _is_in(browser)


def test_reading_writes_nothing_for_minutes_then_once(frozen: Any, typed_in: Any, queries: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    browser = typed_in("wang")
    clock.on(minutes=2)
    with queries() as asked:
        browser.get("/me")
    assert not [statement for statement in asked if not statement.startswith("SELECT")]
    clock.on(minutes=2)
    with queries() as asked:
        browser.get("/me")
        browser.get("/me")
    assert len([statement for statement in asked if statement.startswith("UPDATE sign_in")]) == 1


def test_a_password_change_ends_the_others_and_renews_this_one(app: Any, typed_in: Any, open_sessions: Any) -> None:
    here, there, other = typed_in("wang"), typed_in("wang"), typed_in("li")
    before = here.get_cookie(app.config["SIGN_IN_COOKIE"]).value
    new = "银杏叶落满了操场的跑道"
    answer = here.post_form("/password", {"current": PASSWORD, "new": new + "东", "again": new + "东"})
    assert answer.status_code == 303
    assert _is_in(here)
    assert here.get_cookie(app.config["SIGN_IN_COOKIE"]).value != before
    assert not _is_in(there)
    assert _is_in(other)
    assert open_sessions("wang") == 1


def _grant() -> None:
    actions.grant_role(person("wang"), Role.HANDLER, unit("logistics"), _today(), actor_id=person("admin").id)


def _end_role() -> None:
    from liaison.people.queries.accounts import grants_of

    actions.end_role(person("wang"), grants_of(person("wang").id)[0].id, actor_id=person("admin").id)


def _today() -> Any:
    from liaison.core.clock import today

    return today()


@pytest.mark.parametrize(
    "deed",
    [
        _grant,
        _end_role,
        lambda: actions.deactivate(person("wang"), actor_id=person("admin").id),
        lambda: actions.reset_password(person("wang"), actor_id=person("admin").id),
        lambda: actions.end_all_sessions(person("wang"), actor_id=person("admin").id),
    ],
    ids=["a role given", "a role taken", "the account closed", "the password reset", "all sessions ended"],
)
def test_it_ends_at_the_next_page_after(typed_in: Any, deed: Any) -> None:
    wang, other = typed_in("wang"), typed_in("zhao-clerk")
    deed()
    db.session.commit()
    assert not _is_in(wang)
    assert _is_in(other)


def test_one_ends_ones_own_sessions_one_by_one(typed_in: Any) -> None:
    here, there = typed_in("wang"), typed_in("wang")
    last = db.session.query(SignIn).order_by(SignIn.id.desc()).first()
    page = here.get("/sessions").text
    assert "正在用的这台" in page
    here.submit("/sessions", to=f"/sessions/{last.id}/end")
    assert not _is_in(there)
    assert _is_in(here)


def test_nobody_ends_the_session_of_somebody_else(typed_in: Any) -> None:
    li, wang = typed_in("li"), typed_in("wang")
    theirs = db.session.query(SignIn).filter_by(person_id=person("li").id).one().id
    foreign, missing = (wang.send(f"/sessions/{number}/end") for number in (theirs, 999_999))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert _is_in(li)


def test_sweeping_removes_only_what_is_over(frozen: Any, typed_in: Any, open_sessions: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    typed_in("wang")
    typed_in("li")
    clock.on(hours=13)
    actions.sweep()
    db.session.commit()
    assert (open_sessions("wang"), open_sessions("li")) == (0, 1)
