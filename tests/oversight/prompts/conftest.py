"""What the tests of prompts share: contacts filed on a day, and the questions a night has put."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from liaison.calendars.models import Term
from liaison.contacts.actions.filing import file_contact
from liaison.contacts.occasions import Occasion
from liaison.oversight.prompts import nightly
from liaison.oversight.prompts.models import Prompt
from liaison.oversight.prompts.words import PromptKind
from liaison.programmes.words import ContactKind
from tests.factories import actor, at, unit_id


@pytest.fixture(autouse=True)
def _terms(request: Any) -> None:
    """Two terms are known, wherever there is a database."""
    if "db" in request.fixturenames:
        db = request.getfixturevalue("db")
        for no, first, last in ((2, "2026-03-02", "2026-07-10"), (1, "2026-09-07", "2027-01-22")):
            year = "2025-2026" if no == 2 else "2026-2027"
            days = {"first_monday": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
            db.session.add(Term(name=f"第{no}学期", academic_year=year, term_no=no, **days))
        db.session.commit()


@pytest.fixture
def contact(db: Any) -> Callable[..., str]:
    """contact("zhang", "2026-11-05 15:00"): filed now; its number."""

    def file(login: str, when: str, place: str = "dorm-3", by: str = "", **said: Any) -> str:
        given = {"leader_ids": (actor(login).id,), "place_id": unit_id(place), "kind": ContactKind.ENTER_DORM} | said
        return file_contact(actor(by or login), Occasion(held_at=at(when), **given), [], "事后补记").number

    return file


@pytest.fixture
def batch(contact: Any) -> Callable[..., list[str]]:
    """batch("zhang"): eight contacts of three weeks, filed within forty minutes on 30 November (scenario A25)."""

    def file(login: str, clock: Any) -> list[str]:
        numbers = []
        for n in range(8):
            clock.on(minutes=5)
            numbers.append(contact(login, f"2026-11-{n * 3 + 1:02} 15:00"))
        return numbers

    return file


Asked = list[tuple[int | None, int | None]]


@pytest.fixture
def asked(db: Any) -> Callable[[str], Asked]:
    """asked("I1"): a night passes; person and unit of every question of this kind there is now."""

    def night(kind: str) -> Asked:
        db.session.commit()
        nightly.ask()
        found = db.session.scalars(db.select(Prompt).filter_by(kind=PromptKind(kind)).order_by(Prompt.id))
        return [(one.person_id, one.unit_id) for one in found]

    return night
