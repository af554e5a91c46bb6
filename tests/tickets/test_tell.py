"""告知: one voice has been answered to, and the ledger of debts knows it (T31, rulings §3, A31)."""

import pytest

from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.tickets.models import Telling
from liaison.tickets.queries.facts import voice_facts
from tests.factories import at, category_id, go, make_ticket, move, voice_of
from workflows.ticket_states import State


def tellings(db, ticket):
    return db.session.scalars(db.select(Telling).filter_by(ticket_id=ticket.id)).all()


def test_the_first_telling_of_the_answer_moves_the_ticket_on(db, frozen):
    frozen("2026-11-20 15:00")
    ticket = make_ticket(State.FEEDBACK_PENDING)
    move(ticket, "tell", "li", voice_of(ticket), channel="face_to_face", note="在三号楼大厅")
    assert (ticket.state, ticket.told_count, ticket.last_told_at) == (State.FEEDBACK_GIVEN, 1, at("2026-11-20 15:00"))
    assert ticket.next_due_at == at("2026-11-27 00:00")  # seven days later the file may be shut (A22)
    (told,) = tellings(db, ticket)
    assert (told.answer_id, told.note) == (ticket.answer_id, "在三号楼大厅")


def test_telling_the_same_voice_again_is_kept_and_not_counted(db):
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    due = ticket.next_due_at
    move(ticket, "tell", "wang", voice_of(ticket), channel="phone")
    assert (len(tellings(db, ticket)), ticket.told_count) == (2, 1)
    assert ticket.next_due_at == due


def test_a_second_voice_gives_the_file_seven_more_days(db, frozen):
    time = frozen("2026-11-20 15:00")
    ticket, other = make_ticket(State.IN_PROGRESS), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    go(ticket, "submit_answer head_approve office_approve tell")
    time.to("2026-12-02 18:00")
    move(ticket, "tell", "li", voice_of(other), channel="face_to_face")
    assert (ticket.told_count, ticket.next_due_at) == (2, at("2026-12-09 00:00"))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.TRIAGE, State.IN_PROGRESS, State.OFFICE_REVIEW])
def test_before_there_is_something_to_tell_nothing_is_told(db, state):
    ticket = make_ticket(state)
    with pytest.raises(Conflict, match="没有可以告知"):
        move(ticket, "tell", "li", voice_of(ticket), channel="face_to_face")
    assert not tellings(db, ticket)


@pytest.mark.parametrize("state", [State.FEEDBACK_PENDING, State.WITHDRAWN, State.REDIRECTED, State.CLOSED])
@pytest.mark.parametrize("whose", ["another ticket", "nobody"])
def test_a_voice_of_another_ticket_is_none_of_its_business(db, state, whose):
    ticket = make_ticket(state)
    voice = voice_of(make_ticket()) if whose == "another ticket" else 987_654_321
    with pytest.raises(NotVisible):
        move(ticket, "tell", "li", voice, channel="face_to_face")
    assert all(row.voice_id != voice for row in tellings(db, ticket))


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.REDIRECTED])
def test_a_route_and_a_withdrawal_are_told_too(db, state):
    ticket = make_ticket(state)
    move(ticket, "tell", "li", voice_of(ticket), channel="face_to_face")
    (told,) = tellings(db, ticket)
    assert (ticket.state, told.answer_id) == (state, None)
    assert voice_facts(ticket)[0].told_at


def test_a_notice_tells_of_places_and_things_only(db):
    pump = make_ticket(State.FEEDBACK_PENDING, category="03")
    move(pump, "tell", "wang", voice_of(pump), channel="notice", note="三号楼大厅，11月20日")
    grant = make_ticket(State.FEEDBACK_PENDING, category="07")
    with pytest.raises(Conflict, match="设施"):
        move(grant, "tell", "wang", voice_of(grant), channel="notice")
    assert category_id("07")


def test_nobody_writes_in_the_name_of_the_code_page(db):
    ticket = make_ticket(State.FEEDBACK_PENDING)
    with pytest.raises(Conflict, match="自动登记"):
        move(ticket, "tell", "wang", voice_of(ticket), channel="code_page")


@pytest.mark.parametrize("channel", ["", None])
def test_without_a_channel_nothing_is_told(db, channel):
    ticket = make_ticket(State.FEEDBACK_PENDING)
    with pytest.raises(BadInput):
        move(ticket, "tell", "li", voice_of(ticket), channel=channel)


def test_after_reopening_an_earlier_telling_is_history_and_the_debt_is_due_again(db):
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    go(ticket, "reopen submit_answer head_approve office_approve")
    assert [row.told_at for row in voice_facts(ticket)] == [None]
    assert (ticket.told_count, ticket.last_told_at) == (0, None)
    assert len(tellings(db, ticket)) == 1


def test_the_page_shows_each_voice_whether_it_was_told(db, sign_in_as):
    ticket = make_ticket(State.FEEDBACK_PENDING)
    browser = sign_in_as("li")
    assert "还欠一个回话" in browser.get(f"/tickets/{ticket.number}").text
    typed = {"channel": "class_meeting", "telling_note": "班会上说的"}
    browser.submit(f"/tickets/{ticket.number}", typed, move="tell")
    page = browser.get(f"/tickets/{ticket.number}").text
    assert "已告知（班级转达）" in page
    assert "还欠一个回话" not in page
    assert tellings(db, ticket)[0].note == "班会上说的"
