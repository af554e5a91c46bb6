"""带着走: the page a telephone keeps of one's planned visits, read where there is no network (domain.md §4.11)."""

from __future__ import annotations

import pytest

from liaison.slips import sealing
from tests import cast
from tests.factories import make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

PAGE, PLAN = "/contacts/briefs/kept", "/contacts/plan"


@pytest.fixture
def planned(frozen, sign_in_as):
    """李书记 means to go to 3号楼 on Friday and to the canteen in ten days; today is Wednesday."""
    frozen("2026-11-18 10:00")
    browser = sign_in_as("li")
    for place, when in (("dorm-3", "2026-11-20T16:00"), ("canteen-1", "2026-11-28T12:00")):
        typed = {"place_id": str(cast.unit(place).id), "held_at": when}
        assert browser.post_form(PLAN, typed).status_code == 303
    return browser


def test_the_visits_of_the_next_days_with_what_is_open_and_what_may_be_told(planned):
    told, still_open = make_ticket(State.FEEDBACK_PENDING), make_ticket(State.IN_PROGRESS)
    page = planned.get(PAGE).text
    assert "3号楼" in page
    assert "11月20日 16:00" in page
    assert "一食堂" not in page  # later than a week
    assert "已解决。" in page
    assert told.number in page
    assert still_open.number in page


def test_nothing_personal_nothing_restricted_and_nothing_to_press(app, planned, monkeypatch):
    """No reader, no raiser, no token, no text of a restricted matter: whoever finds the telephone finds buildings."""
    monkeypatch.setitem(app.config, "SLIP_KEY", sealing.new_key())
    hidden = make_ticket(State.IN_PROGRESS, confidentiality=Confidentiality.RESTRICTED, office="officer")
    make_ticket(State.FEEDBACK_PENDING)
    page = planned.get(PAGE).text
    assert hidden.number not in page
    assert "李书记" not in page
    assert "csrf" not in page
    assert "<form" not in page
    assert "data-person" not in page


def test_others_plans_are_not_on_it_and_strangers_have_no_such_page(planned, sign_in_as, client):
    assert "3号楼" not in sign_in_as("chen").get(PAGE).text
    assert "3号楼" in sign_in_as("liaison").get(PAGE).text  # who plans for him
    assert sign_in_as("sun").get(PAGE).status_code == 404
    assert "/sign-in" in client.get(PAGE).location


def test_who_plans_nothing_reads_what_to_do(sign_in_as):
    assert "以后七天没有计划走访的地方。" in sign_in_as("li").get(PAGE).text


def test_it_costs_three_statements_a_place(planned, queries):
    planned.get(PAGE)
    with queries() as asked:
        planned.get(PAGE)
    assert len(asked) <= 7, "\n".join(asked)
