"""交办: from now on a department owes an answer, until a day that no later rule moves (T12, domain.md §4.4)."""

import pytest

from liaison.calendars import limits
from liaison.core.errors import Conflict
from liaison.notifications.models import Notice
from liaison.people.models import Person
from liaison.tickets.models import Assignment, Interval
from liaison.tickets.models.work import Duty
from tests.factories import at, go, make_ticket, move, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality


def dispatch(ticket, lead="logistics", limit_class="general", who="wang", **more):
    return move(ticket, "dispatch", who, lead=str(unit_id(lead)), limit_class=limit_class, **more)


@pytest.mark.parametrize(
    ("day", "limit_class", "due"),
    [  # the table of domain.md §4.4 and scenarios A6, A7
        ("2026-09-29 16:00", "general", "2026-10-13 00:00"),
        ("2026-09-18 09:00", "complex", "2026-10-16 00:00"),
        ("2026-09-22 09:00", "simple", "2026-09-29 00:00"),
        ("2026-12-21 09:00", "complex", "2027-01-12 00:00"),
        ("2026-10-03 22:10", "urgent", "2026-10-04 22:10"),
    ],
)
def test_the_limit_counts_working_days_from_the_day_after(db, frozen, day, limit_class, due):
    frozen(day)
    ticket = make_ticket(State.DISPATCHED, limit_class=limit_class)
    assert ticket.due_at == ticket.original_due_at == at(due)


def test_the_limit_is_frozen_with_the_versions_it_was_computed_by(db, frozen, monkeypatch):
    frozen("2026-09-29 16:00")
    ticket = make_ticket(State.IN_PROGRESS)
    versions = ticket.rule_version, ticket.calendar_version
    assert all(versions)
    monkeypatch.setattr(limits, "handle_due", lambda *_args, **_more: at("2030-01-01 00:00"))
    go(ticket, "submit_answer head_return")
    assert ticket.due_at == ticket.next_due_at == at("2026-10-13 00:00")
    assert (ticket.rule_version, ticket.calendar_version) == versions


def test_custody_starts_and_the_unit_has_one_day_to_sign(db, frozen):
    frozen("2026-11-19 09:05")
    ticket = make_ticket(State.DISPATCHED)
    (assignment,) = db.session.scalars(db.select(Assignment)).all()
    assert (assignment.duty, assignment.unit_id, assignment.handler_id) == (Duty.LEAD, unit_id("logistics"), None)
    assert assignment.sign_due_at == ticket.next_due_at == at("2026-11-21 00:00")
    running = db.session.scalars(db.select(Interval).filter_by(until_at=None)).one()
    assert (running.ledger.value, running.unit_id) == ("custody", unit_id("logistics"))


def test_the_promise_to_the_student_follows_from_the_class(db, frozen):
    frozen("2026-11-02 10:00")
    ticket = make_ticket(State.TRIAGE)
    dispatch(ticket, limit_class="simple")
    assert ticket.promised_at == at("2026-11-12 00:00")  # 1 + 0 + 3 + 1 + 2 working days: Wednesday


def test_co_units_owe_two_working_days_earlier(db, frozen):
    """A12: dispatched on Thursday 5 November as COMPLEX, due on the 26th, the co-answer on the 24th."""
    frozen("2026-11-05 09:00")
    ticket = make_ticket(State.TRIAGE)
    dispatch(
        ticket,
        limit_class="complex",
        who="director",
        co=[unit_id("it-centre")],
        co_questions={str(unit_id("it-centre")): "走线谁来做"},
    )
    rows = {row.duty: row for row in db.session.scalars(db.select(Assignment))}
    assert (rows[Duty.LEAD].due_at, rows[Duty.CO].due_at) == (at("2026-11-27 00:00"), at("2026-11-25 00:00"))
    assert (rows[Duty.CO].unit_id, rows[Duty.CO].question) == (unit_id("it-centre"), "走线谁来做")


def test_in_hours_the_co_unit_answers_together_with_the_lead(db, frozen):
    frozen("2026-11-05 09:00")
    ticket = make_ticket(State.TRIAGE)
    dispatch(ticket, limit_class="urgent", co=[unit_id("it-centre")])
    assert set(db.session.scalars(db.select(Assignment.due_at))) == {at("2026-11-06 09:00")}


def test_complex_and_across_departments_it_is_the_directors(db):
    ticket = make_ticket(State.TRIAGE)
    with pytest.raises(Conflict, match="主任交办"):
        dispatch(ticket, limit_class="complex", co=[unit_id("it-centre")])


@pytest.mark.parametrize(("lead", "co"), [("library", []), ("logistics", ["library"])])
def test_the_unit_complained_of_takes_no_part(db, lead, co):
    ticket = make_ticket(State.TRIAGE, complained_of_id=unit_id("library"))
    with pytest.raises(Conflict, match=r"被反映的单位|负责人和经办人"):
        dispatch(ticket, lead=lead, co=[unit_id(code) for code in co])
    assert ticket.state is State.TRIAGE


def test_a_unit_without_head_and_handler_cannot_receive_it(db):
    with pytest.raises(Conflict, match="负责人和经办人"):
        dispatch(make_ticket(State.TRIAGE), lead="library")


def test_heads_handlers_and_filer_learn_of_it(db):
    make_ticket(State.DISPATCHED)
    notices = db.select(Person.login, Notice.text_key).join(Notice, Notice.recipient_id == Person.id)
    told = {(login, key) for login, key in db.session.execute(notices) if key.startswith("ticket.dispatch")}
    unit = {(login, "ticket.dispatch") for login in ("zhang", "sun", "sun-colleague")}
    assert told == {*unit, ("li", "ticket.dispatch.filer")}


def test_a_restricted_one_goes_by_director_or_officer_and_its_head_may_read_it(db, sign_in_as):
    ticket = make_ticket(
        State.DISPATCHED, confidentiality=Confidentiality.RESTRICTED, office="officer", limit_class="restricted"
    )
    address = f"/tickets/{ticket.number}"
    assert {who: sign_in_as(who).get(address).status_code for who in ("zhang", "sun", "wang", "officer")} == {
        "zhang": 200,
        "sun": 404,
        "wang": 404,
        "officer": 200,
    }


def test_the_office_reads_what_it_may_choose_and_the_form_keeps_what_was_typed(db, sign_in_as):
    ticket = make_ticket(State.TRIAGE)
    browser, typed = (
        sign_in_as("wang"),
        {"version": ticket.version, "lead": "", "limit_class": "simple", "instruction": "请先看现场"},
    )
    answer = browser.send(f"/tickets/{ticket.number}/dispatch", typed)
    assert answer.status_code == 422
    assert "请选一项。" in answer.text
    assert "请先看现场" in answer.text
    assert "示例处" not in answer.text  # takes no tickets
    assert ticket.state is State.TRIAGE


def test_on_a_restricted_one_the_only_class_is_its_own(db, sign_in_as):
    ticket = make_ticket(State.TRIAGE, confidentiality=Confidentiality.RESTRICTED, office="officer")
    typed = {"lead": unit_id("logistics")}
    page = sign_in_as("officer").get(f"/tickets/{ticket.number}").text
    assert 'value="restricted" checked' in page
    assert 'value="general"' not in page
    assert sign_in_as("officer").submit(f"/tickets/{ticket.number}", typed, move="dispatch").status_code == 303
