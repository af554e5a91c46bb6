"""督办: proposed, issued, answered, lifted; what the system proposes, once for each cause (domain.md §4.7)."""

from datetime import date

import pytest

from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.notifications.models import Notice
from liaison.tickets.actions import orders, urging
from liaison.tickets.actions.moving import LostRace
from liaison.tickets.models import TicketEvent
from liaison.tickets.models.orders import Cause, Grade, SupervisionOrder
from liaison.tickets.queries.queue import counts
from tests.factories import actor, go, make_ticket
from workflows.supervision import State
from workflows.ticket_states import State as At

DEMAND = "请在本周内查清三楼循环水泵的故障，写明完成日期。"
DUE = date(2026, 11, 24)


@pytest.fixture
def ticket(db, frozen):
    """At work since Thursday 19 November."""
    frozen("2026-11-19 10:00")
    return make_ticket(At.IN_PROGRESS)


def issue(ticket, **more):
    given = {"actor": actor("director"), "demand": DEMAND, "due_on": DUE} | more
    return load(orders.issue(ticket, **given))


def load(key):
    return orders.db.session.get_one(SupervisionOrder, key)


def told(key):
    return set(orders.db.session.scalars(orders.db.select(Notice.recipient_id).where(Notice.text_key == key)))


def test_it_is_issued_with_a_number_of_its_own(db, ticket):
    first, second = issue(ticket), issue(make_ticket(At.IN_PROGRESS))
    assert (first.number, second.number) == ("督〔2026〕1号", "督〔2026〕2号")
    assert (first.state, first.unit_id, first.due_on) == (State.ISSUED, ticket.lead_unit_id, DUE)
    assert (ticket.state, ticket.supervision_level) == (At.IN_PROGRESS, 2)
    event = db.session.scalars(db.select(TicketEvent).where(TicketEvent.move == "supervise")).first()
    assert event.data == {"level": 2, "order": DEMAND, "number": "督〔2026〕1号"}
    assert actor("zhang").id in told("ticket.supervise")


def test_the_unit_answers_and_the_director_lifts_with_a_result(db, ticket):
    order = issue(ticket)
    head, director = actor("zhang"), actor("director")
    assert counts(head)["orders"] == 1
    orders.answer(ticket, order, actor=head, answer="水泵已订货，11月23日到货，当天更换。")
    assert (order.state, counts(director)["orders"], counts(head)["orders"]) == (State.ANSWERED, 1, 0)
    orders.send_back(ticket, order, actor=director, reason="请写明谁负责")
    assert order.state is State.ISSUED
    orders.answer(ticket, order, actor=head, answer="由维修中心负责，11月23日更换。")
    with pytest.raises(BadInput):
        orders.lift(ticket, order, actor=director, result=" ")
    orders.lift(ticket, order, actor=director, result="已更换水泵，现场核实。")
    assert (order.state, order.ended_by_id) == (State.LIFTED, director.id)
    moves = [row.move for row in db.session.scalars(db.select(TicketEvent).order_by(TicketEvent.id))][-5:]
    assert moves == ["supervise", "order_answer", "order_back", "order_answer", "order_lift"]
    assert director.id in told("ticket.order_answered")


def test_each_deed_is_one_persons(ticket):
    with pytest.raises(NotAllowed):
        issue(ticket, actor=actor("wang"))
    order = issue(ticket)
    for who in ("sun", "liu", "director"):
        with pytest.raises(NotAllowed):
            orders.answer(ticket, order, actor=actor(who), answer="不是他的事")
    orders.answer(ticket, order, actor=actor("zhang"), answer="已更换水泵。")
    for who in ("zhang", "wang", "chen"):
        with pytest.raises(NotAllowed):
            orders.lift(ticket, order, actor=actor(who), result="已办")
    assert order.state is State.ANSWERED


def test_a_clerk_proposes_and_the_director_decides(db, ticket):
    key = orders.propose(ticket, actor=actor("wang"), reason="两次催办没有进展")
    assert load(key).number is None
    assert ticket.supervision_level == 0
    assert counts(actor("director"))["orders"] == 1
    with pytest.raises(BadInput):
        orders.drop(ticket, load(key), actor=actor("director"), reason="")
    orders.issue(ticket, load(key), actor=actor("director"), demand=DEMAND, due_on=DUE)
    assert (load(key).state, load(key).cause) == (State.ISSUED, Cause.OFFICE)
    other = orders.propose(ticket, actor=actor("wang"), reason="再提一次")
    orders.drop(ticket, load(other), actor=actor("director"), reason="已有督办单")
    assert load(other).state is State.DROPPED


def test_a_leader_in_charge_is_told_and_writes_what_he_thinks(ticket):
    order = issue(ticket, grade=Grade.LEADER)
    assert ticket.supervision_level == 3
    assert told("ticket.supervise.leader") == {actor("chen").id}
    with pytest.raises(NotAllowed):
        orders.comment(ticket, order, actor=actor("li"), comment="请抓紧")
    orders.comment(ticket, order, actor=actor("chen"), comment="请后勤保障处本周内办结，我去现场看。")
    assert order.commented_by_id == actor("chen").id


def test_of_a_restricted_matter_the_leader_in_charge_hears_nothing(db):
    hidden = make_ticket(At.IN_PROGRESS, confidentiality="restricted", office="officer")
    issue(hidden, grade=Grade.LEADER)
    assert told("ticket.supervise.leader") == set()


def test_two_people_at_once_one_wins(ticket):
    order = issue(ticket)
    seen = order.version
    orders.answer(ticket, order, actor=actor("zhang"), answer="今天已更换水泵。", version=seen)
    with pytest.raises(LostRace):
        orders.lift(ticket, order, actor=actor("director"), result="已办", version=seen)


@pytest.mark.parametrize("state", [At.TRIAGE, At.CLOSED])
def test_nobody_is_urged_about_what_no_unit_has(db, state):
    with pytest.raises(Conflict):
        issue(make_ticket(state), due_on=date(2099, 1, 1))


def test_a_day_that_is_over_is_no_limit(ticket):
    with pytest.raises(BadInput):
        issue(ticket, due_on=date(2026, 11, 18))


# --- what the system proposes --------------------------------------------------------------------


def causes(db):
    found = db.select(SupervisionOrder.cause, SupervisionOrder.grade).order_by(SupervisionOrder.id)
    return [tuple(row) for row in db.session.execute(found)]


def test_three_working_days_overdue_is_an_order_ten_a_leaders(db, frozen, ticket):
    """Due on Thursday 26 November; red from the 27th, three working days on Tuesday 1 December."""
    time = frozen("2026-11-30 12:00")
    assert urging.propose_due() == 0
    time.to("2026-12-01 12:00")
    assert [urging.propose_due(), urging.propose_due()] == [1, 0]
    time.to("2026-12-10 12:00")
    urging.propose_due()
    assert causes(db) == [(Cause.RED, Grade.ORDER), (Cause.LONG_RED, Grade.LEADER)]
    assert told("ticket.order_proposed") == {actor("director").id}


def test_a_second_reopening_is_proposed_once_and_not_again_after_it_was_dropped(db, ticket):
    go(ticket, "submit_answer head_approve office_approve tell reopen")
    assert urging.propose_due() == 0
    go(ticket, "submit_answer head_approve office_approve tell reopen")
    assert urging.propose_due() == 1
    (row,) = db.session.scalars(db.select(SupervisionOrder))
    assert row.cause is Cause.REOPENED
    orders.drop(ticket, row, actor=actor("director"), reason="已当面说过")
    assert urging.propose_due() == 0


def test_an_order_nobody_answers_goes_to_the_leader(db, frozen, ticket):
    issue(ticket)
    assert urging.propose_due() == 0
    frozen("2026-11-25 09:00")
    assert urging.propose_due() == 1
    assert causes(db)[-1] == (Cause.UNANSWERED, Grade.LEADER)


def test_returns_hot_matters_and_the_wall_speak_for_an_order(db, ticket, frozen):
    frozen("2027-01-20 09:00")
    ticket.is_hot, ticket.return_count = True, 2
    db.session.flush()
    found = set(urging.causes(ticket))
    assert {Cause.RETURNED, Cause.HOT, Cause.WALL, Cause.LONG_RED} == found


def test_what_is_answered_is_not_proposed(db, frozen, ticket):
    go(ticket, "submit_answer head_approve office_approve")
    go(ticket, "tell")
    frozen("2027-02-20 09:00")
    assert urging.propose_due() == 0
