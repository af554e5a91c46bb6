"""I8, I10–I19 on made-up rows: each asks where it should, and not one step before it."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from liaison.core.clock import CHINA, end_of
from liaison.oversight.figures.periods import stretches
from liaison.oversight.prompts.finding import shares, tickets
from liaison.oversight.prompts.finding.night import Night, Whom
from liaison.programmes.reckoning import Term
from liaison.programmes.reckoning.spans import Span
from liaison.programmes.words import Period
from workflows.ticket_words import LimitClass

TERM = Span(Period.TERM, "2026-2027-1", date(2026, 9, 7), date(2027, 2, 28))
NIGHT = Night(date(2026, 12, 2), TERM, None, silent_since=date(2026, 11, 18))
NOON = datetime(2026, 11, 20, 12, tzinfo=CHINA)
UNIT = Whom(unit_id=7)
LONG = "已更换三楼的循环水泵，每晚十点供应热水。" * 3


def row(n=1, **more):
    return SimpleNamespace(**{"id": n, "number": f"LX-{n}", "episode": 1, "unit_id": 7} | more)


def asked(found):
    return [(one.whom, one.part, one.whole) for one in found]


# --- I8 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voices", "on_spot", "wrong", "is_asked"),
    [(10, 8, 2, True), (10, 8, 1, False), (10, 7, 2, False), (9, 9, 2, False)],
)
def test_mostly_answered_on_the_spot_and_twice_found_otherwise(voices, on_spot, wrong, is_asked):
    filer = SimpleNamespace(person_id=1, voices=voices, on_spot=on_spot)
    found = tickets.on_spot([filer], {1: [row(n) for n in range(wrong)]}, NIGHT)
    assert asked(found) == [(Whom(1), 2, 10)] * is_asked


# --- I10 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "text", "has_note", "limit_class", "is_asked"),
    [
        (9, "已处理", True, LimitClass.GENERAL, True),
        (9, LONG, False, LimitClass.GENERAL, True),
        (9, LONG, True, LimitClass.GENERAL, False),
        (10, "已处理", False, LimitClass.GENERAL, False),
        (9, "已处理", False, LimitClass.SIMPLE, False),
    ],
)
def test_an_answer_of_minutes_that_is_short_or_without_a_note(minutes, text, has_note, limit_class, is_asked):
    handled_at = NOON + timedelta(minutes=minutes)
    answer = row(text=text, limit_class=limit_class, signed_at=NOON, handled_at=handled_at)
    assert asked(tickets.haste([answer], {1} if has_note else set())) == [(UNIT, 1, 1)] * is_asked


def test_what_nobody_signed_for_is_not_measured():
    answer = row(text="已处理", limit_class=LimitClass.GENERAL, signed_at=None, handled_at=NOON)
    assert asked(tickets.haste([answer], set())) == []


# --- I12, I13 ----------------------------------------------------------------------------------------


def test_a_check_that_found_it_otherwise_is_asked_of_the_unit_or_of_who_answered_on_the_spot():
    found = tickets.mismatch([row(at=NOON, answered_by=1), row(2, unit_id=None, at=NOON, answered_by=1)])
    assert [one.whom for one in found] == [UNIT, Whom(1)]


@pytest.mark.parametrize(("days", "is_asked"), [(0, True), (30, True), (31, False), (-1, False)])
def test_a_return_within_thirty_days(days, is_asked):
    earlier = row(handled_at=NOON, raised_at=NOON + timedelta(days=days), at=NOON)
    assert asked(tickets.recurrence([earlier])) == [(UNIT, 1, 1)] * is_asked


# --- I17, I19 ----------------------------------------------------------------------------------------


def reopened(n, days):
    return row(n, closed_at=NOON, reopened_at=NOON + timedelta(days=days))


def test_two_tickets_reopened_within_a_week():
    assert asked(tickets.quick_reopen([reopened(1, 7), reopened(2, 1)], NIGHT)) == [(UNIT, 2, 2)]
    assert asked(tickets.quick_reopen([reopened(1, 7), reopened(2, 8)], NIGHT)) == []
    assert asked(tickets.quick_reopen([reopened(1, 1), reopened(1, 2)], NIGHT)) == []  # one ticket, twice


def waited(n, paused, unit=7):
    return row(n, unit_id=unit, paused=timedelta(hours=paused), held=timedelta(hours=10))


def test_three_tickets_that_paused_longer_than_they_were_worked_on():
    assert asked(tickets.pauses([waited(n, 11) for n in range(3)], NIGHT)) == [(UNIT, 3, 3)]
    assert asked(tickets.pauses([waited(1, 11), waited(2, 11), waited(3, 10)], NIGHT)) == []
    assert asked(tickets.pauses([waited(1, 11), waited(2, 11), waited(3, 11, unit=8)], NIGHT)) == []


# --- I11, I14, I15, I16, I18 -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "before", "is_asked"),
    [
        ((5, 10), (3, 10), True),  # 50 %, twenty points above
        ((5, 10), (31, 100), False),
        ((4, 9), (0, 10), False),
        ((49, 100), (0, 10), False),
        ((10, 10), (0, 0), False),  # nothing to compare with
    ],
)
def test_half_explained_and_far_above_the_last_term(present, before, is_asked):
    found = shares.explained({7: present}, {7: before}, NIGHT)
    assert asked(found) == [(UNIT, *present)] * is_asked


def extension(n, days_before=0):
    due_on = date(2026, 11, 20) + timedelta(days=days_before)
    return row(n, asked_at=NOON, due_at=end_of(due_on))


@pytest.mark.parametrize(("last_day", "earlier", "is_asked"), [(3, 3, True), (3, 4, False), (5, 0, False)])
def test_half_of_the_extensions_on_the_last_day(last_day, earlier, is_asked):
    some = [extension(n) for n in range(last_day)] + [extension(9 + n, days_before=1) for n in range(earlier)]
    assert asked(shares.extensions(some, NIGHT)) == [(UNIT, last_day, 6)] * is_asked


def handled(n, minutes_left):
    due_at = end_of(date(2026, 11, 20))
    return row(n, due_at=due_at, handled_at=due_at - timedelta(minutes=minutes_left))


@pytest.mark.parametrize(("late", "early", "is_asked"), [(3, 3, True), (3, 4, False), (5, 0, False)])
def test_half_of_the_handlings_in_the_last_two_hours(late, early, is_asked):
    some = [handled(n, 120) for n in range(late)] + [handled(9 + n, 121) for n in range(early)]
    assert asked(shares.bunching(some, NIGHT)) == [(UNIT, late, 6)] * is_asked


def test_after_the_limit_is_late_not_bunched():
    assert asked(shares.bunching([handled(n, -1) for n in range(6)], NIGHT)) == []


@pytest.mark.parametrize(
    ("months", "is_asked"),
    [
        ([(11, 100), (6, 100), (6, 100), (6, 100)], True),
        ([(10, 100), (0, 100), (0, 100), (0, 100)], False),
        ([(11, 100), (7, 100), (7, 100), (7, 100)], False),
        ([(11, 100), (0, 0), (0, 0), (0, 0)], False),  # nothing to compare with
    ],
)
def test_more_is_excluded_than_before(months, is_asked):
    assert asked(shares.exclusions(months, NIGHT)) == [(Whom(), 11, 100)] * is_asked


# --- which term a night belongs to -------------------------------------------------------------------


def term(key, first, last):
    return Term(key, key[:9], key, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("day", "present", "before"),
    [
        ("2026-09-07", "2026-2027-1", "2025-2026-2"),
        ("2027-02-20", "2026-2027-1", "2025-2026-2"),  # vacation
        ("2027-03-01", "2026-2027-2", "2026-2027-1"),
        ("2026-02-20", "2026-H1", None),  # before any that is known
        ("2025-12-31", "2025-H2", None),
    ],
)
def test_a_vacation_belongs_to_the_term_before_it(day, present, before):
    known = [
        term("2026-2027-1", "2026-09-07", "2027-01-22"),
        term("2026-2027-2", "2027-03-01", "2027-07-09"),
        term("2025-2026-2", "2026-03-02", "2026-07-10"),
    ]
    found = stretches(known, date.fromisoformat(day))
    assert [one and one.key for one in found] == [present, before]
