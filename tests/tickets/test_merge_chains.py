"""Merging undoes itself exactly, for random chains: the logical state comes back byte for byte (B11, A37)."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.core.errors import Conflict
from liaison.tickets.models import Assignment, Telling, Ticket, Voice
from tests.factories import make_ticket, move
from workflows.ticket_states import State

COUNTED = {"version", "event_count"}  # what every move raises
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6)


def logical(db):
    """Every stored value of tickets, voices, assignments and tellings but the counters."""
    db.session.expire_all()
    tables = [model.__table__ for model in (Ticket, Voice, Assignment, Telling)]
    return [
        [{key: value for key, value in row._mapping.items() if key not in COUNTED} for row in found]
        for found in (db.session.execute(db.select(table).order_by(table.c.id)) for table in tables)
    ]


@given(pairs=PAIRS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_merged_in_whatever_order_comes_apart_as_it_was(db, frozen, pairs):
    frozen("2026-11-05 09:00")
    tickets = [make_ticket(state) for state in (State.SUBMITTED, State.TRIAGE, State.DISPATCHED, State.IN_PROGRESS)]
    states, merged = [logical(db)], []
    for one, other in pairs:
        try:
            move(tickets[one], "merge", "wang", lead_ticket=tickets[other].number, reason="同一件事")
        except Conflict:
            continue
        merged.append(tickets[one])
        states.append(logical(db))
    for ticket in reversed(merged):
        states.pop()
        move(ticket, "unmerge", "wang", reason="不是同一件事")
        assert logical(db) == states[-1]
