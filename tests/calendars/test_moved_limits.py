"""Extensions and pauses move a limit, each only so far; the limit that was first stays beside it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from liaison.calendars import actions, in_force
from liaison.calendars.limit_rules import SHIPPED, Days, Limits
from liaison.core.errors import Conflict
from liaison.tickets.actions import following
from liaison.tickets.models import Assignment, Ticket, TicketEvent
from liaison.tickets.queries import facts
from tests.calendars.moments import end
from tests.factories import go, make_ticket, move
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass as L

pytestmark = pytest.mark.usefixtures("app", "renewing")


def general(frozen):
    """A15: dispatched Thu 19 Nov., due Thu 26 Nov."""
    clock = frozen("2026-11-19 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    assert ticket.due_at == end("11-26")
    return ticket, clock


def extend(ticket, due_on, who="wang"):
    return move(ticket, "extend", who, due_on=due_on.date(), reason="配件采购")


def day(words):
    from datetime import datetime

    return datetime.fromisoformat(f"2026-{words}")


def test_an_extension_moves_the_limit_and_leaves_the_first_one_beside_it(db, frozen):
    ticket, clock = general(frozen)
    clock.to("2026-11-25 10:00")
    extend(ticket, day("12-01"))
    assert (ticket.due_at, ticket.original_due_at, ticket.next_due_at) == (end("12-01"), end("11-26"), end("12-01"))
    lead = db.session.scalars(select(Assignment).where(Assignment.ticket_id == ticket.id)).one()
    assert (lead.due_at, lead.original_due_at) == (end("12-01"), end("11-26"))
    data = db.session.scalars(select(TicketEvent.data).where(TicketEvent.move == "extend")).one()
    assert data == {"from": "2026-11-26", "due": "2026-12-01", "days": 3, "calendar": "2026-1"}


def test_it_is_refused_when_the_limit_has_passed(frozen):
    ticket, clock = general(frozen)
    clock.to("2026-11-27 09:00")
    with pytest.raises(Conflict, match="已超过办理时限"):
        extend(ticket, day("12-01"))


def test_a_second_one_is_refused_until_the_matter_is_reopened(frozen):
    ticket, _clock = general(frozen)
    extend(ticket, day("11-27"))
    with pytest.raises(Conflict, match="延期过一次"):
        extend(ticket, day("11-30"))
    go(ticket, "submit_answer head_approve office_approve tell close reopen")
    extend(ticket, day("11-30"))
    assert ticket.due_at == end("11-30")


def test_it_is_as_long_as_the_class_allows_and_no_longer(frozen):
    ticket, _clock = general(frozen)
    with pytest.raises(Conflict, match="最多延期 5 个工作日"):
        extend(ticket, day("12-04"))
    extend(ticket, day("12-03"))


def test_simple_matters_are_not_extended(frozen):
    frozen("2026-11-19 10:00")
    ticket = make_ticket(State.IN_PROGRESS, limit_class="simple")
    with pytest.raises(Conflict, match="不延期"):
        extend(ticket, day("11-25"), "director")


def test_how_long_is_what_the_edition_says_under_which_it_was_dispatched(db, frozen):
    before, _clock = general(frozen)
    longer = Limits(Days(1), Days(1), Days(1), Days(5), 8)
    actions.make_limits({**SHIPPED.rows, L.GENERAL: longer}, made_by_id=None)
    db.session.commit()
    in_force.renew()
    after = make_ticket(State.IN_PROGRESS)
    assert (before.rule_version, after.rule_version) == ("1", "2")
    with pytest.raises(Conflict, match="最多延期 5"):
        extend(before, day("12-08"))
    extend(after, day("12-08"))


def test_a_question_moves_both_limits_by_the_days_it_took(frozen):
    ticket, clock = general(frozen)
    move(ticket, "ask_info", "sun", question="是几楼的热水器？")
    clock.to("2026-11-24 10:00")
    move(ticket, "supplement", "li", text="是三楼东头的热水器")
    assert (ticket.due_at, ticket.original_due_at) == (end("12-01"), end("12-01"))


def test_a_question_nobody_answers_pauses_five_days_however_late_the_system_goes_on(frozen):
    ticket, clock = general(frozen)
    move(ticket, "ask_info", "sun", question="是几楼的热水器？")
    clock.to("2026-12-11 10:00")  # the command has not run for a fortnight
    assert following.end_info_waits() == 1
    assert ticket.due_at == end("12-03")


def test_a_meeting_pauses_ten_days_at_most_and_a_day_it_sets_is_taken(frozen):
    ticket, clock = general(frozen)
    go(ticket, "convene")
    clock.to("2026-12-31 10:00")
    move(ticket, "meeting_result", "director", decision="后勤与基建分头办理")
    assert (ticket.due_at, ticket.original_due_at) == (end("12-10"), end("12-10"))
    go(ticket, "convene")
    clock.to("2027-01-04 10:00")
    move(ticket, "meeting_result", "director", decision="由基建办理", due_on=end("2027-01-19").date())
    assert ticket.due_at == end("2027-01-19")
    assert ticket.original_due_at == end("12-14")


def test_a_plan_that_is_taken_up_again_has_the_limit_of_a_complex_matter(db, frozen, monkeypatch):
    ticket, clock = general(frozen)
    go(ticket, "plan")
    clock.to("2026-12-08 10:00")
    asked = facts.facts_for
    monkeypatch.setattr(facts, "facts_for", lambda *given: replace(asked(*given), milestone_reached=True))
    move(ticket, "resume", "director", reason="配件已到")
    assert (ticket.limit_class, ticket.due_at) == (L.COMPLEX, end("12-29"))
    lead = db.session.scalars(select(Assignment).where(Assignment.ticket_id == ticket.id)).one()
    assert lead.due_at == end("12-29")


def test_no_rule_and_no_calendar_changes_a_limit_that_stands(db, frozen):
    ticket, _clock = general(frozen)
    wanted = select(*Ticket.__table__.columns).where(Ticket.id == ticket.id)
    db.session.commit()
    before = db.session.execute(wanted).one()
    shorter = Limits(Days(1), Days(1), Days(1), Days(2), 0)
    actions.make_limits({**SHIPPED.rows, L.GENERAL: shorter}, made_by_id=None)
    actions.make_calendar(made_by_id=None)
    db.session.commit()
    in_force.renew()
    db.session.expire_all()
    assert db.session.execute(wanted).one() == before
    frozen("2026-11-20 10:00")
    go(ticket, "submit_answer head_approve")
    assert ticket.next_due_at == end("11-23"), "the review goes by the edition of its dispatch"
    go(ticket, "office_approve tell close reopen")
    assert ticket.due_at == end("11-27"), "and so does what is done again"
