"""可能复发: what was solved here not long ago is shown at triage, the office says yes or no (scenario A40)."""

from datetime import timedelta

import pytest

from liaison.core.db import db
from liaison.tickets.models import Ticket, TicketEvent
from tests.cast import unit
from tests.factories import make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import Outcome

PROPOSED = "可能复发"


@pytest.fixture
def raised(app, frozen):
    """raised(day): a new ticket in triage, same place and category as one handled on 13 November."""
    clock = frozen("2026-11-09 09:00")
    earlier = make_ticket(State.CLOSED)
    db.session.commit()
    handled_at = earlier.handled_at

    def later(days: int) -> tuple[Ticket, Ticket]:
        clock.moment = handled_at + timedelta(days=days)
        found = make_ticket(State.TRIAGE)
        db.session.commit()
        return earlier, found

    return later


def moves_of(ticket):
    db.session.rollback()
    return list(db.session.scalars(db.select(TicketEvent.move).filter_by(ticket_id=ticket.id)))


def press(browser, later, earlier, deed):
    address = f"/tickets/{later.number}"
    return browser.submit(address, to=f"{address}/recurrences/{earlier.id}/{deed}")


def test_triage_shows_what_was_solved_here_thirteen_days_ago(raised, sign_in_as):
    earlier, later = raised(13)
    page = sign_in_as("wang").get(f"/tickets/{later.number}").text
    assert PROPOSED in page
    assert earlier.number in page


def test_the_office_confirms_it_and_the_fix_is_no_longer_durable(raised, sign_in_as):
    earlier, later = raised(13)
    assert press(sign_in_as("wang"), later, earlier, "recurrence").status_code == 303
    page = sign_in_as("wang").get(f"/tickets/{later.number}").text
    assert f"确认复发：与 {earlier.number} 是同一个问题。" in page
    assert PROPOSED not in page


def test_declined_it_is_asked_no_more_and_changes_nothing(raised, sign_in_as):
    earlier, later = raised(13)
    assert press(sign_in_as("wang"), later, earlier, "no_recurrence").status_code == 303
    assert PROPOSED not in sign_in_as("wang").get(f"/tickets/{later.number}").text
    assert "recurrence" not in moves_of(later)


def test_after_a_month_it_is_only_shown_among_those_of_ninety_days(raised, sign_in_as):
    _earlier, later = raised(31)
    assert "90天内的还有 1 件" in sign_in_as("wang").get(f"/tickets/{later.number}").text
    _earlier, later = raised(91)
    assert PROPOSED not in sign_in_as("wang").get(f"/tickets/{later.number}").text


@pytest.mark.parametrize("change", ["place", "outcome"])
def test_another_place_or_an_explanation_is_not_proposed(change, raised, sign_in_as):
    earlier, later = raised(13)
    if change == "place":
        earlier.place_id = unit("logistics").id
    else:
        earlier.outcome = Outcome.D
    db.session.commit()
    assert PROPOSED not in sign_in_as("wang").get(f"/tickets/{later.number}").text


def test_nobody_but_the_office_is_asked_or_answers(raised, sign_in_as):
    earlier, later = raised(13)
    address = f"/tickets/{later.number}/recurrences/{earlier.id}/recurrence"
    assert PROPOSED not in sign_in_as("li").get(f"/tickets/{later.number}").text
    assert sign_in_as("li").send(address).status_code in {403, 422}
    assert sign_in_as("sun").send(address).status_code == 404
    assert "recurrence" not in moves_of(later)


def test_twice_is_harmless(raised, sign_in_as):
    earlier, later = raised(13)
    browser = sign_in_as("wang")
    press(browser, later, earlier, "recurrence")
    again = browser.send(f"/tickets/{later.number}/recurrences/{earlier.id}/recurrence", {"version": later.version})
    assert again.status_code == 409
    assert moves_of(later).count("recurrence") == 1


def test_what_one_may_not_see_did_not_come_back(raised, sign_in_as):
    _earlier, later = raised(13)
    address = f"/tickets/{later.number}/recurrences/999999/recurrence"
    assert sign_in_as("wang").send(address, {"version": later.version}).status_code == 404
