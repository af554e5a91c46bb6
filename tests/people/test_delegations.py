"""Delegations: a liaison acts for a leader between two days (issue 2, item 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Delegation
from liaison.people.queries.acting import ties_of
from tests.cast import person


def _post(browser: Any, leader: str = "chen", liaison: str = "liaison", **dates: str) -> Any:
    return browser.submit("/delegations", {"leader": leader, "liaison": liaison, **dates}, to="/delegations")


def _leaders() -> frozenset[int]:
    db.session.expire_all()
    return ties_of(person("liaison").id).leads_for


@pytest.mark.parametrize("login", ["admin", "director", "li", "liaison"])
def test_only_director_and_administrator_keep_them(sign_in_as: Any, login: str) -> None:
    expected = 200 if login in {"admin", "director"} else 404
    assert sign_in_as(login).get("/delegations").status_code == expected


def test_it_acts_at_once_without_signing_in_again(sign_in_as: Any) -> None:
    liaison = sign_in_as("liaison")
    assert _post(sign_in_as("director")).status_code == 303
    assert _leaders() == {person("li").id, person("chen").id}
    assert liaison.get("/me").status_code == 200


def test_it_ends_on_its_last_day(sign_in_as: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    _post(sign_in_as("director"), from_on="2026-11-18", until_on="2026-11-20")
    clock.on(days=2)
    assert person("chen").id in _leaders()
    clock.on(days=1)
    assert person("chen").id not in _leaders()


def test_ending_it_acts_at_once(sign_in_as: Any, deeds: Any) -> None:
    browser = sign_in_as("director")
    mine = db.session.query(Delegation).filter_by(leader_id=person("li").id).one().id
    browser.submit("/delegations", to=f"/delegations/{mine}/end")
    assert _leaders() == frozenset()
    assert [deed for deed, _about in deeds()] == ["delegation.ended"]


@pytest.mark.parametrize(
    ("leader", "liaison", "sentence"),
    [
        ("wang", "liaison", "没有校领导角色"),
        ("li", "wang", "没有联络员角色"),
        ("nobody", "liaison", "没有这个账号"),
        ("li", "liaison", "已有委托"),
        ("", "", "请写校领导的账号"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(sign_in_as: Any, leader: str, liaison: str, sentence: str) -> None:
    before = db.session.query(Delegation).count()
    answer = _post(sign_in_as("director"), leader, liaison)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert db.session.query(Delegation).count() == before


def test_one_may_follow_another(sign_in_as: Any) -> None:
    browser = sign_in_as("director")
    later = today() + timedelta(days=10)
    assert _post(browser, until_on=(later - timedelta(days=1)).isoformat()).status_code == 303
    assert _post(browser, from_on=later.isoformat()).status_code == 303
    assert _post(browser, from_on=(later + timedelta(days=5)).isoformat()).status_code == 400


def test_an_unknown_one_is_not_found(sign_in_as: Any) -> None:
    assert sign_in_as("director").send("/delegations/999999/end").status_code == 404
