"""重办: a new episode with a fresh clock; the first handling stays in history (T33, T33b, A22)."""

import pytest

from liaison.core.errors import Conflict
from liaison.people.actor import HOLDER
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Answer, Assignment, Rating, Telling, Voice
from tests.factories import actor, at, go, make_ticket, move, voice_of
from tests.tickets.deeds import closed_on_the_spot
from workflows.ticket_states import State
from workflows.ticket_words import CloseReason


def as_holder(ticket, name, **given):
    return make_move(ticket, name, actor=HOLDER, as_holder=True, voice_id=voice_of(ticket), **given)


@pytest.fixture
def told(db, frozen):
    """Told on Friday 20 November."""
    time = frozen("2026-11-20 15:00")
    return time, make_ticket(State.FEEDBACK_GIVEN)


def test_it_starts_a_fresh_clock_of_the_same_class(db, told):
    time, ticket = told
    first_limit = ticket.original_due_at
    time.to("2026-11-22 19:00")
    as_holder(ticket, "rate", solved="no", satisfied=1)
    as_holder(ticket, "reopen", reason="还是没有热水")
    assert (ticket.state, ticket.episode, ticket.reopen_count) == (State.IN_PROGRESS, 2, 1)
    assert ticket.due_at == ticket.next_due_at == at("2026-11-28 00:00")  # Friday the 27th, 24:00
    assert ticket.original_due_at == first_limit  # on_time_final judges by the limit of the first episode


def test_the_first_handling_becomes_history(db, told):
    _time, ticket = told
    as_holder(ticket, "rate", solved="no", satisfied=1)
    as_holder(ticket, "reopen", reason="还是没有热水")
    gone = (ticket.answer_id, ticket.outcome, ticket.handled_at, ticket.offered_at, ticket.closed_at, ticket.checked)
    assert gone == (None,) * 6
    for kept in (Answer, Telling, Rating):
        assert db.session.scalars(db.select(kept).filter_by(ticket_id=ticket.id)).one()
    assert db.session.scalars(db.select(Rating)).one().decided_at is not None
    first, second = db.session.scalars(db.select(Assignment).order_by(Assignment.id)).all()
    assert (first.ending.value, second.episode, second.handler_id) == ("handled", 2, actor("sun").id)


def test_the_holder_has_it_once(db, told):
    _time, ticket = told
    as_holder(ticket, "reopen", reason="还是没有热水")
    go(ticket, "submit_answer head_approve office_approve tell")
    with pytest.raises(Conflict, match="只有一次"):
        as_holder(ticket, "reopen", reason="这回是水太小")
    assert db.session.get_one(Voice, voice_of(ticket)).has_reopened


def test_the_holder_has_fifteen_days_from_his_telling(db, told):
    time, ticket = told
    time.to("2026-12-06 00:10")
    with pytest.raises(Conflict, match="15天"):
        as_holder(ticket, "reopen", reason="还是没有热水")
    time.to("2026-12-05 23:50")
    as_holder(ticket, "reopen", reason="还是没有热水")


def test_the_same_ground_does_not_reopen_it_twice(db, told):
    _time, ticket = told
    as_holder(ticket, "reopen", reason="还是没有热水")
    go(ticket, "submit_answer head_approve office_approve tell")
    with pytest.raises(Conflict, match="同样的理由"):
        move(ticket, "reopen", "wang", reason=" 还是没有热水 ")
    move(ticket, "reopen", "wang", reason="回访发现水温不够")


def test_the_second_one_is_supervised(db, told):
    _time, ticket = told
    go(ticket, "reopen submit_answer head_approve office_approve tell reopen")
    assert (ticket.reopen_count, ticket.supervision_level, ticket.episode) == (2, 1, 3)


def test_settled_on_the_spot_it_goes_back_to_triage(db, frozen):
    time = frozen("2026-11-20 15:00")
    ticket = closed_on_the_spot()
    with pytest.raises(Conflict, match="当场件重办"):
        move(ticket, "reopen", "wang", reason="没有延长")
    time.on(days=15)
    as_holder(ticket, "reopen_onspot", reason="没有延长")
    assert (ticket.state, ticket.close_reason, ticket.due_at) == (State.TRIAGE, None, None)
    go(ticket, "dispatch")
    assert ticket.due_at is not None


def test_once_dispatched_the_short_way_back_is_closed(db):
    ticket = make_ticket(State.CLOSED)
    with pytest.raises(Conflict, match="曾经交办"):
        move(ticket, "reopen_onspot", "wang", reason="没有延长")


def test_the_reason_closed_with_is_gone_and_the_file_is_open(db):
    ticket = make_ticket(State.CLOSED)
    assert (ticket.close_reason, ticket.is_open) == (CloseReason.RATED, False)
    move(ticket, "reopen", "director", reason="又坏了")
    assert (ticket.close_reason, ticket.is_open) == (None, True)
