"""Limits and promised dates, case by case as the specification computes them."""

from datetime import UTC, date, datetime

import pytest

from liaison.calendars import limits
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limit_rules import SHIPPED, Days, Hours
from liaison.calendars.working_days import add_working_days
from liaison.core import clock
from tests.calendars.moments import at, end
from workflows.ticket_words import LimitClass as L


def test_the_table_is_that_of_the_specification():
    """domain.md §4.4 and, for signing, §4.1 row 9; written by hand."""
    rows = SHIPPED.rows.items()
    assert {name: (row.accept, row.triage, row.sign, row.handle, row.extension) for name, row in rows} == {
        L.URGENT: (Hours(2), Hours(2), Hours(24), Hours(24), 0),
        L.SIMPLE: (Days(1), Days(0), Days(1), Days(3), 0),
        L.GENERAL: (Days(1), Days(1), Days(1), Days(5), 5),
        L.COMPLEX: (Days(1), Days(2), Days(1), Days(15), 10),
        L.LONG: (Days(1), Days(1), Days(1), None, 0),
        L.RESTRICTED: (Days(1), Days(1), Days(1), Days(15), 10),
    }
    assert limits.rule_version() == "1"


def test_only_urgent_matters_count_every_day_and_all_leave_the_same_time_for_review_and_telling():
    kinds = {name: row.calendar for name, row in SHIPPED.rows.items()}
    assert {name for name, kind in kinds.items() if kind is CalendarKind.NATURAL} == {L.URGENT}
    assert {kind for name, kind in kinds.items() if name is not L.URGENT} == {CalendarKind.SERVICE}
    assert {(row.office, row.feedback) for row in SHIPPED.rows.values()} == {(Days(1), Days(2))}


def test_every_class_has_its_row():
    assert set(SHIPPED.rows) == set(L)


@pytest.mark.parametrize(
    ("dispatched", "limit_class", "due"),
    [
        ("09-29 16:00", L.GENERAL, "10-12"),  # §4.4 and A6
        ("09-18 10:00", L.COMPLEX, "10-15"),  # §4.4
        ("09-22 10:00", L.SIMPLE, "09-28"),  # §4.4
        ("02-12 10:00", L.GENERAL, "02-26"),  # §4.4, statutory calendar
        ("12-21 10:00", L.COMPLEX, "2027-01-11"),  # A7, provisional
        ("11-09 10:00", L.GENERAL, "11-16"),  # A10
        ("11-05 10:00", L.COMPLEX, "11-26"),  # A12, A36
        ("11-19 10:00", L.GENERAL, "11-26"),  # A15
        ("11-22 10:00", L.GENERAL, "11-27"),  # A22: reopened on a Sunday
        ("11-04 10:00", L.GENERAL, "11-11"),  # A37
        ("11-05 23:59", L.RESTRICTED, "11-26"),
        ("11-06 00:00", L.RESTRICTED, "11-27"),
    ],
)
def test_handling_is_due_where_the_specification_says(dispatched: str, limit_class: L, due: str):
    assert limits.handle_due(at(dispatched), limit_class) == end(due)


def test_an_urgent_matter_has_24_hours_whatever_the_day():
    assert limits.handle_due(at("10-03 22:30"), L.URGENT) == at("10-04 22:30")
    assert limits.accept_due(at("10-03 22:30"), urgent=True) == at("10-04 00:30")
    assert limits.triage_due(at("10-03 23:00"), L.URGENT) == at("10-04 01:00")
    assert limits.sign_due(at("10-03 23:00"), L.URGENT) == at("10-04 23:00")


def test_a_long_term_matter_has_milestones_instead_of_a_limit():
    assert limits.handle_due(at("11-09 10:00"), L.LONG) is None
    assert limits.promise(at("11-09 10:00"), L.LONG) is None


def test_accepting_on_a_saturday_night_is_due_on_monday():
    assert limits.accept_due(at("11-14 22:10")) == end("11-16")


@pytest.mark.parametrize(("limit_class", "due"), [(L.SIMPLE, "11-13"), (L.GENERAL, "11-16"), (L.COMPLEX, "11-17")])
def test_triage_takes_the_same_day_one_day_or_two(limit_class: L, due: str):
    assert limits.triage_due(at("11-13 09:00"), limit_class) == end(due)


def test_triage_on_the_same_day_means_the_next_working_day_on_a_day_off():
    assert limits.triage_due(at("11-14 09:00"), L.SIMPLE) == end("11-16")


def test_signing_and_review_take_a_day_and_direct_telling_two():
    assert limits.sign_due(at("11-13 09:00"), L.GENERAL) == end("11-16")
    assert limits.office_due(at("11-13 09:00")) == end("11-16")
    assert limits.feedback_due(at("11-13 09:00")) == end("11-17")


def test_a_co_answer_is_due_two_working_days_before_the_lead():
    """A12, A36: lead due Thu 26 Nov., co due Tue 24 Nov."""
    assert limits.co_due(end("11-26")) == end("11-24")
    assert limits.co_due(end("10-12")) == end("10-09")


def test_an_urgent_co_answer_comes_together_with_the_lead():
    assert limits.co_due(at("10-04 22:30"), urgent=True) == at("10-04 22:30")


def test_extensions_and_pauses_move_a_due_day_by_working_days():
    assert limits.moved_due(end("11-26"), 3) == end("12-01")  # A15
    assert limits.moved_due(end("11-11"), 4) == end("11-17")  # A37
    assert limits.moved_due(end("11-11"), 0) == end("11-11")


@pytest.mark.parametrize(("limit_class", "days"), [(L.SIMPLE, 7), (L.GENERAL, 10), (L.COMPLEX, 21), (L.RESTRICTED, 20)])
def test_the_promise_is_the_sum_of_every_step(limit_class: L, days: int):
    """GENERAL: 1 accept + 1 triage + 5 handle + 1 office + 2 feedback = 10 working days."""
    assert limits.promise(at("11-18 20:40"), limit_class) == clock.end_of(add_working_days(date(2026, 11, 18), days))


def test_the_promise_of_the_evening_visit_is_the_second_of_december():
    assert limits.promise(at("11-18 20:40"), L.GENERAL) == end("12-02")


def test_an_urgent_promise_is_24_hours_after_raising():
    assert limits.promise(at("10-03 22:30"), L.URGENT) == at("10-04 22:30")


def test_moments_are_utc_and_the_chinese_day_decides():
    """16:30 UTC is already the next day in China."""
    late = datetime(2026, 11, 12, 16, 30, tzinfo=UTC)
    due = limits.accept_due(late)
    assert due == end("11-16")
    assert due.tzinfo is UTC
