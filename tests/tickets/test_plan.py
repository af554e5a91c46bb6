"""列入计划: the students read what was decided, with a day as people say it (T25)."""

from datetime import date

from sqlalchemy import select

from liaison.core.db import db
from liaison.tickets.models import Answer
from tests.factories import make_ticket, move
from workflows.ticket_states import State
from workflows.ticket_words import Outcome

DAYS = [date(2027, 2, 1), date(2027, 7, 20)]


def planned(**more: str) -> Answer:
    ticket = make_ticket(State.IN_PROGRESS)
    given = {"plan_name": "水房改造", "milestones": DAYS, "owner": "张处长", "expected_on": DAYS[-1]}
    move(ticket, "plan", "director", **given, **more)
    assert ticket.state is State.LONG_TERM
    return db.session.scalars(select(Answer)).one()


def test_the_plan_and_its_day_are_told_at_once(app, frozen):
    frozen("2026-11-18 10:00")
    answer = planned()
    assert (answer.outcome, answer.is_final, answer.expected_on) == (Outcome.C, False, DAYS[-1])
    assert answer.text == "已列入计划“水房改造”，预计2027年7月20日完成。"
    assert answer.offered_at is not None


def test_what_is_done_meanwhile_may_be_told_too(app, frozen):
    frozen("2026-11-18 10:00")
    words = "水房改造已列入暑期计划，完工前一楼洗衣房开放到23点。"
    assert planned(answer=words).text == words
