"""抽取回访: the lot of domain.md §4.8, number by number, and what a hit does (T35)."""

import pytest

from liaison.tickets.actions import sampling
from liaison.tickets.actions.sampling import draw, key_of
from tests.factories import make_ticket
from workflows.ticket_states import State

SEED = "4f1c9a27d05be683"
KEYS = {  # the worked draw of the specification
    "LX2026-000101-0": 0.6703, "LX2026-000102-8": 0.4378, "LX2026-000103-6": 0.0698, "LX2026-000104-4": 0.9706,
    "LX2026-000105-2": 0.1580, "LX2026-000106-9": 0.6572, "LX2026-000107-7": 0.7801, "LX2026-000108-5": 0.2293,
    "LX2026-000109-3": 0.4946, "LX2026-000110-8": 0.1799, "LX2026-000111-6": 0.8687, "LX2026-000112-4": 0.0369,
}  # fmt: skip


@pytest.mark.parametrize(("number", "key"), KEYS.items())
def test_anyone_can_draw_again(number, key):
    assert key_of(SEED, number, 1) == pytest.approx(key, abs=0.00005)


@pytest.fixture
def lot(monkeypatch):
    """lot(0.1): every ticket draws this key."""
    return lambda key: monkeypatch.setattr(sampling, "key_of", lambda *_asked: key)


def test_a_hit_goes_to_the_call_backs(db, lot):
    lot(0.1999)
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    assert draw(ticket, SEED)
    assert (ticket.state, ticket.is_drawn) == (State.CALLBACK, True)


def test_the_other_four_fifths_stay(db, lot):
    lot(0.2)
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    assert not draw(ticket, SEED)
    assert (ticket.state, ticket.is_drawn) == (State.FEEDBACK_GIVEN, False)


def test_what_nobody_was_told_of_yet_is_not_drawn(db, lot):
    lot(0.0)
    ticket = make_ticket(State.FEEDBACK_PENDING)
    assert not draw(ticket, SEED)
    assert not ticket.is_drawn


def test_a_reopened_matter_is_always_looked_at(db, lot):
    lot(0.99)
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    ticket.reopen_count = 1
    assert draw(ticket, SEED)
