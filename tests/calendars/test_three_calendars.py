"""Natural, statutory, service: the days of the specification, and a counter that goes day by day."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from liaison.calendars.calendar import CalendarKind, DayKind
from tests.calendars.published import days_from
from tests.calendars.school import VACATIONS, WINTER_2027, calendar, table_2027, works

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
N, STATUTORY, SERVICE = CalendarKind.NATURAL, CalendarKind.STATUTORY, CalendarKind.SERVICE


@pytest.mark.parametrize(
    ("start", "n", "by", "due"),
    [  # domain.md §4.4, every row of the table
        (date(2026, 9, 29), 5, SERVICE, date(2026, 10, 12)),
        (date(2026, 9, 18), 15, SERVICE, date(2026, 10, 15)),
        (date(2026, 9, 22), 3, SERVICE, date(2026, 9, 28)),
        (date(2026, 2, 12), 5, STATUTORY, date(2026, 2, 26)),
        (date(2026, 2, 12), 5, SERVICE, date(2026, 3, 5)),
        (date(2026, 11, 14), 1, SERVICE, date(2026, 11, 16)),
        (date(2027, 1, 19), 5, SERVICE, date(2027, 3, 2)),
        (date(2027, 1, 30), 1, N, date(2027, 1, 31)),
        (date(2027, 1, 30), 15, N, date(2027, 2, 14)),
    ],
)
def test_the_due_days_of_the_specification(start, n, by, due):
    assert calendar(vacations=VACATIONS).add(start, n, by) == due


def test_the_days_a_vacation_takes_are_those_a_person_would_strike_out():
    """§4.4: 28 Feb. (Sat works), 2, 3, 4, 5 March count; 20, 21, 22 Jan., 1, 2 March."""
    year = calendar(vacations=VACATIONS)
    counted = [d.day for d in year.counted(date(2026, 2, 12), date(2026, 3, 5)) if d.counts]
    assert counted == [date(2026, 2, 28), *days_from(date(2026, 3, 2), date(2026, 3, 5))]
    counted = [d.day for d in year.counted(date(2027, 1, 19), date(2027, 3, 2)) if d.counts]
    assert counted == [*days_from(date(2027, 1, 20), date(2027, 1, 22)), date(2027, 3, 1), date(2027, 3, 2)]


def test_a_day_of_the_vacation_says_so_and_only_the_school_minds():
    day = date(2026, 2, 18)
    assert calendar(vacations=VACATIONS).kind_of(day) is DayKind.VACATION
    assert calendar(vacations=VACATIONS).kind_of(day, STATUTORY) is DayKind.HOLIDAY
    assert calendar(vacations=VACATIONS).counts(day, N)


@pytest.mark.parametrize("by", list(CalendarKind))
@pytest.mark.parametrize("with_2027", [False, True])
def test_ten_thousand_random_spans_agree_with_counting_on_fingers(by, with_2027):
    year = calendar(days=table_2027() if with_2027 else None, vacations=VACATIONS)
    all_days = days_from(FIRST, LAST + timedelta(days=30))
    counting = {day for day in all_days if works(day, by, with_2027=with_2027)}
    for start, end in random_spans(10_000):
        between = sum(day in counting for day in days_from(start + timedelta(days=1), end))
        assert year.between(start, end, by) == between
        if between and end in counting:
            assert year.add(start, between, by) == end
            assert year.add(year.before(end, between, by), between, by) == end


def random_spans(count):
    rng = random.Random(20263)
    starts = [FIRST + timedelta(days=rng.randrange((LAST - FIRST).days - 400)) for _ in range(count)]
    return [(start, start + timedelta(days=rng.randrange(rng.choice([3, 40, 120])))) for start in starts]


def test_the_golden_file_over_three_years_of_festivals_and_shifted_weekends():
    lines = (Path(__file__).parent / "golden.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    year = calendar(vacations=VACATIONS)
    assert len(rows) > 100
    for start, n, statutory, service in rows:
        day, count = date.fromisoformat(start), int(n)
        assert str(year.add(day, count, STATUTORY)) == statutory, (start, n)
        assert str(year.add(day, count, SERVICE)) == service, (start, n)


def test_every_day_of_five_years_is_what_the_notices_and_vacations_make_of_it():
    year = calendar(days=table_2027(), vacations=VACATIONS)
    for by in CalendarKind:
        assert [d for d in days_from(FIRST, LAST) if year.counts(d, by) != works(d, by, with_2027=True)] == []


def test_the_demo_weeks_have_the_working_days_of_the_specification():
    """domain.md §3.9, weeks 1–20 and the months of the term; January is Monday–Friday, provisional."""
    year = calendar(vacations=[WINTER_2027])
    mondays = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(20)]
    weeks = [year.between(monday - timedelta(days=1), monday + timedelta(days=6)) for monday in mondays]
    assert weeks == [5, 6, 4, 3, 3] + [5] * 15
    months = [(date(2026, 9, 6), date(2026, 9, 30)), (date(2026, 9, 30), date(2026, 10, 31))]
    months += [(date(2026, 10, 31), date(2026, 11, 30)), (date(2026, 11, 30), date(2026, 12, 31))]
    months += [(date(2026, 12, 31), date(2027, 1, 24))]
    assert [year.between(*month) for month in months] == [18, 18, 21, 23, 16]


def test_a_year_whose_table_is_missing_between_two_others_leaves_both_open():
    """Counting goes through it, so nothing after it is final."""
    year = calendar()
    assert year.last_published_day == date(2026, 12, 31)
    assert year.is_provisional(date(2027, 1, 1))
    assert not calendar(days=table_2027()).is_provisional(date(2027, 12, 31))


def test_amber_and_red_step_over_the_vacation():
    """A GENERAL ticket of 19 Jan. 2027, due on 2 March: amber on Monday 1 March, red on the 3rd."""
    year = calendar(vacations=VACATIONS)
    assert year.before(date(2027, 3, 2)) == date(2027, 3, 1)
    assert year.add(date(2027, 3, 2), 1) == date(2027, 3, 3)
    assert year.before(date(2027, 3, 1)) == date(2027, 1, 22)


@pytest.mark.parametrize("by", [N, STATUTORY, SERVICE])
def test_the_last_year_there_is_can_be_counted_too(by):
    """Somebody types 9999-12-31: the year is laid out to its end and no further."""
    assert calendar().between(date(9999, 11, 30), date(9999, 12, 31), by) >= 20
