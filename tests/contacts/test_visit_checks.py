"""走访核实: whoever visits a place says whether what was answered there is true (domain.md §2.3, §4.8)."""

import pytest

from liaison.contacts.models import Contact
from liaison.notifications.models import Notice
from liaison.tickets.models import Check
from tests import cast
from tests.factories import go, make_ticket
from workflows.ticket_states import State

TRUE = {"result": "true"}
FALSE = {"result": "false", "note": "水泵没有换，晚上还是凉的"}


@pytest.fixture
def handled(frozen):
    """A matter of 3号楼, filed by 李书记, worked by 后勤保障处, told and closed before the visit."""
    time = frozen("2026-11-09 10:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    time.to("2026-11-12 10:00")
    go(ticket, "close")
    return ticket


@pytest.fixture
def visit(db, sign_in_as, file_one, handled):
    """visit("li"): the page of a visit to 3号楼 on the evening after."""

    def make(who="li", **more):
        file_one(sign_in_as(who), **more)
        db.session.expire_all()
        number = db.session.scalars(db.select(Contact.number).order_by(Contact.id.desc())).first()
        return f"/contacts/{number}"

    return make


def check(browser, page, ticket, **typed):
    return browser.submit(page, {"version": ticket.version, **typed}, to=f"{page}/checks/{ticket.number}")


def send(browser, page, ticket, **typed):
    return browser.send(f"{page}/checks/{ticket.number}", {"version": ticket.version, **typed})


def checks(db):
    return db.session.scalars(db.select(Check)).all()


@pytest.mark.parametrize("who", ["li", "liaison"])
def test_at_the_visit_one_says_that_it_is_so(db, visit, handled, sign_in_as, who):
    page, browser = visit(who), sign_in_as(who)
    assert "这里办过的事，是这样吗" in browser.get(page).text
    done = check(browser, page, handled, **TRUE)
    assert (done.status_code, done.location) == (303, page)
    db.session.refresh(handled)
    (row,) = checks(db)
    assert (row.kind.value, row.result.value, row.by_id) == ("visit", "true", cast.person(who).id)
    assert (handled.state, handled.checked.value) == (State.CLOSED, "true")
    assert handled.number not in browser.get(page).text.partition("这里办过的事")[2]
    assert "走访核实：相符" in browser.get(f"/tickets/{handled.number}").text
    assert send(browser, page, handled, **TRUE).status_code in {404, 409}  # twice is harmless
    assert len(checks(db)) == 1


def test_what_is_not_so_says_where_and_goes_to_the_office(db, visit, handled, sign_in_as):
    page, browser = visit(), sign_in_as("li")
    assert "请写清哪里和答复不一致" in check(browser, page, handled, result="false").text
    assert check(browser, page, handled, **FALSE).status_code == 303
    assert handled.number in sign_in_as("zhao-clerk").get("/checks?tab=decide").text
    told = db.select(Notice.recipient_id).where(Notice.text_key == "ticket.check_false")
    assert cast.person("wang").id in db.session.scalars(told).all()


def test_the_cadre_whose_unit_did_it_does_not_check_it(db, visit, handled, sign_in_as):
    page, browser = visit("zhang"), sign_in_as("zhang")
    assert "这里办过的事" not in browser.get(page).text
    refused = send(browser, page, handled, **TRUE)
    assert (refused.status_code, "不核实自己的件" in refused.text) == (409, True)
    assert not checks(db)


def test_what_was_answered_elsewhere_or_later_is_not_seen_here(db, visit, frozen, sign_in_as):
    frozen("2026-11-10 10:00")
    elsewhere = make_ticket(State.FEEDBACK_GIVEN, place="canteen-1")
    page, browser = visit(), sign_in_as("li")
    frozen("2026-11-19 10:00")
    later = make_ticket(State.FEEDBACK_GIVEN)
    for ticket in (elsewhere, later):
        assert ticket.number not in browser.get(page).text
        assert send(browser, page, ticket, **TRUE).status_code == 404
    assert not checks(db)


def test_who_does_not_see_the_matter_is_not_shown_it(db, visit, handled, sign_in_as):
    """刘老师 visits the same building and knows nothing of what others filed there."""
    page, browser = visit("liu"), sign_in_as("liu")
    assert handled.number not in browser.get(page).text
    assert send(browser, page, handled, **TRUE).status_code == 404


def test_nobody_checks_at_a_visit_of_others_or_on_line(db, visit, handled, sign_in_as):
    page = visit()
    for who in ("chen", "wang", "auditor"):
        assert send(sign_in_as(who), page, handled, **TRUE).status_code == 404
    online = visit(channel="online")
    assert "这里办过的事" not in sign_in_as("li").get(online).text
    assert send(sign_in_as("li"), online, handled, **TRUE).status_code == 404
    assert not checks(db)


def test_an_old_page_changes_nothing(db, visit, handled, sign_in_as):
    page, browser = visit(), sign_in_as("li")
    assert send(browser, page, handled, **{**TRUE, "version": handled.version - 1}).status_code == 409
    assert not checks(db)


def test_it_is_one_statement_more_on_the_page(visit, sign_in_as, queries):
    page, browser = visit(), sign_in_as("li")
    browser.get(page)
    with queries() as asked:
        browser.get(page)
    assert len([one for one in asked if "answer.text" in one]) == 1
