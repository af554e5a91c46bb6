"""部门审定、党政办审核: another person than the author, then release under every code (T29–T30a)."""

from itertools import pairwise

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.models import Answer, Assignment, Interval, Ticket
from liaison.tickets.models.work import Ending
from tests.factories import ANSWER, actor, at, go, make_ticket, move
from workflows.ticket_states import State

WHY_NOT = {"reason_class": "facts", "basis": "现场已看过", "alternative": "可用二楼的水房"}


def test_handled_counts_from_the_departments_approval(db, frozen):
    time = frozen("2026-11-19 09:00")
    ticket = make_ticket(State.DEPT_REVIEW)
    time.to("2026-11-20 10:00")
    go(ticket, "head_approve")
    assert ticket.handled_at is None
    time.to("2026-11-23 16:00")
    go(ticket, "office_approve")
    assert (ticket.handled_at, ticket.offered_at) == (at("2026-11-20 10:00"), at("2026-11-23 16:00"))
    (row,) = db.session.scalars(db.select(Answer)).all()
    assert (row.head_approved_by_id, row.office_approved_by_id) == (actor("zhang").id, actor("wang").id)
    (assignment,) = db.session.scalars(db.select(Assignment)).all()
    assert (assignment.ending, assignment.ended_at) == (Ending.HANDLED, at("2026-11-20 10:00"))


def test_offering_is_not_telling(db):
    ticket = make_ticket(State.FEEDBACK_PENDING)
    assert (ticket.told_count, ticket.outcome.value) == (0, "A")


def test_the_author_does_not_approve_his_own_draft(db):
    ticket = make_ticket(State.IN_PROGRESS, handler="zhang")
    move(ticket, "submit_answer", "zhang", outcome="A", answer=ANSWER)
    with pytest.raises(Conflict, match="另一人审定"):
        move(ticket, "head_approve", "zhang")


def test_in_a_department_of_one_the_director_approves(db):
    ticket = make_ticket(State.IN_PROGRESS, handler="zhang")
    move(ticket, "submit_answer", "zhang", outcome="A", answer=ANSWER)
    assert move(ticket, "head_approve", "director") is State.OFFICE_REVIEW


def test_where_a_head_could_do_it_the_director_does_not(db):
    with pytest.raises(Conflict, match="主办单位负责人"):
        move(make_ticket(State.DEPT_REVIEW), "head_approve", "director")


@pytest.mark.parametrize("limit_class", ["simple", "urgent"])
def test_simple_and_urgent_ones_go_straight_to_the_students(db, limit_class):
    ticket = make_ticket(State.DEPT_REVIEW, limit_class=limit_class)
    assert move(ticket, "head_approve_direct", "zhang") is State.FEEDBACK_PENDING
    assert ticket.handled_at == ticket.offered_at


def test_the_longer_road_stays_allowed_for_them(db):
    assert move(make_ticket(State.DEPT_REVIEW, limit_class="simple"), "head_approve", "zhang") is State.OFFICE_REVIEW


def test_general_ones_pass_the_office(db):
    with pytest.raises(Conflict, match="需经党政办审核"):
        move(make_ticket(State.DEPT_REVIEW), "head_approve_direct", "zhang")


def test_no_on_a_hot_topic_is_the_directors_and_needs_a_second_signature(db):
    ticket = make_ticket(State.IN_PROGRESS)
    db.session.execute(db.update(Ticket).values(is_hot=True))
    db.session.refresh(ticket)
    move(ticket, "submit_answer", "sun", outcome="D", answer=ANSWER, **WHY_NOT)
    move(ticket, "head_approve", "zhang")
    with pytest.raises(Conflict, match="主任审核"):
        move(ticket, "office_approve", "wang")
    with pytest.raises(Conflict, match="分管校领导"):
        move(ticket, "office_approve", "director")


@pytest.mark.parametrize("who", ["zhang", "sun", "li", "auditor", "officer"])
def test_the_review_is_the_offices(db, who):
    with pytest.raises(NotAllowed):
        move(make_ticket(State.OFFICE_REVIEW), "office_approve", who)


def test_sent_back_by_the_office_its_time_was_custody_all_along(db, frozen):
    time = frozen("2026-11-19 09:00")
    ticket = make_ticket(State.OFFICE_REVIEW)
    time.to("2026-11-20 09:00")
    go(ticket, "office_return")
    rows = db.session.scalars(db.select(Interval).order_by(Interval.from_at, Interval.id)).all()
    assert [row.ledger.value for row in rows][-1] == "custody"
    custody = [row for row in rows if row.ledger.value == "custody"]
    assert (custody[0].from_at, custody[-1].until_at) == (at("2026-11-19 09:00"), None)
    assert all(one.until_at == following.from_at for one, following in pairwise(custody))
    assert ticket.next_due_at == ticket.due_at


@pytest.mark.parametrize(
    ("state", "name", "who"),
    [(State.DEPT_REVIEW, "head_return", "zhang"), (State.OFFICE_REVIEW, "office_return", "wang")],
)
def test_a_second_draft_replaces_the_first_which_stays(db, state, name, who):
    ticket = make_ticket(state)
    move(ticket, name, who, reason="请写明供水的时间")
    move(ticket, "submit_answer", "sun", outcome="A", answer=ANSWER + "供水时间已写明。")
    go(ticket, "head_approve office_approve")
    first, second = db.session.scalars(db.select(Answer).order_by(Answer.id)).all()
    assert (first.offered_at, ticket.answer_id) == (None, second.id)
    assert second.text.endswith("供水时间已写明。")
