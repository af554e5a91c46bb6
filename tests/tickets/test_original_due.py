"""原时限: moves with pauses in the first episode that was dispatched, also where the first answer came on the spot."""

import pytest

from tests.factories import actor, go, make_ticket, move
from tests.tickets.deeds import on_the_spot
from workflows.ticket_states import State

pytestmark = pytest.mark.usefixtures("app")


def paused(db, frozen, ticket):
    frozen("2026-11-03 10:00")
    go(ticket, "ask_info")
    frozen("2026-11-05 10:00")
    go(ticket, "supplement")
    db.session.commit()
    return ticket


def test_a_pause_moves_both_limits_of_what_was_settled_on_the_spot_and_comes_back(db, frozen):
    frozen("2026-11-02 10:00")
    ticket = on_the_spot()
    move(ticket, "confirm_onspot", "wang", answer="自习区开放到二十三点", answered_by=str(actor("li").id))
    move(ticket, "reopen_onspot", "wang", reason="又关了")
    go(ticket, "dispatch sign")
    ticket = paused(db, frozen, ticket)
    assert ticket.original_due_at == ticket.due_at


def test_in_a_later_episode_the_first_limit_stays_what_it_was(db, frozen):
    frozen("2026-11-02 10:00")
    ticket = go(make_ticket(State.CLOSED), "reopen")
    first = ticket.original_due_at
    assert paused(db, frozen, ticket).original_due_at == first
