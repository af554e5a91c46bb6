"""How many statements a page may ask, whatever the age of the ticket (performance.md)."""

import pytest

from tests.factories import go, make_ticket, move, voice_of
from tests.tickets.deeds import DEEDS
from workflows.ticket_states import State

QUEUE, LIST, PAGE, MOVE = 6, 6, 12, 15
SEALING = 26  # hand_off of what is sealed: each table that holds a word of it is cleared


@pytest.fixture
def aged(db):
    """A ticket with two voices, a question, a second episode and forty events."""
    ticket, other = make_ticket(State.TRIAGE), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    go(ticket, "ask_info supplement dispatch sign submit_answer head_approve office_approve tell reopen")
    for day in range(30):
        move(ticket, "progress", "sun", note=f"第 {day} 天")
    go(ticket, "submit_answer head_approve office_approve tell")
    return ticket


@pytest.mark.parametrize("who", ["wang", "director", "zhang", "sun", "li", "liaison", "desk", "officer"])
def test_queue_and_list(db, sign_in_as, queries, who):
    for state in (State.SUBMITTED, State.TRIAGE, State.DISPATCHED, State.DEPT_REVIEW, State.INFO_NEEDED):
        make_ticket(state)
    browser = sign_in_as(who)
    for address, most in (("/queue", QUEUE), ("/tickets/", LIST), ("/tickets/?progress=open&text=热水", LIST + 4)):
        browser.get(address)
        with queries() as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= most, f"{address}: {len(asked)}\n" + "\n".join(asked)


@pytest.mark.parametrize("who", ["wang", "zhang", "sun", "li", "auditor"])
def test_the_page_of_an_old_ticket(db, sign_in_as, queries, aged, who):
    browser = sign_in_as(who)
    for address in (f"/tickets/{aged.number}", f"/tickets/{aged.number}?history=1"):
        browser.get(address)
        with queries() as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= PAGE, f"{address}: {len(asked)}\n" + "\n".join(asked)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.TRIAGE, State.DISPATCHED, State.OFFICE_REVIEW])
def test_the_page_with_its_forms(db, sign_in_as, queries, state):
    ticket, browser = make_ticket(state), sign_in_as("zhang" if state is State.DISPATCHED else "wang")
    browser.get(f"/tickets/{ticket.number}")
    with queries() as asked:
        browser.get(f"/tickets/{ticket.number}")
    assert len(asked) <= PAGE, f"{len(asked)}\n" + "\n".join(asked)


@pytest.mark.parametrize("name", DEEDS)
def test_every_move(db, frozen, sign_in_as, queries, name):
    time, deed = frozen("2026-11-02 09:00"), DEEDS[name]
    ticket = deed.ticket()
    time.on(days=deed.days_later)
    browser, typed = sign_in_as(deed.right), {"version": ticket.version, **deed.typed(ticket)}
    voice_of(ticket)
    address = f"/tickets/{ticket.number}"
    browser.get(address)
    with queries() as asked:
        assert browser.send(f"{address}/{name}", typed).status_code == 303
    most = SEALING if name == "hand_off" else MOVE
    assert len(asked) <= most, f"{name}: {len(asked)}\n" + "\n".join(asked)
