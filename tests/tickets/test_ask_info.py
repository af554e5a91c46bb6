"""退回补充 and 补充: one question at a time, the clock stands while the filer looks (T4–T6)."""

import pytest

from liaison.core.errors import BadInput, Conflict
from liaison.people.actor import HOLDER
from liaison.tickets.actions.following import end_info_waits
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Assignment, Remark
from tests.factories import at, go, make_ticket, move, voice_of
from workflows.ticket_states import State

ASK = {"question": "是几楼的热水器？"}


@pytest.fixture
def worked_on(db, frozen):
    """In work since Thursday 5 November, due on Thursday the 12th."""
    time = frozen("2026-11-05 10:00")
    return time, make_ticket(State.IN_PROGRESS)


def test_the_filer_has_five_working_days(db, worked_on):
    _time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    assert ticket.next_due_at == at("2026-11-13 00:00")
    assert (ticket.return_to, ticket.info_rounds) == (State.IN_PROGRESS, 1)


def test_what_it_took_is_added_to_both_limits_and_to_the_assignment(db, worked_on):
    time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    time.to("2026-11-09 09:00")  # Friday and Monday have gone by
    move(ticket, "supplement", "li", text="是三楼东头的热水器")
    assert ticket.due_at == ticket.original_due_at == ticket.next_due_at == at("2026-11-17 00:00")
    assignment = db.session.scalars(db.select(Assignment).filter_by(ticket_id=ticket.id)).one()
    assert (assignment.due_at, assignment.original_due_at) == (ticket.due_at, ticket.due_at)


def test_what_was_added_stands_beside_the_voice(db, worked_on):
    _time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    make_move(ticket, "supplement", actor=HOLDER, as_holder=True, voice_id=voice_of(ticket), text="三楼东头")
    remark = db.session.scalars(db.select(Remark).filter_by(ticket_id=ticket.id)).one()
    assert (remark.text, remark.by_id, remark.voice_id) == ("三楼东头", None, voice_of(ticket))


def test_a_second_question_has_the_rest_of_the_five_days(db, worked_on):
    time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    time.to("2026-11-09 09:00")
    move(ticket, "supplement", "li", text="是三楼东头的热水器")
    move(ticket, "ask_info", "sun", question="是早上还是晚上？")
    assert ticket.next_due_at == at("2026-11-13 00:00")  # three working days from Monday: Thursday 24:00


def test_there_is_no_third_question(db, worked_on):
    _time, ticket = worked_on
    for question in ("是几楼？", "是早上还是晚上？"):
        move(ticket, "ask_info", "sun", question=question)
        move(ticket, "supplement", "li", text="说清楚了")
    with pytest.raises(Conflict, match="2次"):
        move(ticket, "ask_info", "sun", question="还有一个问题")


def test_five_days_used_up_leave_no_second_question(db, worked_on):
    time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    time.to("2026-11-12 20:00")
    move(ticket, "supplement", "li", text="是三楼东头的热水器")
    with pytest.raises(Conflict, match="已经用完"):
        move(ticket, "ask_info", "sun", question="还有一个问题")


def test_silence_leads_back_to_work_and_closes_nothing(db, worked_on):
    time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    time.to("2026-11-12 23:59")
    assert end_info_waits() == 0
    time.to("2026-11-13 00:00")
    assert end_info_waits() == 1
    assert (ticket.state, ticket.is_info_incomplete) == (State.IN_PROGRESS, True)
    assert ticket.due_at == at("2026-11-20 00:00")  # Thursday the 12th and five working days
    assert end_info_waits() == 0


def test_before_the_days_are_over_the_system_does_not_go_on(db, worked_on):
    _time, ticket = worked_on
    move(ticket, "ask_info", "sun", **ASK)
    with pytest.raises(Conflict, match="还没有满"):
        move(ticket, "info_timeout", "system")


def test_from_triage_it_leads_back_to_triage(db, frozen):
    frozen("2026-11-05 10:00")
    ticket = go(make_ticket(State.TRIAGE), "ask_info supplement")
    assert (ticket.state, ticket.return_to, ticket.due_at) == (State.TRIAGE, None, None)


def test_a_question_without_words_is_refused(db):
    ticket = make_ticket(State.TRIAGE)
    with pytest.raises(BadInput, match="问题"):
        move(ticket, "ask_info", "wang", question="   ")
    assert ticket.version == 2


def test_the_page_says_what_is_missing_beside_the_field_and_keeps_the_rest(db, sign_in_as):
    ticket = make_ticket(State.INFO_NEEDED)
    answer = sign_in_as("li").send(f"/tickets/{ticket.number}/supplement", {"version": ticket.version, "text": " "})
    assert answer.status_code == 422
    assert "请填写这一项。" in answer.text
    assert ticket.state is State.INFO_NEEDED
