"""签收: the department takes it in hand; from now on one named person works it (T13)."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.models import Assignment
from tests.factories import actor, at, make_ticket, move, unit_id
from workflows.ticket_states import State


def sign(ticket, who, handler=None):
    return move(ticket, "sign", who, handler=str(actor(handler or who).id))


def test_the_assignment_keeps_who_and_when(db, frozen):
    time = frozen("2026-11-19 09:05")
    ticket = make_ticket(State.DISPATCHED)
    time.to("2026-11-19 15:00")
    sign(ticket, "zhang", handler="sun")
    (assignment,) = db.session.scalars(db.select(Assignment)).all()
    assert (assignment.handler_id, assignment.signed_at) == (actor("sun").id, at("2026-11-19 15:00"))
    assert ticket.next_due_at == ticket.due_at  # the clock started at dispatch


@pytest.mark.parametrize("who", ["zhang", "sun", "sun-colleague"])
def test_before_it_is_signed_everybody_of_the_unit_may(db, who):
    ticket = make_ticket(State.DISPATCHED)
    assert sign(ticket, who) is State.IN_PROGRESS


@pytest.mark.parametrize("who", ["liu", "it-handler", "wang", "chen"])
def test_nobody_else_may(db, who):
    ticket = make_ticket(State.DISPATCHED)
    with pytest.raises(NotAllowed, match="主办"):
        sign(ticket, who)


def test_a_head_names_a_handler_of_his_own_unit(db, sign_in_as):
    ticket = make_ticket(State.DISPATCHED)
    browser, address = sign_in_as("zhang"), f"/tickets/{ticket.number}/sign"
    assert browser.send(address, {"version": ticket.version, "handler": actor("it-handler").id}).status_code == 422
    assert ticket.state is State.DISPATCHED
    page = browser.get(f"/tickets/{ticket.number}").text
    assert "孙师傅" in page
    assert "邹老师" not in page  # whose role ended years ago
    browser.submit(f"/tickets/{ticket.number}", {"handler": actor("sun").id}, move="sign")
    assert ticket.handler_id == actor("sun").id


def test_the_unit_complained_of_cannot_sign(db):
    ticket = make_ticket(State.DISPATCHED)
    ticket.complained_of_id = unit_id("logistics")
    db.session.flush()
    with pytest.raises(Conflict, match="应当回避"):
        sign(ticket, "zhang")


def test_once_signed_it_is_the_named_ones(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    address = f"/tickets/{ticket.number}"
    assert sign_in_as("sun").get(address).status_code == 200
    assert sign_in_as("zhang").get(address).status_code == 200
    assert sign_in_as("sun-colleague").get(address).status_code == 404


def test_whoever_signs_for_a_colleague_comes_back_to_his_list(db, sign_in_as):
    ticket, other = make_ticket(State.DISPATCHED), make_ticket(State.DISPATCHED)
    browser, colleague = sign_in_as("sun-colleague"), actor("sun").id
    answer = browser.submit(f"/tickets/{ticket.number}", {"handler": colleague}, move="sign")
    assert (answer.status_code, answer.location) == (303, "/queue")
    answer = browser.submit(f"/queue?tab=sign&open={other.number}", {"handler": colleague}, move="sign")
    assert answer.location == "/queue?tab=sign"
    assert f"{other.number}：已签收。" in browser.get(answer.location).text
