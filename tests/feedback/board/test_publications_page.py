"""公开情况: published + kept back + undecided = told, for refusals as for solved matters (promise B18)."""

from __future__ import annotations

import re

import pytest

from liaison.feedback.board import office
from liaison.tickets.actions import publishing
from tests.factories import actor, make_ticket, move
from tests.tickets.deeds import RELEASED
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality


@pytest.fixture
def finished(db, frozen):
    """Four files shut long enough: solved and refused, decided and not."""
    time = frozen("2026-11-02 09:00")
    made = {name: make_ticket(State.CLOSED, outcome=outcome) for name, outcome in
            (("public", "A"), ("open", "A"), ("kept", "D"), ("dropped", "D"))}  # fmt: skip
    make_ticket(State.CLOSED, confidentiality=Confidentiality.RESTRICTED, limit_class="restricted", office="officer")
    time.on(days=16)
    move(made["public"], "publish", "director", **RELEASED)
    publishing.withhold(made["kept"], actor=actor("director"), why="same")
    db.session.commit()
    return made


def test_the_balance_adds_up_and_names_the_refusals_nobody_decided_on(finished):
    for one in office.balance():
        assert one.published + sum(n for _why, n in one.withheld) + one.undecided == one.told == 2
    assert office.balance()[1].undecided == 1


def test_each_list_holds_its_own(finished, sign_in_as):
    browser = sign_in_as("wang")
    for tab, names in (("waiting", ["dropped", "open"]), ("published", ["public"]), ("withheld", ["kept"])):
        page = browser.get(f"/publications?tab={tab}").text
        assert sorted(re.findall(r'data-ticket="([^"]+)"', page)) == sorted(finished[name].number for name in names)


def test_it_costs_the_same_for_every_list(finished, sign_in_as, queries):
    browser = sign_in_as("wang")
    browser.get("/publications")
    counts = set()
    for tab in office.TABS:
        with queries() as asked:
            browser.get(f"/publications?tab={tab}")
        counts.add(len(asked))
    assert counts == {4}


@pytest.mark.parametrize("login", ["li", "zhang", "sun", "desk", "admin"])
def test_it_is_the_office_s(sign_in_as, login):
    assert sign_in_as(login).get("/publications").status_code == 404
