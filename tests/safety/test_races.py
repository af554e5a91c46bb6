"""Thirty-two people press at the same moment: one wins, thirty-one read who was faster (safety.md G-04)."""

from __future__ import annotations

from collections import Counter
from contextvars import Context
from typing import Any

import pytest
from flask.testing import FlaskClient

from liaison.core.db import db as extension
from liaison.core.errors import Conflict
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Interval, Ticket, TicketEvent
from liaison.tickets.queries import visible
from tests.factories import ANSWER, actor, make_ticket, unit_id
from tests.safety.direct import direct
from tests.safety.rounds import at_once, rounds
from workflows.ticket_states import State

PEOPLE = 32
PRESSED, MADE = 5, 50  # rounds in the suite, over all kinds of conflict: whole pages cost half a second a round


def dispatch(_ticket: Ticket) -> dict[str, Any]:
    return {"lead": unit_id("logistics"), "limit_class": "general"}


CONFLICTS: dict[str, tuple[State, list[tuple[str, str, Any]]]] = {  # state, and who presses what
    "two clerks and the director dispatch": (
        State.TRIAGE,
        [("wang", "dispatch", dispatch), ("zhao-clerk", "dispatch", dispatch), ("director", "dispatch", dispatch)],
    ),
    "one dispatches, one asks, the filer withdraws": (
        State.TRIAGE,
        [
            ("wang", "dispatch", dispatch),
            ("zhao-clerk", "ask_info", lambda _t: {"question": "是几楼的热水器？"}),
            ("li", "withdraw", lambda _t: {"reason": "学生说已经好了"}),
        ],
    ),
    "head and handler answer, the office asks": (
        State.IN_PROGRESS,
        [
            ("sun", "submit_answer", lambda _t: {"outcome": "A", "answer": ANSWER}),
            ("zhang", "submit_answer", lambda _t: {"outcome": "A", "answer": ANSWER}),
            ("wang", "ask_info", lambda _t: {"question": "是几楼的热水器？"}),
        ],
    ),
    "both approve and send back": (
        State.OFFICE_REVIEW,
        [
            ("wang", "office_approve", lambda _t: {}),
            ("zhao-clerk", "office_return", lambda _t: {"reason": "请写明供水的时间"}),
        ],
    ),
    "the same press from many windows": (
        State.DISPATCHED,
        [("sun", "sign", lambda _t: {"handler": actor("sun").id})],
    ),
}


@pytest.fixture
def browsers(app: Any) -> dict[str, Any]:
    """One session per person; thirty-two threads use them at once, as many windows do."""
    return {who: direct(app, who) for who in ("wang", "zhao-clerk", "director", "li", "sun", "zhang")}


@pytest.mark.parametrize("name", CONFLICTS)
def test_exactly_one_wins_and_the_others_are_told_who_was_faster(app, db, name):
    state, presses = CONFLICTS[name]
    for _ in rounds(MADE // len(CONFLICTS)):
        ticket = make_ticket(state)
        version, events = ticket.version, ticket.event_count
        moves = [_move(app, ticket, who, move, data(ticket)) for who, move, data in presses]
        db.session.commit()
        answers = at_once([moves[n % len(moves)] for n in range(PEOPLE)])
        db.session.expire_all()
        assert answers.count("won") == 1
        assert all(ticket.state.label in said for said in answers if said != "won")
        assert (ticket.version, ticket.event_count) == (version + 1, events + 1)
        _is_whole(db, ticket)


def _move(app: Any, ticket: Ticket, who: str, move: str, data: dict[str, Any]) -> Any:
    """A deed in a transaction of its own: load, move, commit. Says «won» or what the loser reads."""
    number, version, person = ticket.number, ticket.version, actor(who)
    given = {key: str(value) for key, value in data.items()}

    def make() -> str:
        with app.app_context():
            try:
                make_move(visible.load(person, number), move, actor=person, version=version, **given)
                extension.session.commit()
            except Conflict as lost:
                return lost.message
            return "won"

    return make


@pytest.mark.parametrize("name", CONFLICTS)
def test_pressed_through_the_program_the_others_get_409_and_the_new_state(db, browsers, name):
    state, presses = CONFLICTS[name]
    for _ in rounds(PRESSED // len(CONFLICTS)):
        ticket = make_ticket(state)
        version, events = ticket.version, ticket.event_count
        sends = [_send(browsers[who], ticket, move, data(ticket)) for who, move, data in presses]
        db.session.commit()
        answers = at_once([sends[n % len(sends)] for n in range(PEOPLE)])
        db.session.expire_all()
        assert Counter(code for code, _text in answers) == {303: 1, 409: PEOPLE - 1}
        assert all(ticket.state.label in text for code, text in answers if code == 409)
        assert (ticket.version, ticket.event_count) == (version + 1, events + 1)
        _is_whole(db, ticket)


def _send(browser: Any, ticket: Ticket, move: str, data: dict[str, Any]) -> Any:
    typed = {"csrf_token": browser.token(), "version": ticket.version, **data}
    address = f"/tickets/{ticket.number}/{move}"

    def press() -> tuple[int, str]:
        answer = Context().run(FlaskClient.open, browser, address, method="POST", data=typed, buffered=True)
        return answer.status_code, answer.text

    return press


def _is_whole(db: Any, ticket: Ticket) -> None:
    seqs = db.session.scalars(db.select(TicketEvent.seq).filter_by(ticket_id=ticket.id).order_by(TicketEvent.seq)).all()
    assert seqs == list(range(1, ticket.event_count + 1))
    open_ones = db.session.scalars(db.select(Interval).filter_by(ticket_id=ticket.id, until_at=None)).all()
    assert len(open_ones) == (0 if ticket.state is State.WITHDRAWN else 1)
    db.session.commit()
