"""The same questions to every move, asked through the page as people ask them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liaison.tickets.forms import PAGES
from liaison.tickets.models import Ticket, TicketEvent
from tests.factories import make_ticket
from tests.tickets.deeds import DEEDS

SKIPS_HEAD = "submit_answer_direct"  # only where a class drops 部门审定: see test_submit_answer.py


def test_every_move_with_a_page_is_asked():
    assert set(DEEDS) | {SKIPS_HEAD} == set(PAGES)


@pytest.fixture
def stand(db: Any, frozen: Callable) -> Callable[[str], tuple[Any, Ticket, str]]:
    """A ticket on which the move may be made now: the deed, the ticket, the address."""

    def make(name: str) -> tuple[Any, Ticket, str]:
        time, deed = frozen("2026-11-02 09:00"), DEEDS[name]
        ticket = deed.ticket()
        time.on(days=deed.days_later)
        db.session.commit()
        return deed, ticket, f"/tickets/{ticket.number}/{name}"

    return make


@pytest.mark.parametrize("name", DEEDS)
def test_the_right_person_presses_the_button_and_pressing_twice_is_harmless(db, stand, sign_in_as, name):
    deed, ticket, address = stand(name)
    browser = sign_in_as(deed.right)
    typed = {"version": ticket.version, **deed.typed(ticket)}
    moved = browser.submit(f"/tickets/{ticket.number}", typed, move=name)
    assert (moved.status_code, moved.location) == (303, f"/tickets/{ticket.number}")
    assert ticket.state is deed.state
    events = _events(db, ticket)
    again = browser.send(address, typed)
    assert again.status_code == 409
    assert ticket.state.label in again.text
    assert _events(db, ticket) == events


@pytest.mark.parametrize("name", DEEDS)
def test_nobody_else_gets_it_done(db, stand, sign_in_as, client, name):
    deed, ticket, address = stand(name)
    typed = {"version": ticket.version, **deed.typed(ticket)}
    before = ticket.version
    assert sign_in_as(deed.stranger).send(address, typed).status_code == 404
    for who in {deed.bystander, "auditor"}:
        assert sign_in_as(who).send(address, typed).status_code == 403
        page = sign_in_as(who).get(f"/tickets/{ticket.number}?do={name}").text
        assert f'data-move="{name}"' not in page
        assert f'data-leads="{name}"' not in page
    nobody = client.send(address, typed)  # what somebody typed whose session has ended is shown, not lost
    assert nobody.location == "/sign-in" or nobody.status_code == 401
    assert ticket.version == before


@pytest.mark.parametrize("name", DEEDS)
def test_in_another_state_the_server_says_which(db, sign_in_as, name):
    deed = DEEDS[name]
    ticket = deed.in_a_wrong_state()
    answer = sign_in_as(deed.right).send(f"/tickets/{ticket.number}/{name}", deed.typed(ticket))
    assert answer.status_code == 409
    assert ticket.state.label in answer.text


def test_a_move_that_does_not_exist_is_not_found(db, sign_in_as):
    ticket = make_ticket()
    for name in ("to_closed", "trigger", "__init__", "ACCEPT", "accept ", "join", "submit", "born_of_split"):
        assert sign_in_as("wang").send(f"/tickets/{ticket.number}/{name}").status_code == 404


def _events(db: Any, ticket: Ticket) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(TicketEvent).filter_by(ticket_id=ticket.id))
