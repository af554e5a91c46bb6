"""What the tests of reports share: a term of the calendar, and a November with every kind of end."""

from datetime import date

import pytest

from liaison.calendars.models import Term
from liaison.programmes import in_force
from tests.factories import make_ticket
from workflows.ticket_states import State

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def term(db):
    """The autumn of 2026."""
    row = Term(name="第一学期", academic_year="2026-2027", term_no=1, teaching_weeks=18, exam_weeks=2)
    row.first_monday, row.last_day = date(2026, 9, 7), date(2027, 1, 24)
    row.vacation_from, row.vacation_until = date(2027, 1, 25), date(2027, 2, 28)
    db.session.add(row)
    db.session.commit()
    in_force.forget()
    return row


@pytest.fixture
def november(db, term, frozen):
    """Solved, explained, planned, redirected, under way, restricted; then the 6th of December has begun."""
    time = frozen("2026-11-03 10:00")
    found = {
        "solved": make_ticket(State.CLOSED),
        "explained": make_ticket(State.FEEDBACK_GIVEN, outcome="D", lead="academic-affairs"),
        "planned": make_ticket(State.LONG_TERM),
        "redirected": make_ticket(State.REDIRECTED),
        "working": make_ticket(State.IN_PROGRESS, lead="it-centre"),
        "hidden": make_ticket(
            State.IN_PROGRESS, confidentiality="restricted", office="officer", limit_class="restricted"
        ),
    }
    db.session.commit()
    time.to("2026-12-06 00:01")
    return found | {"time": time}
