"""无法告知: leaves the list of debts after fourteen days, stays untold (T31a, T31b, A31)."""

import pytest

from liaison.core.errors import Conflict
from liaison.tickets.actions.following import follow
from liaison.tickets.models import Unreachable
from liaison.tickets.queries.facts import voice_facts
from tests.factories import make_ticket, move, voice_of
from workflows.ticket_states import State
from workflows.ticket_words import CloseReason

GONE = {"reason_code": "unopened"}


def test_before_the_fourteenth_day_it_is_refused(db, frozen):
    time = frozen("2026-11-20 09:00")
    ticket = make_ticket(State.FEEDBACK_PENDING)
    time.to("2026-12-03 23:59")
    with pytest.raises(Conflict, match="14天"):
        move(ticket, "mark_unreachable", "wang", voice_of(ticket), **GONE)
    time.to("2026-12-04 00:01")
    move(ticket, "mark_unreachable", "wang", voice_of(ticket), **GONE)
    assert [(row.told_at, row.unreachable) for row in voice_facts(ticket)] == [(None, True)]


def test_the_same_voice_twice_is_said_and_not_written(db, frozen):
    time = frozen("2026-11-01 09:00")
    for state in (State.FEEDBACK_PENDING, State.REDIRECTED, State.WITHDRAWN):
        ticket = make_ticket(state)
        time.on(days=14)
        move(ticket, "mark_unreachable", "wang", voice_of(ticket), **GONE)
        with pytest.raises(Conflict, match="已经标为"):
            move(ticket, "mark_unreachable", "wang", voice_of(ticket), **GONE)
        assert (
            db.session.scalar(db.select(db.func.count()).select_from(Unreachable).filter_by(ticket_id=ticket.id)) == 1
        )


def test_a_told_voice_is_not_unreachable(db, frozen):
    time = frozen("2026-11-01 09:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    time.on(days=14)
    with pytest.raises(Conflict, match="已经告知"):
        move(ticket, "mark_unreachable", "wang", voice_of(ticket), **GONE)


def test_where_nobody_could_be_told_the_file_says_so(db, frozen):
    time = frozen("2026-11-01 09:00")
    ticket = make_ticket(State.FEEDBACK_PENDING)
    with pytest.raises(Conflict, match="没有告知"):
        move(ticket, "close_untold", "wang")
    time.on(days=14)
    move(ticket, "mark_unreachable", "wang", voice_of(ticket), **GONE)
    move(ticket, "close_untold", "wang")
    assert (ticket.close_reason, ticket.told_count) == (CloseReason.UNTOLD, 0)


def test_the_last_mark_shuts_a_file_whose_other_voices_are_settled(db, frozen):
    """A31: told on 21 November, the other marked on 4 December: closed that day, told stays 1/2."""
    time = frozen("2026-11-20 09:00")
    ticket, other = make_ticket(State.IN_PROGRESS), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    for name, who in (("submit_answer", "sun"), ("head_approve", "zhang"), ("office_approve", "wang")):
        move(ticket, name, who, **({"outcome": "A", "answer": "十" * 20} if name == "submit_answer" else {}))
    time.to("2026-11-21 12:10")
    move(ticket, "tell", "system", voice_of(ticket), channel="code_page")
    time.to("2026-12-04 10:00")
    move(ticket, "mark_unreachable", "wang", voice_of(other), **GONE)
    follow(ticket, "mark_unreachable")
    assert (ticket.state, ticket.told_count, ticket.voice_count) == (State.CLOSED, 1, 2)
    time.to("2026-12-10 20:00")  # a later opening of the page still tells it, and it may be rated until the 17th
    move(ticket, "tell", "system", voice_of(other), channel="code_page")
    assert (ticket.state, ticket.told_count) == (State.CLOSED, 2)
