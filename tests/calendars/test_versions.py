"""Versions of the calendar and of the limits: added, never changed; read again by every process."""

from datetime import date

import pytest
from sqlalchemy import select

from liaison.calendars import actions, in_force, limits, queries
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limit_rules import SHIPPED, Days, Limits
from liaison.calendars.models import CalendarDay, CalendarVersion, Term
from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.calendars.working_days import add_working_days, calendar_version, is_provisional
from tests.calendars.moments import at, end
from workflows.ticket_words import LimitClass as L

pytestmark = pytest.mark.usefixtures("renewing")

AUTUMN = TermRow(
    "2026-2027", 1, "第一学期", date(2026, 9, 7), date(2027, 1, 24), 18, 2, "", date(2027, 1, 25), date(2027, 2, 28)
)
NEW_YEAR = DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027, "元旦")


def save(db, terms=(), days=()):
    actions.put_terms(terms)
    actions.put_days(days)
    made = actions.make_calendar(made_by_id=None)
    db.session.commit()
    in_force.renew()
    return made


def test_before_anything_is_saved_the_program_ships_a_calendar(app):
    assert calendar_version() == "2026-1"
    assert is_provisional(date(2027, 1, 1))


def test_a_saved_calendar_counts_at_once_and_keeps_the_shipped_one_beside_it(db):
    made = save(db, [AUTUMN])
    assert made.label == calendar_version() == "2026-2"
    assert add_working_days(date(2027, 1, 19), 5) == date(2027, 3, 2)
    assert queries.labels() == ["2026-1", "2026-2"]
    assert in_force.calendar("2026-1").add(date(2027, 1, 19), 5) == date(2027, 1, 26)


def test_a_year_is_published_by_its_table_and_names_the_version(db):
    save(db, [AUTUMN], [NEW_YEAR])
    assert calendar_version() == "2027-1"
    assert not is_provisional(date(2027, 12, 31))
    assert is_provisional(date(2028, 1, 1))
    assert in_force.calendar().names[date(2027, 1, 1)] == "元旦"


def test_days_of_a_year_not_yet_published_are_kept_but_do_not_count(db):
    save(db, [], [DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027, "元旦", is_published=False)])
    assert is_provisional(date(2027, 1, 1))
    assert in_force.calendar().counts(date(2027, 1, 1))
    save(db, [], [NEW_YEAR])
    assert not in_force.calendar().counts(date(2027, 1, 1))


def test_an_imported_day_wins_over_the_table_of_the_program(db):
    """A notice in the middle of the year: Thursday 24 Sept. 2026 is off, Saturday 10 Oct. is not worked."""
    days = [DayRow(date(2026, 9, 24), ExceptionKind.OFF, 2026), DayRow(date(2026, 10, 10), ExceptionKind.OFF, 2026)]
    save(db, [], days)
    assert add_working_days(date(2026, 9, 29), 5) == date(2026, 10, 13)
    assert not in_force.calendar().counts(date(2026, 9, 24))


def test_saying_the_same_again_changes_no_row(db):
    save(db, [AUTUMN], [NEW_YEAR])
    assert actions.put_terms([AUTUMN]) + actions.put_days([NEW_YEAR]) == actions.Changed(same=2)
    longer = actions.put_terms([TermRow(**{**vars(AUTUMN), "exam_weeks": 1})])
    assert longer == actions.Changed(changed=1)
    assert len(db.session.scalars(select(Term)).all()) == len(db.session.scalars(select(CalendarDay)).all()) == 1


def test_a_term_known_by_its_name_alone_is_filled_not_doubled(db):
    known = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    db.session.add(Term(name="第一学期", academic_year="2026-2027", **known))
    db.session.flush()
    assert actions.put_terms([AUTUMN]) == actions.Changed(changed=1)
    assert db.session.scalars(select(Term)).one().vacation_until == date(2027, 2, 28)


def test_an_older_version_is_never_changed(db):
    save(db, [AUTUMN])
    before = db.session.scalars(select(CalendarVersion.content).order_by(CalendarVersion.id)).all()
    save(db, [], [NEW_YEAR])
    after = db.session.scalars(select(CalendarVersion.content).order_by(CalendarVersion.id)).all()
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


def test_another_process_hears_of_a_new_version_at_its_next_question(app, db, monkeypatch):
    app.config["CALENDAR_SECONDS"] = 30
    try:
        assert calendar_version() == "2026-1"
        actions.put_terms([AUTUMN])
        actions.make_calendar(made_by_id=None)
        db.session.commit()
        assert calendar_version() == "2026-1", "within half a minute it has not asked again"
        known = app.extensions[in_force.KEY]
        monkeypatch.setattr(known, "asked_at", known.asked_at - 31)
        assert calendar_version() == "2026-2"
    finally:
        app.config["CALENDAR_SECONDS"] = 0


def test_what_is_known_is_asked_no_second_time(app, db, queries):
    app.config["CALENDAR_SECONDS"] = 30
    try:
        calendar_version()
        with queries() as asked:
            limits.handle_due(at("09-29 16:00"), L.GENERAL)
            limits.promise(at("09-29 16:00"), L.COMPLEX)
        assert asked == []
    finally:
        app.config["CALENDAR_SECONDS"] = 0


def test_new_limits_are_in_force_and_the_old_edition_is_kept(db):
    rows = {**SHIPPED.rows, L.GENERAL: Limits(Days(1), Days(1), Days(2), Days(7), 5, calendar=CalendarKind.STATUTORY)}
    made = actions.make_limits(rows, made_by_id=None, note="一般事项改为七个工作日")
    db.session.commit()
    in_force.renew()
    assert made.label == limits.rule_version() == "2"
    assert limits.handle_due(at("11-09 10:00"), L.GENERAL) == end("11-18")
    assert limits.handle_due(at("11-09 10:00"), L.GENERAL, "1") == end("11-16")
    assert limits.days_of(L.GENERAL) is CalendarKind.STATUTORY
    assert queries.all_rules() == [SHIPPED, made]


def test_the_shipped_rows_are_settled_once(db):
    for _ in range(2):
        actions.settle_calendar()
        actions.settle_limits()
    assert queries.labels() == ["2026-1"]
    assert queries.newest_calendar() == in_force.calendar()
    assert queries.all_rules() == [SHIPPED]
