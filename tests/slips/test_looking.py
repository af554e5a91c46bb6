"""Who may open a slip, what for, and that every look is a row (domain.md §2.3, scenario A39)."""

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow, AuditText
from liaison.notifications.models import Notice
from tests.factories import go
from tests.slips.conftest import NUMBER, slips
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

WHY = {"purpose": "appoint", "reason": "约时间上门维修"}
MAY = {"wang", "zhao-clerk", "director"}
RESTRICTED = {"confidentiality": Confidentiality.RESTRICTED, "office": "officer"}


def rows(db, deed):
    db.session.commit()
    return db.session.scalars(select(AuditRow).where(AuditRow.deed == deed).order_by(AuditRow.seq)).all()


def look(browser, ticket, **typed):
    return browser.send(f"/tickets/{ticket.number}/slips/{slips()[-1].id}", typed)


def test_a39_a_handler_looks_by_a_grant_and_everybody_is_listed(db, left, sign_in_as):
    ticket, handler, clerk = left(), sign_in_as("sun"), sign_in_as("wang")
    page = f"/tickets/{ticket.number}/slips"
    assert (handler.get(page).status_code, look(handler, ticket).status_code) == (404, 404)
    assert {row.object for row in rows(db, "access.refused")} == {ticket.number}

    granted = clerk.submit(page, {"reason": WHY["reason"]}, to=f"{page}/grant")
    assert granted.status_code == 303
    assert (WHY["reason"] in handler.get(page).text, NUMBER in handler.get(page).text) == (True, False)
    assert NUMBER in look(handler, ticket).text
    assert NUMBER in look(clerk, ticket, **WHY).text

    listed = clerk.get(f"/tickets/{ticket.number}/looks").text
    assert all(words in listed for words in ("孙师傅", "王老师", WHY["reason"]))
    go(ticket, "submit_answer head_approve office_approve")
    assert (handler.get(page).status_code, look(handler, ticket).status_code) == (404, 404)


@pytest.mark.parametrize(
    "who",
    ["li", "liaison", "wang", "director", "officer", "zhang", "sun", "liu", "desk", "auditor", "admin", "security"],
)
def test_the_office_opens_it_with_a_reason_and_nobody_else(db, left, sign_in_as, who):
    ticket, browser = left(), sign_in_as(who)
    wanted = 200 if who in MAY else 404
    assert browser.get(f"/tickets/{ticket.number}/slips").status_code == wanted
    assert look(browser, ticket, **WHY).status_code == wanted
    assert len(rows(db, "slip.opened")) == (1 if who in MAY else 0)


def test_on_a_restricted_matter_only_the_confidential_officer(left, sign_in_as):
    ticket = left(State.SUBMITTED, confidentiality=Confidentiality.RESTRICTED)
    answers = {who: look(sign_in_as(who), ticket, **WHY).status_code for who in ("wang", "director", "officer")}
    assert answers == {"wang": 404, "director": 404, "officer": 200}


@pytest.mark.parametrize("typed", [{}, {"purpose": "tell"}, {"reason": "看看"}, {"purpose": "x", "reason": "看看"}])
def test_without_a_purpose_and_a_reason_nothing_is_shown(db, left, sign_in_as, typed):
    page = look(sign_in_as("wang"), left(), **typed)
    assert (page.status_code, NUMBER in page.text) == (422, False)
    assert rows(db, "slip.opened") == []


def test_it_stands_on_no_other_page_and_in_no_log(db, left, sign_in_as):
    ticket, clerk = left(State.FEEDBACK_PENDING), sign_in_as("wang")
    look(clerk, ticket, **WHY)
    for path in (
        f"/tickets/{ticket.number}",
        "/tickets/?text=8765",
        "/queue",
        "/notices",
        f"/tickets/{ticket.number}/looks",
    ):
        assert NUMBER not in clerk.get(path).text, path
    kept = [*db.session.scalars(select(AuditRow.detail)), *db.session.scalars(select(AuditText.text))]
    assert not [text for text in kept if NUMBER in text]
    assert not [row for row in db.session.scalars(select(Notice)) if NUMBER in f"{row.path}{row.about}"]


def test_nobody_reaches_another_matters_slip_through_a_changed_address(left, sign_in_as):
    mine, other = left(), left()
    foreign = slips()[-1].id
    assert sign_in_as("wang").send(f"/tickets/{mine.number}/slips/{foreign}", WHY).status_code == 404
    assert other.number != mine.number
