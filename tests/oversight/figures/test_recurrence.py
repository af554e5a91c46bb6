"""确认复发: the office says which earlier matter came back; nobody else does."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.actions import recurring
from tests.factories import actor, make_ticket
from workflows.ticket_states import State

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def pair(frozen):
    frozen("2026-11-02 10:00")
    earlier = make_ticket(State.CLOSED)
    frozen("2026-11-16 10:00")
    return earlier, make_ticket(State.TRIAGE)


def test_the_office_confirms_it_and_the_history_says_so(db, pair, sign_in_as):
    earlier, later = pair
    recurring.confirm(later, earlier, actor=actor("wang"))
    db.session.commit()
    assert f"确认复发：与 {earlier.number} 是同一个问题。" in sign_in_as("wang").get(f"/tickets/{later.number}").text


def test_a_department_confirms_nothing(pair):
    earlier, later = pair
    with pytest.raises(NotAllowed):
        recurring.confirm(later, earlier, actor=actor("zhang"))


def test_twice_is_refused(pair):
    earlier, later = pair
    recurring.confirm(later, earlier, actor=actor("wang"))
    with pytest.raises(Conflict):
        recurring.confirm(later, earlier, actor=actor("wang"))


def test_only_an_earlier_matter_that_was_handled_comes_back(pair):
    earlier, later = pair
    for first, second in ((earlier, later), (later, later)):
        with pytest.raises(Conflict):
            recurring.confirm(first, second, actor=actor("wang"))
