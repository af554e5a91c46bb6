"""当场解决、表扬: settled where it was said, confirmed by the office (T3, T3b, A16)."""

import pytest

from liaison.core.errors import BadInput, Conflict
from liaison.tickets.models import Answer, Telling
from tests.factories import actor, at, make_ticket, move, unit_id
from tests.tickets.deeds import on_the_spot
from workflows.ticket_states import State
from workflows.ticket_words import Channel, CloseReason, Kind


def confirm(ticket, answer="图书馆自习区开放到二十三点", **more):
    return move(ticket, "confirm_onspot", "wang", answer=answer, answered_by=str(actor("li").id), **more)


def test_it_was_handled_and_told_at_the_contact(db, frozen):
    time = frozen("2026-11-18 20:40")
    ticket = on_the_spot()
    time.to("2026-11-19 09:00")
    confirm(ticket)
    assert (ticket.state, ticket.close_reason) == (State.CLOSED, CloseReason.ON_SPOT)
    assert (ticket.outcome.value, ticket.handled_at) == ("A", at("2026-11-18 20:40"))
    (told,) = db.session.scalars(db.select(Telling)).all()
    assert (told.channel, told.by_id, told.at) == (Channel.FACE_TO_FACE, actor("li").id, at("2026-11-18 20:40"))
    assert (ticket.told_count, ticket.due_at) == (1, None)


def test_the_form_brings_back_what_the_leader_wrote(db, sign_in_as):
    ticket = on_the_spot()
    browser = sign_in_as("wang")
    assert "图书馆自习区从今天起开放到二十三点" in browser.get(f"/tickets/{ticket.number}").text
    browser.submit(f"/tickets/{ticket.number}", move="confirm_onspot")
    assert db.session.scalars(db.select(Answer.text)).one() == "图书馆自习区从今天起开放到二十三点"


@pytest.mark.parametrize("answer", ["好的", "         "])
def test_a_word_is_no_answer(db, answer):
    with pytest.raises((Conflict, BadInput)):
        confirm(on_the_spot(), answer=answer)


def test_only_what_was_said_to_be_answered_is_confirmed(db):
    with pytest.raises(Conflict, match="没有写明"):
        confirm(make_ticket())


def test_nothing_may_be_merged_into_it(db):
    ticket, other = on_the_spot(), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    with pytest.raises(Conflict, match="撤销并案"):
        confirm(ticket)


def test_praise_is_passed_on_and_closes_without_an_outcome(db):
    ticket = make_ticket(kind=Kind.PRAISE, text="食堂的师傅帮我找回了饭卡")
    move(ticket, "record_praise", "wang", praised_unit=str(unit_id("logistics")))
    assert (ticket.state, ticket.close_reason, ticket.outcome) == (State.CLOSED, CloseReason.PRAISE, None)
    (told,) = db.session.scalars(db.select(Telling)).all()
    assert told.note == "已转达"
    assert "后勤保障处" in db.session.scalars(db.select(Answer.text)).one()


def test_a_complaint_is_not_recorded_as_praise(db):
    with pytest.raises(Conflict, match="表扬"):
        move(make_ticket(kind=Kind.COMPLAINT), "record_praise", "wang", praised_unit=str(unit_id("logistics")))
