"""Whatever is changed in rules and calendars, what was promised stays, to the last byte (B7)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from liaison.calendars import actions, in_force
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limit_rules import SHIPPED, Days, Limits
from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.core.db import db as extension
from liaison.tickets.actions.provisional import recounts, settle
from liaison.tickets.models import Assignment, Ticket
from tests.factories import ROADS, actor, make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass as L

DAYS = some.dates(date(2026, 1, 1), date(2026, 12, 31))
COUNTS = some.integers(0, 30)
A_DAY = some.builds(DayRow, DAYS, some.sampled_from(ExceptionKind), some.just(2026))
A_CLASS = some.sampled_from([L.SIMPLE, L.GENERAL, L.COMPLEX, L.RESTRICTED])
A_RULE = some.builds(
    Limits,
    *[some.builds(Days, COUNTS) for _step in "accept triage sign".split()],
    some.builds(Days, some.integers(1, 40)),
    COUNTS,
    some.builds(Days, COUNTS),
    some.builds(Days, COUNTS),
    some.sampled_from(CalendarKind),
)
A_VACATION = some.tuples(DAYS, some.integers(0, 60))


def kept():
    """Every limit that is kept anywhere, as it lies in the database."""
    extension.session.expire_all()
    return [
        extension.session.execute(select(*table.__table__.columns).order_by(table.id)).all()
        for table in (Ticket, Assignment)
    ]


@pytest.fixture
def lives(db, frozen):
    """A ticket in every state, all limits inside the table."""
    frozen("2026-10-19 10:00")
    for state in ROADS:
        make_ticket(state)
    make_ticket(State.IN_PROGRESS, limit_class="urgent")
    db.session.commit()
    yield kept()
    db.session.rollback()
    in_force.forget()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=some.lists(A_DAY, max_size=6, unique_by=lambda row: row.day),
    vacation=A_VACATION,
    changed=some.dictionaries(A_CLASS, A_RULE, max_size=4),
)
def test_no_stored_limit_changes_whatever_is_saved(lives, days, vacation, changed):
    first, length = vacation
    term = TermRow("2026-2027", 1, "第一学期", date(2026, 9, 7), date(2027, 1, 24), 18)
    term = TermRow(**{**vars(term), "vacation_from": first, "vacation_until": first + timedelta(days=length)})
    old = in_force.calendar()
    actions.put_days(days)
    actions.put_terms([term])
    new = actions.make_calendar(made_by_id=None)
    actions.make_limits({**SHIPPED.rows, **changed}, made_by_id=None)
    settle(recounts(old, new), new, actor("director"))
    in_force.renew()
    assert kept() == lives
    extension.session.rollback()
    in_force.forget()
