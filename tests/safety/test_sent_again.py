"""Sent eight times at once, made once; filed by many at once, numbered without a gap (safety.md G-02, G-07)."""

from __future__ import annotations

import uuid
from contextvars import Context
from typing import Any

import pytest
from flask.testing import FlaskClient

from liaison.contacts.models import Contact
from liaison.tickets.models import Ticket, TicketEvent, Voice
from tests import html
from tests.client import find_form
from tests.factories import make_ticket, unit_id
from tests.safety.direct import direct
from tests.safety.rounds import at_once, rounds
from workflows.ticket_states import State

EIGHT = 8


@pytest.fixture
def capture(app: Any) -> tuple[Any, dict[str, Any]]:
    """李书记's browser and the fields of the capture page, as it was drawn. One contact is filed already:
    the first of a process reads the calendar, which takes longer than all others."""
    browser = direct(app, "li")
    page = browser.get("/contacts/new")
    drawn = html.form_fields(find_form(page, "/contacts/new", to="/contacts/new", move=None))
    fields = {**drawn, "place_id": unit_id("dorm-3"), "acknowledged": "yes"}
    assert browser.post("/contacts/new", data={**fields, "problems-0-text": "三楼的热水器坏了"}).status_code == 303
    return browser, fields


def post(browser: Any, path: str, data: dict[str, Any]) -> Any:
    """A press that can be made from any thread; says the status and where it leads."""

    def press() -> tuple[int, str | None]:
        answer = Context().run(FlaskClient.open, browser, path, method="POST", data=data, buffered=True)
        return answer.status_code, answer.location

    return press


def counts(db: Any) -> dict[str, int]:
    db.session.commit()
    models = (Contact, Voice, Ticket, TicketEvent)
    found = {model.__name__: db.session.scalar(db.select(db.func.count()).select_from(model)) for model in models}
    db.session.commit()  # or its transaction would keep the others from writing
    return found


def test_eight_identical_forms_make_one_contact(db, capture):
    browser, fields = capture
    for number in rounds(3):
        form_id = uuid.uuid4().hex
        before = counts(db)
        said = {"form_id": form_id, "problems-0-text": f"三楼的热水器又坏了（{number}）"}
        answers = at_once([post(browser, "/contacts/new", {**fields, **said})] * EIGHT)
        assert len(set(answers)) == 1, answers
        assert answers[0][0] == 303
        made = {name: count - before[name] for name, count in counts(db).items()}
        assert (made["Contact"], made["Voice"], made["Ticket"]) == (1, 1, 1)


def test_sent_once_more_a_day_later_it_leads_to_the_first(db, capture):
    browser, fields = capture
    data = {**fields, "form_id": uuid.uuid4().hex, "problems-0-text": "三楼的热水器又坏了"}
    first, second = post(browser, "/contacts/new", data)(), post(browser, "/contacts/new", data)()
    assert first == second
    assert counts(db)["Contact"] == 2


def test_forms_of_different_pages_are_all_numbered_without_gap_or_double(db, capture):
    browser, fields = capture
    presses = [
        post(
            browser, "/contacts/new", {**fields, "form_id": uuid.uuid4().hex, "problems-0-text": f"第 {n} 件事没有人管"}
        )
        for n in range(16)
    ]
    assert {code for code, _where in at_once(presses)} == {303}
    for model, prefix in ((Contact, "LJ"), (Ticket, "LX")):
        numbers = sorted(db.session.scalars(db.select(model.number)))
        assert [int(number[7:13]) for number in numbers] == list(range(1, 18))
        assert all(number.startswith(prefix) for number in numbers)


def test_the_same_move_pressed_eight_times_is_made_once(app, db):
    ticket = make_ticket(State.IN_PROGRESS)
    version, events = ticket.version, ticket.event_count
    browser = direct(app, "sun")
    data = {"csrf_token": browser.token(), "version": version, "note": "水泵已订货"}
    press = post(browser, f"/tickets/{ticket.number}/progress", data)
    db.session.commit()
    answers = at_once([press] * EIGHT)
    db.session.expire_all()
    assert sorted(code for code, _where in answers) == [303] + [409] * (EIGHT - 1)
    assert ticket.event_count == events + 1


def test_a_form_without_its_key_makes_nothing(db, capture):
    browser, fields = capture
    for form_id in ("", "x" * 36, "0" * 32 + "'"):
        code, _where = post(browser, "/contacts/new", {**fields, "form_id": form_id, "problems-0-text": "没有热水了"})()
        assert code == 422
    assert counts(db)["Contact"] == 1
