"""What the tests of contacts share: a filled capture form, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.tickets.models import Voice
from tests import cast
from tests.client import Client

NEW = "/contacts/new"
EVENING = "2026-11-18 20:40"  # scenario A1, a Wednesday


def wall_time(words: str = EVENING) -> str:
    """A moment as the form types it."""
    return words.replace(" ", "T")


@pytest.fixture
def file_one(frozen: Callable[[str], Any]) -> Callable[..., Any]:
    """file_one(browser, "没有热水", place="dorm-3"): a contact filed by form; no text, no problem."""

    def file(browser: Client, *texts: str, place: str | None = "dorm-3", at: str = EVENING, **typed: Any) -> Any:
        frozen(at)
        data: dict[str, Any] = {f"problems-{number}-text": text for number, text in enumerate(texts)}
        data |= {f"problems-{number}-kind": "help" for number in range(len(texts))}
        if place:
            data["place_id"] = str(cast.unit(place).id)
        return browser.post_form(NEW, {**data, **typed})

    return file


@pytest.fixture
def contacts(db: Any) -> Callable[[], list[Contact]]:
    """All contacts, oldest first, read anew."""

    def read() -> list[Contact]:
        db.session.expire_all()
        return list(db.session.scalars(db.select(Contact).order_by(Contact.id)))

    return read


@pytest.fixture
def voices(db: Any) -> Callable[[], list[Voice]]:
    def read() -> list[Voice]:
        db.session.expire_all()
        return list(db.session.scalars(db.select(Voice).order_by(Voice.id)))

    return read


def china(words: str) -> Any:
    """The UTC moment of a Chinese wall time."""
    from datetime import datetime

    typed = datetime.fromisoformat(words)
    return clock.moment(typed.date(), typed.time())
