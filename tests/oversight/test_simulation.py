"""规则推演 (B23): unchanged rules give the real limits exactly, for whatever happened; other rules what they would."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SAWarning

from liaison.calendars import actions, in_force
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limit_rules import SHIPPED, Days, Limits
from liaison.calendars.models import Term
from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.core import clock
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.oversight.replaying import AS_IT_WAS, Scenario
from liaison.oversight.simulation import obligations, simulate
from liaison.tickets.actions.provisional import recounts, settle
from liaison.tickets.models import Ticket
from tests.calendars.moments import at
from tests.factories import actor, go, make_ticket, move, raised
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass as L

pytestmark = pytest.mark.usefixtures("app")

AUTUMN = TermRow(
    "2026-2027", 1, "第一学期", date(2026, 9, 7), date(2027, 1, 24), 18, 2, "", date(2027, 1, 25), date(2027, 2, 28)
)


@pytest.fixture
def term(db):
    actions.put_terms([AUTUMN])
    actions.make_calendar(made_by_id=None)
    db.session.commit()
    in_force.renew()
    yield db.session.scalars(select(Term)).one()
    in_force.forget()


def ticket_on(frozen, day, limit_class="general", state=State.DISPATCHED, **more):
    frozen(f"{day} 10:00")
    return make_ticket(state, limit_class=limit_class, office="director", **more)


def numbers(rows):
    return {one.number for one in rows}


def test_an_ordinary_term_reproduces_its_real_figures(frozen, term):
    late = ticket_on(frozen, "2026-10-12")
    frozen("2026-10-14 10:00")
    go(late, "sign")
    frozen("2026-10-22 10:00")
    go(late, "submit_answer head_approve office_approve")
    punctual = ticket_on(frozen, "2026-10-12")
    frozen("2026-10-13 10:00")
    go(punctual, "sign submit_answer head_approve office_approve")
    report = simulate(term, AS_IT_WAS, until=at("12-01 10:00"))
    assert (report.whole.count, numbers(report.whole.late)) == (2, {late.number})
    assert numbers(report.whole.late_then) == {late.number}
    assert (report.whole.sign_late, report.whole.sign_late_then) == (1, 1)
    assert report.load == report.load_then


def test_a_longer_limit_saves_who_was_late_and_a_shorter_one_catches_others(frozen, term):
    six = ticket_on(frozen, "2026-10-12", state=State.IN_PROGRESS)
    frozen("2026-10-20 10:00")  # on the sixth working day, one late
    go(six, "submit_answer head_approve office_approve")
    four = ticket_on(frozen, "2026-11-09", state=State.IN_PROGRESS, lead="it-centre")
    frozen("2026-11-13 10:00")
    go(four, "submit_answer head_approve office_approve")
    longer = simulate(term, Scenario(handle={L.GENERAL: 7}), until=at("12-01 10:00"))
    assert numbers(longer.whole.no_longer_late) == {six.number}
    assert longer.whole.newly_late == []
    shorter = simulate(term, Scenario(handle={L.GENERAL: 3}), until=at("12-01 10:00"))
    assert numbers(shorter.whole.newly_late) == {four.number}
    assert [(group.label, group.count, len(group.late), len(group.late_then)) for group in shorter.units] == [
        ("后勤保障处", 1, 1, 1),
        ("信息化中心", 1, 0, 1),
    ]
    elsewhere = simulate(term, Scenario(handle={L.COMPLEX: 1}), until=at("12-01 10:00"))
    assert numbers(elsewhere.whole.late_then) == numbers(elsewhere.whole.late) == {six.number}


def test_a_clock_that_begins_with_signing_forgives_the_days_before_it(frozen, term):
    ticket = ticket_on(frozen, "2026-10-12")
    frozen("2026-10-15 10:00")
    go(ticket, "sign")
    frozen("2026-10-21 10:00")
    go(ticket, "submit_answer head_approve office_approve")
    report = simulate(term, Scenario(is_from_signing=True), until=at("12-01 10:00"))
    assert (numbers(report.whole.late), report.whole.late_then) == ({ticket.number}, [])
    patient = simulate(term, Scenario(sign=3), until=at("12-01 10:00"))
    assert (patient.whole.sign_late, patient.whole.sign_late_then) == (1, 0)


def test_other_days_count_otherwise(frozen, term):
    """19 Jan. 2027: five working days of the school end on 2 March, by the statutory calendar on 26 Jan."""
    ticket = ticket_on(frozen, "2027-01-19", state=State.IN_PROGRESS)
    frozen("2027-03-01 10:00")
    go(ticket, "submit_answer head_approve office_approve")
    report = simulate(term, Scenario(by=CalendarKind.STATUTORY), until=at("2027-03-10 10:00"))
    assert (report.whole.late, numbers(report.whole.late_then)) == ([], {ticket.number})


def test_what_is_still_open_counts_once_its_limit_has_passed(frozen, term):
    ticket = ticket_on(frozen, "2026-10-12", state=State.IN_PROGRESS)
    assert simulate(term, AS_IT_WAS, until=at("10-19 10:00")).whole.late == []
    assert numbers(simulate(term, AS_IT_WAS, until=at("10-20 10:00")).whole.late) == {ticket.number}


def test_urgent_matters_stay_hours_whatever_is_tried(frozen, term):
    ticket_on(frozen, "2026-10-12", "urgent")
    everything = Scenario(dict.fromkeys(L, 1), 0, 0, 0, CalendarKind.STATUTORY)
    (one,) = obligations(term, everything)
    assert (one.other_due, one.other_sign_due) == (one.due, one.sign_due)


def test_restricted_matters_are_counted_only_when_they_are_several_and_never_named(frozen, term):
    from workflows.ticket_words import Confidentiality

    secret = {"confidentiality": Confidentiality.RESTRICTED}
    frozen("2026-10-12 10:00")
    for n in range(5):
        assert simulate(term, AS_IT_WAS, until=at("12-01 10:00")).whole.count == 0, n
        make_ticket(State.DISPATCHED, office="officer", limit_class="restricted", **secret)
    report = simulate(term, AS_IT_WAS, until=at("12-01 10:00"))
    assert report.whole.count == 5
    assert report.units == []


def test_the_load_of_the_office_falls_on_the_days_that_count(frozen, term):
    for day in ("2026-10-16 10:00", "2026-10-17 20:00", "2026-10-18 21:00", "2026-10-19 08:00"):
        frozen(day)
        raised()
    load = simulate(term, AS_IT_WAS, until=at("10-30 10:00")).load
    assert (load.tickets, load.heaviest, load.most) == (4, date(2026, 10, 19), 3)
    assert load.days == 36
    every_day = simulate(term, Scenario(by=CalendarKind.NATURAL), until=at("10-30 10:00")).load_then
    assert (every_day.most, every_day.days) == (1, 54)


def test_a_shorter_limit_for_the_office_shows_what_it_would_have_missed(frozen, term):
    frozen("2026-10-12 10:00")
    ticket = make_ticket(State.SUBMITTED)
    frozen("2026-10-13 10:00")
    go(ticket, "accept")
    frozen("2026-10-14 10:00")
    go(ticket, "dispatch")
    report = simulate(term, Scenario(accept=0, triage=0), until=at("12-01 10:00"))
    assert (report.load.accept_late, report.load.triage_late) == (0, 0)
    assert (report.load_then.accept_late, report.load_then.triage_late) == (1, 1)


# --- whatever happens -------------------------------------------------------------------------------

WAYS = {  # what may happen next, the road onwards named twice
    State.SUBMITTED: "accept accept merge",
    State.TRIAGE: "dispatch dispatch dispatch ask_info",
    State.INFO_NEEDED: "supplement",
    State.MERGED: "unmerge",
    State.DISPATCHED: "sign sign sign request_return merge",
    State.RETURN_REQUESTED: "reject_return uphold_return",
    State.IN_PROGRESS: "submit_answer submit_answer ask_info convene extend merge request_return",
    State.COORDINATING: "meeting_result",
    State.DEPT_REVIEW: "head_approve head_approve head_return",
    State.OFFICE_REVIEW: "office_approve office_approve office_return",
    State.FEEDBACK_PENDING: "tell",
    State.FEEDBACK_GIVEN: "close reopen",
    State.CLOSED: "reopen",
}
NOT_NOW = (Conflict, NotAllowed, BadInput, KeyError, SAWarning)  # most random moves are not to be made now


def deed(ticket, name, chance):
    """One move, if the process lets it be made now."""
    by_hand = {
        "extend": lambda: move(ticket, "extend", "director", reason="配件采购", due_on=next_days(ticket, chance)),
        "meeting_result": lambda: move(ticket, "meeting_result", "director", decision="分头办理", **set_day(chance)),
        "unmerge": lambda: move(ticket, "unmerge", "wang", reason="不是一件事"),
        "reject_return": lambda: move(ticket, "reject_return", "wang", reason="职责清楚"),
    }
    limit_class = chance.choice(["simple", "general", "complex", "urgent"])
    wish = {"office": "director", "limit_class": limit_class, "lead": chance.choice(["logistics", "it-centre"])}
    by_hand.get(name, lambda: go(ticket, name, **wish))()


def next_days(ticket, chance):
    day = clock.day_ending_at(ticket.due_at) if ticket.due_at else clock.today()
    return in_force.calendar().add(day, chance.randint(1, 4))


def set_day(chance):
    """A meeting may set a day: any, also one nobody works on."""
    return {"due_on": clock.today() + timedelta(days=chance.randint(3, 20))} if chance.random() < 0.4 else {}


def live(chance, frozen, steps):
    """A ticket to which things happen at random, hours or days apart."""
    now = frozen(f"2026-09-{chance.randint(8, 28):02d} 09:00")
    ticket = make_ticket(State.SUBMITTED)
    for _ in range(steps):
        now.on(hours=chance.choice([1, 5, 26, 50, 100]))
        name = chance.choice(WAYS[ticket.state].split())
        with suppress(*NOT_NOW):
            deed(ticket, name, chance)
    return ticket


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happened_the_stored_limits_come_out_exactly(frozen, term, seed):
    chance = Random(seed)
    tickets = [live(chance, frozen, steps=14) for _ in range(9)]
    found = obligations(term, AS_IT_WAS)
    assert len(found) >= 6, "the lives are too quiet to prove anything"
    assert [(one.number, one.other_due, one.other_sign_due) for one in found] == [
        (one.number, one.due, one.sign_due) for one in found
    ]
    report = simulate(term, AS_IT_WAS, until=clock.now())
    for group in (report.whole, *report.classes, *report.units):
        assert (group.late, group.sign_late) == (group.late_then, group.sign_late_then)
    assert {one.number for one in found} <= {ticket.number for ticket in tickets}


def test_also_across_a_change_of_rules_and_a_table_that_came_meanwhile(db, frozen, term):
    before = ticket_on(frozen, "2026-12-21", "complex", State.IN_PROGRESS)
    longer = Limits(Days(1), Days(1), Days(2), Days(7), 5)
    actions.make_limits({**SHIPPED.rows, L.GENERAL: longer}, made_by_id=None)
    db.session.commit()
    in_force.renew()
    after = ticket_on(frozen, "2026-12-22", "general", State.IN_PROGRESS)
    old = in_force.calendar()
    actions.put_days([DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027)])
    new = actions.make_calendar(made_by_id=None)
    settle(recounts(old, new), new, actor("director"))
    db.session.commit()
    in_force.renew()
    frozen("2027-01-05 10:00")
    db.session.refresh(before)
    move(before, "extend", "director", reason="配件采购", due_on=date(2027, 1, 15))
    found = obligations(term, AS_IT_WAS)
    assert numbers(found) == {before.number, after.number}
    assert [one.other_due for one in found] == [one.due for one in found]
    assert db.session.get(Ticket, before.id).calendar_version == "2027-1"
