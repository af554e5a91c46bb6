"""The first start makes one administrator with a one-time password, and never again (issue 2, item 4)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.core.db import db
from liaison.people import actions
from liaison.people.actions import accounts as accounts_deeds
from liaison.people.models import Person
from liaison.people.queries import accounts
from liaison.people.queries.acting import actor_of
from liaison.people.words import Role
from tests.cast import person


@pytest.fixture
def nobody_yet(monkeypatch: Any, app: Any) -> None:
    """A house nobody has entered: the cast steps aside."""
    monkeypatch.setattr(accounts_deeds, "any_person", lambda: False)
    person("admin").login = "somebody-else"
    db.session.flush()


def test_it_signs_in_once_and_must_choose_a_password(nobody_yet: Any, client: Any) -> None:
    word = actions.first_administrator()
    db.session.commit()
    answer = client.submit("/sign-in", {"login": "admin", "password": word})
    assert answer.status_code == 303
    assert client.get("/accounts").location == "/password"


def test_it_is_administrator_and_nothing_else(nobody_yet: Any) -> None:
    actions.first_administrator()
    admin = actor_of(accounts.by_login("admin").id)
    assert admin.roles == {Role.ADMIN}


def test_it_is_recorded(nobody_yet: Any, deeds: Any) -> None:
    actions.first_administrator()
    assert deeds() == [("person.created", "admin"), ("role.granted", "admin")]


def test_where_somebody_exists_it_makes_nobody(app: Any) -> None:
    before = db.session.query(Person).count()
    assert actions.first_administrator() is None
    assert db.session.query(Person).count() == before


def test_every_time_it_is_another_word(nobody_yet: Any) -> None:
    first = actions.first_administrator()
    db.session.rollback()
    person("admin").login = "somebody-else"
    assert actions.first_administrator() != first
