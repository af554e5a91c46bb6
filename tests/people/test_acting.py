"""Who is acting: read at every request, in two statements (safety.md R6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison.core.db import db
from liaison.people.models import Link, RoleGrant
from liaison.people.queries.acting import actor_of, ties_of
from liaison.people.words import Role
from tests.cast import person, unit


def _actor(login: str) -> Any:
    return actor_of(person(login).id)


def test_a_request_asks_twice_who_it_is(sign_in_as: Any, queries: Any) -> None:
    browser = sign_in_as("zhang")
    with queries() as asked:
        browser.get("/accounts")  # not his: nothing else is asked
    who = [statement for statement in asked if "sign_in" in statement or "role_grant" in statement]
    assert len(who) == 2


def test_a_visitor_asks_nothing(client: Any, queries: Any) -> None:
    with queries() as asked:
        client.get("/sign-in")
    assert asked == []


def test_roles_come_with_their_units(app: Any) -> None:
    zhang = _actor("zhang")
    assert zhang.roles == {Role.HEAD, Role.CADRE}
    assert zhang.at(Role.HEAD) == {unit("logistics").id}
    assert zhang.at(Role.HANDLER) == frozenset()


def test_ties_of_today_count_and_nothing_else(app: Any) -> None:
    assert _actor("liaison").leads_for == {person("li").id}
    assert _actor("chen").supervised == {unit("logistics").id}
    assert _actor("li").linked == {unit("mech-2301").id, unit("dorm-3").id}


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (9, True), (10, False)])
def test_the_first_and_the_last_day_are_included(app: Any, day: int, holds: bool) -> None:
    sun = person("sun").id
    db.session.add(
        Link(person_id=sun, unit_id=unit("library").id, from_on=date(2026, 11, 2), until_on=date(2026, 11, 9))
    )
    db.session.flush()
    assert bool(ties_of(sun, date(2026, 11, day)).linked) is holds


@pytest.mark.parametrize(
    ("login", "label"), [("wang", "党政办公室 王老师"), ("zhang", "后勤保障处 张处长"), ("li", "李书记")]
)
def test_the_timeline_names_the_unit_and_the_person(app: Any, login: str, label: str) -> None:
    assert _actor(login).label == label


def test_a_role_taken_acts_at_the_next_page(sign_in_as: Any) -> None:
    browser = sign_in_as("admin")
    assert browser.get("/accounts").status_code == 200
    db.session.query(RoleGrant).filter_by(person_id=person("admin").id).update({"until_on": date(2021, 1, 1)})
    db.session.commit()
    assert browser.get("/accounts").status_code == 404


def test_somebody_closed_is_out_at_the_next_page(sign_in_as: Any) -> None:
    browser = sign_in_as("wang")
    person("wang").is_active = False
    assert browser.get("/me").status_code == 303
