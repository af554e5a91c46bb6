"""提交答复: what the department did, in words for who raised it (T28, T28b, T18)."""

import pytest

from liaison.core.errors import BadInput, Conflict
from liaison.notifications.models import Notice
from liaison.tickets.models import Answer, TicketEvent
from tests.factories import ANSWER, make_ticket, move, unit_id
from workflows.ticket_states import State

WHY_NOT = {
    "reason_class": "technical",
    "basis": "配电室容量已满",
    "alternative": "可用一楼公共洗衣房",
    "review_on": None,
}


def answer(ticket, outcome="A", text=ANSWER, who="sun", move_name="submit_answer", **more):
    return move(ticket, move_name, who, outcome=outcome, answer=text, **more)


def the_answer(db):
    return db.session.scalars(db.select(Answer)).one()


def test_it_waits_for_the_head_and_nothing_is_handled_yet(db):
    ticket = make_ticket(State.IN_PROGRESS)
    answer(ticket, internal_note="水泵保修到明年")
    assert (ticket.state, ticket.handled_at, ticket.answer_id) == (State.DEPT_REVIEW, None, None)
    row = the_answer(db)
    assert (row.text, row.internal_note, row.is_final, row.offered_at) == (ANSWER, "水泵保修到明年", True, None)
    assert db.session.scalar(db.select(Notice.text_key).filter_by(text_key="ticket.submit_answer"))


def test_it_is_due_with_the_departments_limit(db):
    ticket = make_ticket(State.DEPT_REVIEW)
    assert ticket.next_due_at == ticket.due_at


def test_less_than_twenty_letters_is_no_answer(db):
    with pytest.raises(Conflict, match="20个字"):
        answer(make_ticket(State.IN_PROGRESS), text="已经修好了，请放心使用吧。")


@pytest.mark.parametrize("missing", ["reason_class", "basis", "alternative", "review_on"])
def test_it_cannot_be_done_needs_its_grounds(db, missing):
    """A18: reason class, basis, alternative and the day it is looked at again."""
    ticket = make_ticket(State.IN_PROGRESS)
    given = {**WHY_NOT, "review_on": ticket.raised_at.date(), missing: None}
    with pytest.raises(Conflict):
        answer(ticket, "D", **given)
    assert ticket.state is State.IN_PROGRESS


def test_with_its_grounds_it_passes(db):
    ticket = make_ticket(State.IN_PROGRESS)
    answer(ticket, "D", **{**WHY_NOT, "review_on": ticket.raised_at.date()})
    row = the_answer(db)
    assert (row.outcome.value, row.reason_class.value, row.alternative) == ("D", "technical", "可用一楼公共洗衣房")


def test_grounds_typed_for_a_solved_one_are_not_kept(db):
    answer(make_ticket(State.IN_PROGRESS), "A", **WHY_NOT)
    assert (the_answer(db).reason_class, the_answer(db).basis) == (None, "")


@pytest.mark.parametrize("outcome", ["B", "C"])
def test_what_is_still_being_done_is_no_final_answer(db, outcome):
    with pytest.raises(Conflict, match="最终答复"):
        answer(make_ticket(State.IN_PROGRESS), outcome)


def test_without_an_outcome_it_is_told_what_is_missing(db):
    with pytest.raises(BadInput, match="办理结果"):
        move(make_ticket(State.IN_PROGRESS), "submit_answer", "sun", answer=ANSWER)


def test_it_waits_for_the_co_units(db):
    ticket = make_ticket(State.TRIAGE)
    move(ticket, "dispatch", "wang", lead=str(unit_id("logistics")), limit_class="general", co=[unit_id("it-centre")])
    move(ticket, "sign", "sun", handler=str(ticket.filed_by_id))
    with pytest.raises(Conflict, match="1 个协办答复"):
        answer(ticket, who="zhang")
    move(ticket, "co_answer", "it-head", answer="三号楼的网线已经一并检查，没有问题，不用另行施工。")
    assert answer(ticket, who="zhang") is State.DEPT_REVIEW


def test_the_long_road_stays_open_where_a_class_skips_the_head(db, setting):
    setting(skip_head=["simple", "general"])
    assert answer(make_ticket(State.IN_PROGRESS)) is State.DEPT_REVIEW


def test_where_both_reviews_are_dropped_the_answer_is_offered_at_once(db, setting):
    setting(skip_head=["simple"])
    ticket = make_ticket(State.IN_PROGRESS, limit_class="simple")
    assert answer(ticket, move_name="submit_answer_direct") is State.FEEDBACK_PENDING
    assert ticket.handled_at == ticket.offered_at == the_answer(db).offered_at
    assert ticket.answer_id == the_answer(db).id


def test_where_only_the_head_is_dropped_the_office_reviews_it(db, setting):
    setting(skip_head=["general"])
    ticket = make_ticket(State.IN_PROGRESS)
    assert answer(ticket, move_name="submit_answer_direct") is State.OFFICE_REVIEW
    assert ticket.handled_at is None


def test_as_shipped_no_class_skips_the_head(db):
    with pytest.raises(Conflict, match="需经部门审定"):
        answer(make_ticket(State.IN_PROGRESS, limit_class="simple"), move_name="submit_answer_direct")


def test_progress_is_written_down_and_moves_nothing(db):
    ticket = make_ticket(State.IN_PROGRESS)
    due = ticket.next_due_at
    move(ticket, "progress", "sun", note="水泵已订货，星期五到")
    event = db.session.scalars(db.select(TicketEvent).filter_by(seq=ticket.event_count)).one()
    assert (ticket.state, ticket.next_due_at, event.reason) == (State.IN_PROGRESS, due, "水泵已订货，星期五到")


def test_what_was_typed_stays_on_the_page_beside_what_is_missing(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    typed = {"version": ticket.version, "outcome": "D", "answer": ANSWER, "basis": "配电室容量已满"}
    page = sign_in_as("sun").send(f"/tickets/{ticket.number}/submit_answer", typed)
    assert page.status_code == 409
    for words in (ANSWER, "配电室容量已满", "原因类别"):
        assert words in page.text
    assert ticket.state is State.IN_PROGRESS
