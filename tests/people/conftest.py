"""What the tests of people share: a cast that can type its password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from liaison.core.db import db
from liaison.people.models import Person, SignIn
from liaison.people.passwords import hashed
from tests.cast import PASSWORD, person
from tests.client import Client


@pytest.fixture
def with_password(app: Any) -> Callable[[str], Person]:
    """with_password("wang"): one of the cast who knows the password of everybody."""

    def give(login: str) -> Person:
        one = person(login)
        one.password_hash = hashed(PASSWORD)
        db.session.commit()
        return one

    return give


@pytest.fixture
def typed_in(with_password: Callable[[str], Person], app: Any) -> Callable[[str], Client]:
    """typed_in("wang"): a browser whose owner has just signed in by the form."""

    def sign_in(login: str) -> Client:
        with_password(login)
        browser: Client = app.test_client()
        response = browser.post_form("/sign-in", {"login": login, "password": PASSWORD})
        assert response.status_code == 303
        return browser

    return sign_in


@pytest.fixture
def open_sessions(app: Any) -> Callable[[str], int]:
    """How many sessions somebody has."""

    def count(login: str) -> int:
        db.session.expire_all()
        return db.session.scalar(select(func.count()).where(SignIn.person_id == person(login).id)) or 0

    return count


@pytest.fixture
def deeds(app: Any) -> Callable[[], list[tuple[str, str]]]:
    """Deed and object of every audit row, in order."""
    from liaison.audit.models import AuditRow

    def all_deeds() -> list[tuple[str, str]]:
        rows = db.session.execute(select(AuditRow.deed, AuditRow.object).order_by(AuditRow.seq))
        return [(deed, about) for deed, about in rows]

    return all_deeds
