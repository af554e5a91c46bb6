"""撤回、作废: before dispatch a file may end; what was promised by a code is kept (T40)."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.people.actor import HOLDER
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Interval, TicketEvent
from tests.factories import actor, go, make_ticket, move, voice_of
from tests.tickets.deeds import child
from workflows.ticket_states import State

OPEN_STATES = [State.SUBMITTED, State.TRIAGE, State.INFO_NEEDED]


def withdraw(ticket, who="li"):
    return move(ticket, "withdraw", who, reason="学生说已经好了")


@pytest.mark.parametrize("state", OPEN_STATES)
def test_the_filer_may_until_it_is_dispatched(db, state):
    ticket = make_ticket(state)
    assert withdraw(ticket) is State.WITHDRAWN
    assert (ticket.is_open, ticket.next_due_at) == (False, None)
    assert db.session.scalars(db.select(Interval).filter_by(ticket_id=ticket.id, until_at=None)).all() == []


def test_the_holder_may_too_and_the_row_says_who_it_was(db):
    by_holder, by_filer = make_ticket(), make_ticket()
    make_move(by_holder, "withdraw", actor=HOLDER, as_holder=True, voice_id=voice_of(by_holder), reason="已经好了")
    withdraw(by_filer)
    rows = db.session.scalars(db.select(TicketEvent).filter_by(move="withdraw").order_by(TicketEvent.id)).all()
    assert [row.data["by_holder"] for row in rows] == [True, False]


@pytest.mark.parametrize("state", [State.DISPATCHED, State.IN_PROGRESS, State.CLOSED])
def test_after_dispatch_it_is_too_late(db, state):
    with pytest.raises(Conflict, match="不能“撤回”"):
        withdraw(make_ticket(state))


def test_a_question_asked_by_the_department_does_not_open_the_way(db):
    ticket = make_ticket(State.IN_PROGRESS)
    move(ticket, "ask_info", "sun", question="是几楼？")
    with pytest.raises(Conflict, match="已经交办"):
        withdraw(ticket)


def test_after_an_upheld_return_neither(db):
    ticket = make_ticket(State.RETURN_REQUESTED)
    go(ticket, "uphold_return")
    with pytest.raises(Conflict, match="已经交办"):
        withdraw(ticket)


def test_while_others_follow_it_it_stays(db):
    ticket, other = make_ticket(), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    with pytest.raises(Conflict, match="撤销并案"):
        withdraw(ticket)


@pytest.mark.parametrize("who", ["wang", "director", "chen", "zhang", "auditor"])
def test_it_is_the_filers_own(db, who):
    with pytest.raises(NotAllowed):
        withdraw(make_ticket(), who)


def test_the_liaison_of_the_leader_may(db):
    assert withdraw(make_ticket(filer="liaison", filed_for_id=actor("li").id), "liaison") is State.WITHDRAWN


def test_what_has_a_code_out_is_not_voided(db):
    with pytest.raises(Conflict, match="先告知本人"):
        move(make_ticket(), "void", "director", reason="误录")


def test_what_has_none_may_be(db):
    assert move(child(), "void", "director", reason="误录") is State.WITHDRAWN


def test_voiding_is_the_directors(db):
    with pytest.raises(NotAllowed):
        move(child(), "void", "wang", reason="误录")
