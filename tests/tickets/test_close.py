"""办结: the file is shut when everything asked of it is done, and not before (T34, A22, A31, A33)."""

import pytest

from liaison.core.errors import Conflict
from liaison.people.actor import HOLDER
from liaison.tickets.actions import following
from liaison.tickets.actions.following import close_settled, follow
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket, TicketEvent
from tests.factories import at, go, make_ticket, move, voice_of
from workflows.ticket_states import State
from workflows.ticket_words import CloseReason


def rate(ticket, voice=None, solved="yes", satisfied=5):
    given = {"solved": solved, "satisfied": satisfied}
    make_move(ticket, "rate", actor=HOLDER, as_holder=True, voice_id=voice or voice_of(ticket), **given)


def test_told_on_friday_and_never_rated_it_closes_the_friday_after(db, frozen):
    time = frozen("2026-11-20 15:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    time.to("2026-11-26 23:59")
    assert close_settled() == 0
    time.to("2026-11-27 00:10")
    assert close_settled() == 1
    assert (ticket.close_reason, ticket.closed_at) == (CloseReason.UNRATED, at("2026-11-27 00:10"))
    assert ticket.checked is None
    assert close_settled() == 0


def test_on_the_seventh_day_it_may_still_be_rated_though_it_is_closed(db, frozen):
    time = frozen("2026-11-20 15:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    time.to("2026-11-27 08:30")
    close_settled()
    rate(ticket)
    time.to("2026-11-28 08:30")
    other = make_ticket(State.FEEDBACK_GIVEN)
    time.to("2026-12-06 08:30")
    with pytest.raises(Conflict, match="7天"):
        rate(other)


def test_a_good_rating_shuts_it_at_once(db):
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    rate(ticket)
    follow(ticket, "rate")
    assert (ticket.state, ticket.close_reason) == (State.CLOSED, CloseReason.RATED)
    event = db.session.scalars(db.select(TicketEvent).filter_by(ticket_id=ticket.id, seq=ticket.event_count)).one()
    assert (event.move, event.actor_id, event.actor_label) == ("close", None, "系统")


@pytest.mark.parametrize(("solved", "satisfied"), [("no", 5), ("yes", 2), ("partly", 1)])
def test_an_unhappy_one_waits_for_the_office(db, frozen, solved, satisfied):
    time = frozen("2026-11-20 15:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    rate(ticket, solved=solved, satisfied=satisfied)
    follow(ticket, "rate")
    time.on(days=30)
    assert close_settled() == 0
    with pytest.raises(Conflict, match="不满意"):
        move(ticket, "close", "wang")
    assert ticket.state is State.FEEDBACK_GIVEN


def test_while_one_voice_is_neither_told_nor_unreachable_it_stays_open(db, frozen):
    time = frozen("2026-11-04 09:00")
    ticket, other = make_ticket(State.IN_PROGRESS), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    go(ticket, "submit_answer head_approve office_approve tell")
    time.to("2026-11-28 12:00")
    assert close_settled() == 0
    with pytest.raises(Conflict, match="1 条诉求没有告知"):
        move(ticket, "close", "wang")
    time.to("2026-12-02 12:00")
    move(ticket, "tell", "li", voice_of(other), channel="face_to_face")
    time.to("2026-12-09 08:00")
    assert close_settled() == 1


def test_one_that_has_to_stay_open_does_not_stand_in_the_way(db, frozen, monkeypatch):
    monkeypatch.setattr(following, "BATCH", 2)
    time = frozen("2026-11-04 09:00")
    unhappy = [make_ticket(State.FEEDBACK_GIVEN) for _ in range(3)]
    for ticket in unhappy:
        rate(ticket, solved="no", satisfied=1)
    settled = make_ticket(State.FEEDBACK_GIVEN)
    time.on(days=8)
    assert close_settled() == 1
    assert settled.state is State.CLOSED


def test_drawn_for_a_call_back_it_is_not_closed_by_hand(db, frozen):
    time = frozen("2026-11-04 09:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(is_drawn=True))
    db.session.refresh(ticket)
    time.on(days=8)
    with pytest.raises(Conflict, match="抽中"):
        move(ticket, "close", "wang")


def test_the_four_facts_stay_four(db, frozen, sign_in_as):
    """A33: told, never rated, never checked: closed, and says of each what it is."""
    time = frozen("2026-11-12 10:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    time.to("2026-11-20 08:30")
    close_settled()
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    for words in ("已解决 · 11月12日", "未核实", "已告知 1/1", "11月20日 · 未评价"):
        assert words in page
