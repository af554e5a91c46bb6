"""核实: three questions, by somebody who neither dispatched nor handled it (domain.md §4.8, promise B3)."""

import pytest

from liaison.audit.models import AuditRow
from liaison.notifications.models import Notice
from liaison.tickets.actions.sampling import open_month
from liaison.tickets.models import Check, TicketEvent
from liaison.tickets.models.draws import Lot, Why
from tests.factories import go, make_ticket
from workflows.ticket_states import State

OTHER = "zhao-clerk"  # the clerk who did not dispatch it
SAID = {"kind": "callback", "solved": "yes", "result": "true", "satisfied": "4"}
FALSE = {"kind": "site", "result": "false", "note": "水泵没有换，晚上还是凉的"}


def check(browser, ticket, typed):
    return browser.submit(f"/checks/{ticket.number}", typed, to=f"/checks/{ticket.number}")


def checks(db, ticket):
    return list(db.session.scalars(db.select(Check).filter_by(ticket_id=ticket.id).order_by(Check.id)))


@pytest.fixture
def drawn(db):
    return make_ticket(State.CALLBACK)


def test_three_answers_end_the_call_back(db, drawn, sign_in_as):
    answer = check(sign_in_as(OTHER), drawn, SAID)
    assert (answer.status_code, answer.location) == (303, "/checks")
    db.session.refresh(drawn)
    assert (drawn.state, drawn.checked.value, drawn.close_reason.value) == (State.CLOSED, "true", "checked")
    (row,) = checks(db, drawn)
    assert (row.kind.value, row.result.value, row.solved.value, row.satisfied) == ("callback", "true", "yes", 4)


def test_who_dispatched_does_not_check(db, drawn, sign_in_as):
    browser = sign_in_as("wang")
    assert "另有 1 件由您交办或承办" in browser.get("/checks").text
    page = browser.get(f"/checks/{drawn.number}").text
    assert "交办人和承办单位不核实自己的件" in page
    assert "记下核实结果" not in page
    assert browser.send(f"/checks/{drawn.number}", SAID).status_code == 409
    assert not checks(db, drawn)
    assert drawn.number in sign_in_as(OTHER).get("/checks").text


@pytest.mark.parametrize("login", ["zhang", "sun", "liu", "li", "auditor", "admin"])
def test_nobody_else_has_the_page(drawn, sign_in_as, login):
    browser = sign_in_as(login)
    assert browser.get(f"/checks/{drawn.number}").status_code == 404
    assert browser.send(f"/checks/{drawn.number}", SAID).status_code == 404


def test_a_mismatch_says_what_is_wrong_and_reopens(db, drawn, sign_in_as):
    browser = sign_in_as(OTHER)
    assert "请写清哪里和答复不一致" in check(browser, drawn, {**FALSE, "note": ""}).text
    assert check(browser, drawn, FALSE).status_code == 303
    db.session.refresh(drawn)
    assert (drawn.state, drawn.episode, drawn.reopen_count, drawn.checked) == (State.IN_PROGRESS, 2, 1, None)
    assert [row.result.value for row in checks(db, drawn)] == ["false"]
    told = set(db.session.scalars(db.select(Notice.text_key).where(Notice.about == drawn.number)))
    assert {"ticket.sample", "ticket.check_mismatch"} <= told


def test_two_calls_nobody_answers_leave_it_unchecked(db, drawn, sign_in_as):
    browser, nobody = sign_in_as(OTHER), {"kind": "callback", "result": "unreached"}
    check(browser, drawn, nobody)
    db.session.refresh(drawn)
    assert drawn.state is State.CALLBACK
    check(browser, drawn, nobody)
    db.session.refresh(drawn)
    assert (drawn.state, drawn.checked, drawn.close_reason.value) == (State.CLOSED, None, "unchecked")
    assert "未核实" in browser.get(f"/tickets/{drawn.number}").text


def test_on_the_spot_one_always_finds_something(drawn, sign_in_as):
    page = check(sign_in_as(OTHER), drawn, {"kind": "site", "result": "unreached"})
    assert (page.status_code, "请选看到的结果" in page.text) == (422, True)


def test_an_old_page_does_not_check_what_has_changed(db, drawn, sign_in_as):
    browser = sign_in_as(OTHER)
    stale = drawn.version - 1
    assert browser.send(f"/checks/{drawn.number}", {**SAID, "version": stale}).status_code == 409
    assert not checks(db, drawn)


# --- a check without a move ----------------------------------------------------------------------


@pytest.fixture
def shut(db, frozen):
    """Told on Friday the 13th, closed a week later, not drawn: 办结 · 未核实 · 未评价."""
    time = frozen("2026-11-13 10:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    time.to("2026-11-20 10:00")
    go(ticket, "close")
    time.to("2026-11-24 10:00")
    return ticket


def test_a33_four_facts(db, shut, sign_in_as):
    """Nobody looked: shut, not checked. A clerk who did not dispatch it finds it false: the office reopens."""
    browser = sign_in_as(OTHER)
    assert "未核实" in browser.get(f"/tickets/{shut.number}").text
    assert sign_in_as("sun").send(f"/checks/{shut.number}", FALSE).status_code == 404  # the handler
    assert check(browser, shut, FALSE).status_code == 303
    db.session.refresh(shut)
    assert (shut.state, shut.checked.value) == (State.CLOSED, "false")
    assert "2 个工作日内决定重办" in browser.get("/checks?tab=decide").text
    assert shut.number in browser.get("/checks?tab=decide").text
    told = db.select(Notice.recipient_id).where(Notice.text_key == "ticket.check_false")
    assert db.session.scalars(told).all()
    go(shut, "reopen")
    db.session.refresh(shut)
    assert (shut.state, shut.checked, shut.handled_at) == (State.IN_PROGRESS, None, None)
    assert [row.result.value for row in checks(db, shut)] == ["false"]
    assert shut.number not in browser.get("/checks?tab=decide").text


def test_a_drawn_file_that_was_shut_meanwhile_is_looked_at(db, shut, sign_in_as):
    draw = open_month(shut.handled_at.date().replace(day=1))
    lot = {"number": shut.number, "episode": 1, "answer_id": shut.answer_id, "is_listed": True, "why": Why.TOP_UP}
    db.session.add(Lot(draw_id=draw.id, ticket_id=shut.id, unit_id=shut.lead_unit_id, at=shut.closed_at, **lot))
    browser = sign_in_as(OTHER)
    page = browser.get("/checks").text
    assert shut.number in page
    assert "月末补足" in page
    check(browser, shut, {"kind": "site", "result": "true"})
    db.session.refresh(shut)
    assert (shut.state, shut.checked.value) == (State.CLOSED, "true")
    assert shut.number not in browser.get("/checks").text
    assert db.session.scalar(db.select(AuditRow.object).where(AuditRow.deed == "ticket.look")) == shut.number
    assert "look" in set(db.session.scalars(db.select(TicketEvent.move).where(TicketEvent.ticket_id == shut.id)))


def test_what_is_not_answered_cannot_be_checked(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS, office="wang")
    browser = sign_in_as(OTHER)
    assert "没有要核实的结果" in browser.get(f"/checks/{ticket.number}").text
    assert browser.send(f"/checks/{ticket.number}", SAID).status_code == 409


def test_restricted_matters_are_checked_by_the_confidential_officer_alone(db, sign_in_as):
    ticket = make_ticket(State.CALLBACK, confidentiality="restricted", office="officer")
    assert sign_in_as(OTHER).get(f"/checks/{ticket.number}").status_code == 404
    page = sign_in_as("director").get(f"/checks/{ticket.number}")
    assert "核实由党政办公室办理" in page.text
