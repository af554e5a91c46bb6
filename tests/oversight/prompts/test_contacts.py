"""I1, I3–I7 on made-up contacts: each asks where it should, and not one step before it."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from liaison.core.clock import CHINA
from liaison.oversight.prompts.finding import contacts as rules
from liaison.oversight.prompts.finding.contacts import Held
from liaison.oversight.prompts.finding.night import Night, Whom
from liaison.programmes.reckoning.spans import Span
from liaison.programmes.words import HalfDay, Period

TERM = Span(Period.TERM, "2026-2027-1", date(2026, 9, 7), date(2027, 2, 28))
NIGHT = Night(date(2026, 12, 2), TERM, None, silent_since=date(2026, 11, 18))
LI, CHEN, LIAISON = 1, 2, 3


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=CHINA)


def held(when, filed=None, by=LI, leaders=None, **more):
    given = {"is_on_site": True, "minutes": 60, "campus": "", "has_voice": False} | more
    number = f"{when} {filed} {by}"
    return Held(number, at(when), at(filed or when), by, leaders=leaders or {LI: True}, **given)


def asked(found):
    return [(one.whom.person_id, one.part, one.whole) for one in found]


# --- I1 ----------------------------------------------------------------------------------------------


def batch(count, minutes, days, **more):
    """So many contacts filed one after another within so many minutes, the dates so many days apart."""
    first = at("2026-11-02 09:00")
    filed = [at("2026-12-01 10:00") + timedelta(minutes=minutes) * n / (count - 1) for n in range(count)]
    return [
        held(
            f"{first + timedelta(days=round(days * n / (count - 1))):%Y-%m-%d 09:00}", f"{when:%Y-%m-%d %H:%M}", **more
        )
        for n, when in enumerate(filed)
    ]


def test_many_records_of_many_days_in_one_hour():
    assert asked(rules.batches(batch(8, 40, 21))) == [(LI, 8, 8)]  # scenario A25
    assert asked(rules.batches(batch(5, 60, 14))) == [(LI, 5, 5)]


@pytest.mark.parametrize(("count", "minutes", "days"), [(4, 40, 21), (5, 61, 14), (5, 60, 13)])
def test_one_fewer_a_minute_more_or_a_day_less_is_no_batch(count, minutes, days):
    assert asked(rules.batches(batch(count, minutes, days))) == []


def test_whoever_files_for_another_is_not_asked_but_the_one_he_filed_for():
    assert asked(rules.batches(batch(5, 40, 21, by=LIAISON))) == [(LI, 5, 5)]
    assert asked(rules.batches(batch(5, 40, 21, leaders={LI: True, CHEN: True}))) == [(LI, 5, 5)]


def test_a_batch_is_one_question_and_the_next_hour_another():
    later = [held(f"2026-10-{day:02} 09:00", "2026-12-01 15:00") for day in range(1, 30, 6)]
    assert asked(rules.batches([*batch(8, 40, 21), *later])) == [(LI, 8, 8), (LI, 5, 5)]


# --- I3 ----------------------------------------------------------------------------------------------


def test_two_places_far_apart_at_one_time():
    here = held("2026-11-20 14:00", campus="本部")
    assert asked(rules.overlaps([here, held("2026-11-20 14:59", campus="东校区")], {}, NIGHT)) == [(LI, 2, 2)]


@pytest.mark.parametrize(
    "other",
    [
        held("2026-11-20 15:00", campus="东校区"),  # begins when the first is over
        held("2026-11-20 14:30", campus="本部"),  # the next house
        held("2026-11-20 14:30"),  # nobody entered its campus
        held("2026-11-20 14:30", campus="东校区", is_on_site=False),
        held("2026-11-20 14:30", campus="东校区", leaders={CHEN: True}),
    ],
)
def test_what_one_person_can_have_done_is_not_asked(other):
    assert asked(rules.overlaps([held("2026-11-20 14:00", campus="本部"), other], {}, NIGHT)) == []


@pytest.mark.parametrize(
    ("when", "half", "is_asked"),
    [
        ("2026-11-20 09:00", None, True),
        ("2026-11-20 09:00", HalfDay.MORNING, True),
        ("2026-11-20 15:00", HalfDay.MORNING, False),
        ("2026-11-21 09:00", None, False),
    ],
)
def test_a_contact_on_a_day_of_absence(when, half, is_asked):
    away = SimpleNamespace(from_on=date(2026, 11, 18), until_on=date(2026, 11, 20), half=half)
    assert asked(rules.overlaps([held(when)], {LI: [away]}, NIGHT)) == [(LI, 1, 1)] * is_asked


# --- I4 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("early", "late", "found"),
    [(2, 3, [(LI, 3, 5)]), (3, 4, []), (1, 3, [])],  # 60 % · 57 % · only four
)
def test_a_month_recorded_in_its_last_three_days(early, late, found):
    mine = [held(f"2026-11-{day + 1:02} 10:00") for day in range(early)]
    mine += [held(f"2026-11-28 {hour + 8:02}:00") for hour in range(late)]
    assert asked(rules.last_minute(mine, NIGHT)) == found


def test_the_fourth_day_from_the_end_is_not_among_the_last_three():
    mine = [held(f"2026-11-27 {hour}:00") for hour in range(10, 16)]
    assert asked(rules.last_minute(mine, NIGHT)) == []


# --- I5, I6, I7 --------------------------------------------------------------------------------------


def daily(count, **more):
    return [held(f"2026-11-{day + 1:02} 10:00", **more) for day in range(count)]


def test_ten_in_a_row_without_a_voice():
    assert asked(rules.quiet(daily(10), NIGHT)) == [(LI, 10, 10)]
    assert asked(rules.quiet([held("2026-10-01 10:00", has_voice=True), *daily(10)], NIGHT)) == [(LI, 10, 10)]
    assert asked(rules.quiet(daily(9), NIGHT)) == []
    assert asked(rules.quiet([*daily(9), held("2026-11-30 10:00", has_voice=True)], NIGHT)) == []
    assert asked(rules.quiet([held("2026-09-01 10:00"), *daily(9)], NIGHT)) == []  # that one was last term


@pytest.mark.parametrize(("days", "found"), [([8, 8, 8, 0, 0], [(LI, 3, 5)]), ([8, 8, 7, 0, 0], []), ([9] * 4, [])])
def test_a_median_of_more_than_a_week(days, found):
    mine = [held(f"2026-11-{n + 1:02} 10:00", f"2026-11-{n + 1 + late:02} 10:00") for n, late in enumerate(days)]
    assert asked(rules.delay(mine, NIGHT)) == found


@pytest.mark.parametrize(("silent", "stood_by", "found"), [(4, 1, [(LI, 4, 5)]), (3, 2, []), (4, 0, [])])
def test_what_others_filed_and_nobody_confirmed(silent, stood_by, found):
    mine = daily(silent, by=LIAISON, leaders={LI: False}) + daily(stood_by, by=LIAISON, leaders={LI: True})
    assert asked(rules.proxy(mine, NIGHT)) == found


def test_ten_working_days_are_left_for_confirming_and_ones_own_records_need_none():
    assert asked(rules.proxy([held("2026-11-18 10:00", by=LIAISON, leaders={LI: False})] * 5, NIGHT)) == []
    assert asked(rules.proxy(daily(5, leaders={LI: False}), NIGHT)) == []


def test_a_finding_names_its_records_and_the_period_it_is_about():
    (found,) = rules.last_minute([held(f"2026-11-29 {hour}:00") for hour in range(10, 16)], NIGHT)
    assert (found.whom, found.period, len(found.records)) == (Whom(LI), "2026-11", 6)
