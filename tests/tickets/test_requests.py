"""提请: who may only ask, who says yes, and what follows (rulings §13, scenarios A15, A17, A18)."""

import pytest

from liaison.core.errors import Conflict
from liaison.tickets.models import Request
from liaison.tickets.models.requests import Decider, Standing
from liaison.tickets.queries import queue
from tests.factories import ANSWER, actor, agreed, at, go, make_ticket, move
from tests.tickets.deeds import TO_THE_MEETING
from workflows.ticket_states import State

ROUTE = {"reason_code": "outside", "route": "请打供水公司的热线"}
ASKED = {"reason": "配件采购", "due_on": "2026-12-01"}


def only(db):
    return db.session.scalars(db.select(Request)).one()


def test_a_clerk_proposes_another_channel_and_the_directors_yes_is_the_move(db, sign_in_as):
    ticket = make_ticket(State.TRIAGE)
    address = f"/tickets/{ticket.number}"
    assert sign_in_as("wang").submit(address, ROUTE, move="redirect").status_code == 303
    asked = only(db)
    assert (ticket.state, asked.decider, asked.standing) == (State.TRIAGE, Decider.DIRECTOR, Standing.OPEN)
    assert queue.counts(actor("director"))["asked"] == 1
    assert 'data-move="agree"' not in sign_in_as("wang").get(address).text
    assert sign_in_as("wang").send(f"{address}/requests/{asked.id}/agree").status_code == 403
    assert sign_in_as("director").submit(address, to=f"{address}/requests/{asked.id}/agree").status_code == 303
    db.session.expire_all()
    assert (ticket.state, only(db).standing) == (State.REDIRECTED, Standing.AGREED)
    assert queue.counts(actor("director"))["asked"] == 0


def test_a_no_gives_its_reason_and_it_may_be_asked_again(db, sign_in_as):
    ticket = make_ticket(State.TRIAGE)
    address = f"/tickets/{ticket.number}"
    clerk = sign_in_as("wang")
    clerk.submit(address, ROUTE, move="redirect")
    assert clerk.send(f"{address}/redirect", ROUTE).status_code == 409  # what is undecided is not asked twice
    no = sign_in_as("director").submit(
        address, {"reason": "水房是学校的"}, to=f"{address}/requests/{only(db).id}/decline"
    )
    assert no.status_code == 303
    page = clerk.get(address).text
    assert "水房是学校的" in page
    assert 'data-leads="redirect"' in page


def test_what_the_ticket_has_left_behind_waits_for_nobody(db, sign_in_as):
    ticket = make_ticket(State.TRIAGE)
    sign_in_as("wang").submit(f"/tickets/{ticket.number}", ROUTE, move="redirect")
    db.session.expire_all()
    go(ticket, "dispatch")
    assert queue.counts(actor("director"))["asked"] == 0
    gone = sign_in_as("director").send(f"/tickets/{ticket.number}/requests/{only(db).id}/agree")
    assert gone.status_code == 409


def test_a15_an_extension_is_asked_by_the_head_and_granted_by_the_clerk(db, frozen, sign_in_as):
    time = frozen("2026-11-19 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    time.to("2026-11-25 10:00")
    head, address = sign_in_as("zhang"), f"/tickets/{ticket.number}"
    assert head.submit(address, ASKED, move="extend").status_code == 303
    time.to("2026-11-27 09:00")  # decided after the limit: asked in time is asked in time
    granted = sign_in_as("wang").submit(address, to=f"{address}/requests/{only(db).id}/agree")
    assert granted.status_code == 303
    db.session.expire_all()
    assert (ticket.due_at, ticket.original_due_at) == (at("2026-12-02 00:00"), at("2026-11-27 00:00"))
    assert "配件采购" in head.get(address).text
    assert head.send(f"{address}/extend", ASKED).status_code == 409


def test_a15_asked_after_the_limit_it_is_refused_in_words(db, frozen, sign_in_as):
    time = frozen("2026-11-19 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    time.to("2026-11-27 09:00")
    late = sign_in_as("zhang").send(f"/tickets/{ticket.number}/extend", ASKED)
    assert late.status_code == 409
    assert "已超过办理时限，请说明情况" in late.text
    assert "配件采购" in late.text  # what was typed is still there


def test_a17_no_rung_is_skipped_and_the_leader_in_charge_agrees(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    address, director = f"/tickets/{ticket.number}", sign_in_as("director")
    early = director.send(f"{address}/escalate", TO_THE_MEETING)
    assert (early.status_code, "请先开一次专题会议" in early.text) == (409, True)
    go(ticket, "convene")
    assert director.submit(address, TO_THE_MEETING, move="escalate").status_code == 303
    assert (ticket.state, only(db).decider) == (State.COORDINATING, Decider.LEADER)
    yes = sign_in_as("chen").submit(address, to=f"{address}/requests/{only(db).id}/agree")
    assert yes.status_code == 303
    assert director.submit(address, TO_THE_MEETING, move="escalate").status_code == 303
    days = {"milestone_1": "2027-03-31", "milestone_2": "2027-08-31", "expected_on": "2027-08-31"}
    planned = {"plan_name": "2027年维修计划", "owner": "基建科长", **days}
    assert director.submit(address, planned, move="plan").status_code == 303
    db.session.expire_all()
    assert ticket.state is State.LONG_TERM


def test_a18_a_refusal_on_a_hot_ticket_needs_the_leaders_signature(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    db.session.execute(db.update(type(ticket)).filter_by(id=ticket.id).values(is_hot=True))
    db.session.expire_all()
    bare = sign_in_as("sun").send(f"/tickets/{ticket.number}/submit_answer", {"outcome": "D", "answer": ANSWER})
    assert bare.status_code in {409, 422}
    go(ticket, "submit_answer head_approve", outcome="D")
    address, director = f"/tickets/{ticket.number}", sign_in_as("director")
    assert director.submit(address, move="office_approve").status_code == 303
    assert ticket.state is State.OFFICE_REVIEW
    sign_in_as("chen").submit(address, to=f"{address}/requests/{only(db).id}/agree")
    assert director.submit(address, move="office_approve").status_code == 303
    db.session.expire_all()
    assert ticket.state is State.FEEDBACK_PENDING


def test_nobody_agrees_to_his_own_proposal(db):
    ticket = make_ticket(State.COORDINATING)
    with pytest.raises(Conflict, match="由他人确认"):
        agreed(ticket, "escalate", "director", "director", **TO_THE_MEETING)


def test_a_plan_goes_on_when_its_milestone_is_reached_or_it_is_dropped(db, frozen):
    time = frozen("2026-11-19 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    days = {"milestones": [at("2027-03-31 00:00").date()], "expected_on": at("2027-03-31 00:00").date()}
    move(ticket, "plan", "director", plan_name="2027年维修计划", owner="基建科长", **days)
    time.on(days=3)
    with pytest.raises(Conflict, match="计划节点到了"):
        move(ticket, "resume", "zhang", reason="提前到货")
    move(ticket, "review_plan", "zhang", milestone_state="dropped")
    assert move(ticket, "resume", "zhang", reason="改为日常维修") is State.IN_PROGRESS
