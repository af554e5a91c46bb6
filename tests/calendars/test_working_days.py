"""The statutory calendar, against notices copied by hand and a counter that goes day by day."""

import random
from datetime import date, timedelta

import pytest
from holidays.countries.china import ChinaStaticHolidays

from liaison.calendars import published
from liaison.calendars import working_days as wd
from liaison.calendars.calendar import DayKind
from tests.calendars.published import OFF, days_from, works

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)


def _random_spans(count: int) -> list[tuple[date, date]]:
    rng = random.Random(20241)
    starts = [FIRST + timedelta(days=rng.randrange((LAST - FIRST).days - 400)) for _ in range(count)]
    return [(start, start + timedelta(days=rng.randrange(rng.choice([3, 40, 400])))) for start in starts]


def test_every_day_of_five_years_agrees_with_the_notices_and_is_monday_to_friday_after_them():
    assert [d for d in days_from(FIRST, LAST) if wd.is_working_day(d) != works(d)] == []


def test_ten_thousand_random_spans_agree_with_counting_on_fingers():
    working = {d for d in days_from(FIRST, LAST + timedelta(days=30)) if works(d)}
    for start, end in _random_spans(10_000):
        between = sum(d in working for d in days_from(start + timedelta(days=1), end))
        assert wd.working_days_between(start, end) == between
        if between and end in working:
            assert wd.add_working_days(start, between) == end
            assert wd.add_working_days(wd.working_day_before(end, between), between) == end


def test_the_library_knows_no_later_notice_than_we_say():
    """When a newer library brings the next table, add it to tests/calendars/published.py as well."""
    assert max(ChinaStaticHolidays.special_public_holidays) == max(OFF) == max(published.years())


def test_the_calendar_version_names_the_last_table():
    assert wd.calendar_version() == "2026-1"


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [  # domain.md §4.4, rows of the statutory calendar
        (date(2026, 9, 29), 5, date(2026, 10, 12)),
        (date(2026, 9, 18), 15, date(2026, 10, 15)),
        (date(2026, 9, 22), 3, date(2026, 9, 28)),
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 11, 14), 1, date(2026, 11, 16)),
    ],
)
def test_it_computes_the_due_days_of_the_specification(start: date, n: int, due: date):
    assert wd.add_working_days(start, n) == due


def test_the_working_days_of_the_demo_weeks_are_those_of_the_specification():
    mondays = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(16)]
    counts = [wd.working_days_between(monday - timedelta(days=1), monday + timedelta(days=6)) for monday in mondays]
    assert counts == [5, 6, 4, 3, 3] + [5] * 11


@pytest.mark.parametrize(("month", "count"), [(9, 18), (10, 18), (11, 21), (12, 23)])
def test_the_working_days_of_the_demo_months_are_those_of_the_specification(month: int, count: int):
    first = max(date(2026, month, 1), date(2026, 9, 7))
    last = date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    assert wd.working_days_between(first - timedelta(days=1), last) == count


def test_the_same_day_is_the_next_working_day_when_nobody_works():
    assert wd.add_working_days(date(2026, 11, 13), 0) == date(2026, 11, 13)
    assert wd.add_working_days(date(2026, 11, 14), 0) == date(2026, 11, 16)


def test_it_counts_over_the_end_of_a_year_in_both_directions():
    assert wd.next_working_day(date(2025, 12, 31)) == date(2026, 1, 4)
    assert wd.working_day_before(date(2026, 1, 4)) == date(2025, 12, 31)
    assert wd.add_working_days(date(2025, 12, 31), 248 + 5) == date(2027, 1, 7)  # 2026 has 248
    assert wd.working_day_before(date(2027, 1, 7), 248 + 5) == date(2025, 12, 31)


def test_a_later_day_has_no_working_days_before_an_earlier_one():
    assert wd.working_days_between(date(2026, 11, 16), date(2026, 11, 16)) == 0
    assert wd.working_days_between(date(2026, 11, 20), date(2026, 11, 16)) == 0


def test_it_refuses_to_count_the_wrong_way_round():
    with pytest.raises(ValueError, match="forward"):
        wd.add_working_days(date(2026, 11, 16), -1)
    with pytest.raises(ValueError, match="backward"):
        wd.working_day_before(date(2026, 11, 16), 0)


def test_beyond_the_last_table_days_are_monday_to_friday_and_provisional():
    """A7: COMPLEX dispatched on 21 Dec. 2026, the 2027 table not yet published."""
    due = wd.add_working_days(date(2026, 12, 21), 15)
    assert due == date(2027, 1, 11)
    assert wd.is_provisional(due)
    assert wd.is_working_day(date(2027, 1, 1))


def test_a_due_day_inside_the_table_is_final_though_its_red_day_is_not():
    due = date(2026, 12, 31)
    assert not wd.is_provisional(due)
    assert wd.is_provisional(wd.red_day(due))


def test_amber_is_the_working_day_before_and_red_the_one_after():
    """A6: due Mon 12 Oct.; the shifted Saturday is amber, Tuesday is red."""
    due = date(2026, 10, 12)
    assert wd.amber_day(due) == date(2026, 10, 10)
    assert wd.red_day(due) == date(2026, 10, 13)


def test_amber_of_a_one_day_limit_is_the_day_itself():
    assert wd.amber_day(date(2026, 11, 16), is_one_day=True) == date(2026, 11, 16)


def test_it_explains_which_days_were_counted():
    """A6: 30 Sept., 8, 9, 10 (Sat, works) and 12 Oct. count."""
    days = wd.counted_days(date(2026, 9, 29), date(2026, 10, 12))
    assert [d.day.day for d in days if d.counts] == [30, 8, 9, 10, 12]
    assert [d.day for d in days] == days_from(date(2026, 9, 30), date(2026, 10, 12))
    kinds = {d.day.day: d.kind for d in days}
    assert kinds[1] is kinds[7] is DayKind.HOLIDAY
    assert kinds[10] is DayKind.SHIFTED
    assert kinds[11] is DayKind.WEEKEND
    assert kinds[12] is DayKind.WORKDAY


def test_counted_days_say_which_are_provisional():
    days = wd.counted_days(date(2026, 12, 30), date(2027, 1, 4))
    assert [d.is_provisional for d in days] == [False, True, True, True, True]
    assert [d.counts for d in days] == [True, True, False, False, True]
