"""受理: urgency and category are settled, the ticket goes to triage (T2)."""

import pytest

from liaison.core.errors import BadInput, Conflict
from tests.factories import at, category_id, make_ticket, move, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, LimitClass


def accept(ticket, who="wang", urgency="ordinary", category="03"):
    return move(ticket, "accept", who, urgency=urgency, category=str(category_id(category)))


@pytest.mark.parametrize(
    ("category", "limit_class", "due"),
    [("03", LimitClass.GENERAL, "2026-11-20 00:00"), ("16", LimitClass.COMPLEX, "2026-11-21 00:00")],
)
def test_the_class_of_the_category_proposes_the_limits(db, frozen, category, limit_class, due):
    frozen("2026-11-18 20:40")
    ticket = make_ticket()
    accept(ticket, category=category)
    assert (ticket.limit_class, ticket.next_due_at) == (limit_class, at(due))


def test_urgent_beats_the_category_and_has_two_hours(db, frozen):
    frozen("2026-11-21 20:40")  # a Saturday: hours stop for nothing
    ticket = make_ticket()
    accept(ticket, urgency="urgent", category="16")
    assert (ticket.is_urgent, ticket.limit_class) == (True, LimitClass.URGENT)
    assert ticket.next_due_at == at("2026-11-21 22:40")


def test_a_restricted_one_keeps_its_class_whatever_the_category(db):
    ticket = make_ticket(confidentiality=Confidentiality.RESTRICTED)
    accept(ticket, "officer", category="03")
    assert ticket.limit_class is LimitClass.RESTRICTED


@pytest.mark.parametrize("given", [{"urgency": "", "category": "1"}, {"urgency": "ordinary", "category": None}])
def test_both_have_to_be_said(db, given):
    ticket = make_ticket()
    with pytest.raises(BadInput):
        move(ticket, "accept", "wang", **given)
    assert ticket.state is State.SUBMITTED


def test_whoever_the_matter_is_about_keeps_out_of_it(db):
    ticket = make_ticket(complained_of_id=unit_id("mechanical"), college_id=unit_id("mechanical"))
    with pytest.raises(Conflict, match="回避"):
        accept(ticket, "desk")
    accept(ticket, "wang")


def test_the_form_proposes_what_is_known(db, sign_in_as):
    ticket = make_ticket(category_id=category_id("06"), is_urgent=True)
    browser = sign_in_as("wang")
    page = browser.get(f"/tickets/{ticket.number}").text
    assert f'<option selected value="{category_id("06")}">图书馆与自习空间</option>' in page
    assert 'value="urgent" checked' in page
    assert browser.submit(f"/tickets/{ticket.number}", move="accept").status_code == 303  # nothing has to be typed
    assert (ticket.state, ticket.category_id) == (State.TRIAGE, category_id("06"))


def test_a_category_that_does_not_exist_is_told_beside_the_field(db, sign_in_as):
    ticket = make_ticket()
    typed = {"version": 1, "urgency": "ordinary", "category": "987654"}
    assert sign_in_as("wang").send(f"/tickets/{ticket.number}/accept", typed).status_code == 422
    assert ticket.state is State.SUBMITTED


def test_the_desk_accepts_the_matters_of_its_own_college_only(db, sign_in_as):
    own, other = make_ticket(college_id=unit_id("mechanical")), make_ticket()
    assert accept(own, "desk") is State.TRIAGE
    assert sign_in_as("desk").send(f"/tickets/{other.number}/accept").status_code == 404
