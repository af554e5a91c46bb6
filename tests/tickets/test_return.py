"""申请退回: one return per unit, two per ticket, then a ruling (T14–T17, A9–A11)."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.models import Assignment
from liaison.tickets.queries.visible import tickets
from tests.factories import actor, at, go, make_ticket, move, unit_id
from workflows.ticket_states import State


def ask(ticket, who):
    suggested = str(unit_id("it-centre"))
    given = {"reason_code": "not_our_duty", "duty_clause": "机构职责第3条", "suggested_unit": suggested}
    return move(ticket, "request_return", who, **given)


def uphold(ticket, who="wang"):
    return move(ticket, "uphold_return", who, reason="职责不在该单位")


def sees(db, who, ticket):
    return ticket in db.session.scalars(tickets(actor(who))).all()


def test_refused_it_works_on_and_the_limit_never_stopped(db, frozen):
    """A10: dispatched on Monday 9 November, due on the 16th, refused on the 11th: due stays."""
    time = frozen("2026-11-09 09:00")
    ticket = make_ticket(State.DISPATCHED)
    time.on(days=1)
    ask(ticket, "zhang")
    time.on(days=1)
    move(ticket, "reject_return", "wang", reason="职责清单第3条")
    assert (ticket.state, ticket.is_designated, ticket.due_at) == (State.IN_PROGRESS, True, at("2026-11-17 00:00"))
    with pytest.raises(Conflict, match="指定承办"):
        ask(ticket, "zhang")


def test_after_two_working_days_it_is_too_late(db, frozen):
    time = frozen("2026-11-12 09:00")
    ticket = make_ticket(State.DISPATCHED)
    time.to("2026-11-17 00:01")
    with pytest.raises(Conflict, match="2个工作日"):
        ask(ticket, "zhang")


def test_a_unit_whose_return_was_upheld_sees_it_no_more(db):
    ticket = make_ticket(State.IN_PROGRESS)
    ask(ticket, "zhang")
    assert [sees(db, who, ticket) for who in ("zhang", "sun")] == [True, True]
    uphold(ticket)
    assert [sees(db, who, ticket) for who in ("zhang", "sun", "sun-colleague")] == [False] * 3
    assert sees(db, "li", ticket)


def test_the_next_unit_gets_a_fresh_clock_and_the_whole_wait_goes_on(db, frozen):
    time = frozen("2026-11-09 09:00")
    ticket = make_ticket(State.DISPATCHED)
    ask(ticket, "zhang")
    uphold(ticket)
    time.to("2026-11-11 09:00")
    go(ticket, "dispatch", lead="it-centre")
    assert (ticket.due_at, ticket.waits_since, ticket.return_count) == (
        at("2026-11-19 00:00"),
        at("2026-11-09 09:00"),
        1,
    )
    first, second = db.session.scalars(db.select(Assignment).order_by(Assignment.id)).all()
    assert (first.ending.value, second.unit_id, second.ending) == ("returned", unit_id("it-centre"), None)


def test_the_same_unit_does_not_return_it_twice(db):
    ticket = make_ticket(State.DISPATCHED)
    ask(ticket, "zhang")
    uphold(ticket)
    go(ticket, "dispatch")
    with pytest.raises(Conflict, match="申请退回过一次"):
        ask(ticket, "zhang")


def test_the_second_return_is_the_directors_and_so_is_the_next_dispatch(db):
    """A9: two returns, only the director may dispatch, the unit named cannot return it any more."""
    ticket = make_ticket(State.DISPATCHED)
    ask(ticket, "zhang")
    uphold(ticket)
    go(ticket, "dispatch", lead="it-centre")
    ask(ticket, "it-head")
    with pytest.raises(Conflict, match="由主任裁定"):
        uphold(ticket)
    uphold(ticket, "director")
    with pytest.raises(Conflict, match="指定承办"):
        go(ticket, "dispatch")
    given = {"lead": str(unit_id("it-centre")), "limit_class": "general", "basis": "宿舍网络归信息化中心"}
    with pytest.raises(NotAllowed):
        move(ticket, "designate", "wang", **given)
    move(ticket, "designate", "director", **given)
    assert (ticket.return_count, ticket.is_designated) == (2, True)
    with pytest.raises(Conflict, match="按裁定办理"):
        ask(ticket, "it-head")
