"""How pressing a due moment is: calm, amber, red; and how many working days are left."""

from datetime import date, timedelta

import pytest

from liaison.calendars import limits
from liaison.core import clock
from tests.calendars.moments import at, end


@pytest.mark.parametrize(
    ("due", "now", "tone", "left"),
    [
        ("10-12", "10-09 23:59", "calm", 2),  # A6
        ("10-12", "10-10 00:00", "amber", 1),  # the shifted Saturday
        ("10-12", "10-11 12:00", "amber", 1),
        ("10-12", "10-12 23:59", "amber", 0),
        ("10-12", "10-13 00:00", "red", -1),
        ("11-26", "11-24 09:00", "calm", 2),
        ("11-26", "11-25 09:00", "amber", 1),
        ("11-26", "11-27 00:00", "red", -1),
        ("11-27", "11-28 09:00", "amber", 0),  # a Saturday after the due Friday: no working day missed
        ("11-27", "11-29 23:59", "amber", 0),
        ("11-27", "11-30 00:00", "red", -1),
        ("11-27", "12-11 08:00", "red", -10),
        ("12-31", "2027-01-01 08:00", "red", -1),  # provisional: New Year's Day still counts
    ],
)
def test_limits_of_several_days(due: str, now: str, tone: str, left: int):
    assert limits.tone(end(due), at(now)) == tone
    assert limits.days_left(end(due), at(now)) == left


@pytest.mark.parametrize(
    ("since", "due", "now", "tone"),
    [
        ("11-12 10:00", "11-13", "11-12 10:00", "calm"),
        ("11-12 10:00", "11-13", "11-13 00:00", "amber"),
        ("11-12 10:00", "11-13", "11-16 00:00", "red"),
        ("11-14 22:10", "11-16", "11-15 12:00", "calm"),  # raised on a Saturday
        ("11-14 22:10", "11-16", "11-16 08:00", "amber"),
        ("11-13 09:00", "11-13", "11-13 09:00", "amber"),  # triage on the same day
        ("11-12 10:00", "11-16", "11-13 08:00", "amber"),  # two days: the day before
    ],
)
def test_a_one_day_limit_is_amber_on_the_day_itself(since: str, due: str, now: str, tone: str):
    assert limits.tone(end(due), at(now), since=at(since)) == tone


@pytest.mark.parametrize(
    ("now", "tone"), [("10-03 22:30", "calm"), ("10-04 22:29", "calm"), ("10-04 22:30", "red"), ("10-05 22:30", "red")]
)
def test_an_urgent_matter_is_red_at_the_hour_and_never_amber(now: str, tone: str):
    assert limits.tone(at("10-04 22:30"), at(now), urgent=True) == tone


def test_without_a_due_moment_it_is_calm():
    assert limits.tone(None, at("11-13 09:00")) == "calm"


def test_a_list_finds_by_one_moment_exactly_the_red_ones():
    dues = [clock.end_of(date(2026, 9, 1) + timedelta(days=n)) for n in range(60)]
    for hour in range(0, 60 * 24, 7):
        now = at("09-01 00:00") + timedelta(hours=hour)
        assert [limits.tone(due, now) == "red" for due in dues] == [due <= limits.red_until(now) for due in dues]
