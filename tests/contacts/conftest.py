"""What the tests of contacts share: a filled capture form, and what became of it."""

from __future__ import annotations

import secrets
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
def sign_in_as(sign_in_as: Callable[[str], Client]) -> Callable[[str], Client]:
    """As everywhere; the browser also remembers for whom its person files."""

    def open_for(login: str) -> Client:
        browser = sign_in_as(login)
        browser.files_for = "li" if login == "liaison" else login  # type: ignore[attr-defined]
        return browser

    return open_for


@pytest.fixture
def file_one(frozen: Callable[[str], Any]) -> Callable[..., Any]:
    """file_one(browser, "没有热水", place="dorm-3"): a contact filed as the page presets it; no text, no problem."""

    def file(browser: Any, *texts: str, place: str | None = "dorm-3", at: str = EVENING, **typed: Any) -> Any:
        frozen(at)
        data: dict[str, Any] = {
            "form_id": secrets.token_hex(16),
            "kind": "enter_dorm",
            "channel": "face_to_face",
            "held_at": wall_time(at),
            "leaders": str(cast.person(browser.files_for).id),
        }
        data |= {f"problems-{number}-text": text for number, text in enumerate(texts)}
        if place:
            data["place_id"] = str(cast.unit(place).id)
        return browser.send(NEW, {**data, **typed})

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
