"""The tickets that other tests stand on: every state is reached by moves that people make."""

import pytest

from liaison.tickets.models import TicketEvent
from tests.factories import make_ticket
from workflows.ticket_states import State


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_reached_by_real_moves(db, state):
    ticket = make_ticket(state)
    seqs = db.session.scalars(db.select(TicketEvent.seq).filter_by(ticket_id=ticket.id).order_by("seq")).all()
    assert ticket.state is state
    assert seqs == list(range(1, ticket.event_count + 1))
