"""补做: none by default; where a rule allows days for it, the next week's surplus counts for the week before."""

from dataclasses import replace

from tests.programmes.school import day, dorm, leader, told, week
from tests.programmes.test_worked_examples import F2F

THREE_DAYS = replace(F2F, makeup_days=3)
MONDAY_11, TUESDAY_11, FRIDAY_11 = day(11, 16), day(11, 17), day(11, 20)


def met(rule, *days):
    line = told(leader(*(dorm(n, on) for n, on in enumerate(days, start=1))), rule, code="F2F")
    return {piece.span.number for piece in line.pieces if piece.is_met}, line


def test_by_default_a_missed_week_stays_missed():
    assert met(F2F, MONDAY_11, TUESDAY_11)[0] == {11}


def test_the_second_contact_of_a_week_makes_up_the_week_before():
    weeks, line = met(THREE_DAYS, MONDAY_11, TUESDAY_11)
    assert weeks == {10, 11}
    assert {one.contact_id: one.period_key for one in line.credits} == {1: "w2026-11-16", 2: "w2026-11-09"}


def test_a_week_lends_only_what_it_does_not_need_itself():
    assert met(THREE_DAYS, MONDAY_11)[0] == {11}


def test_it_lends_only_in_its_first_days():
    assert met(THREE_DAYS, MONDAY_11, FRIDAY_11)[0] == {11}


def test_one_contact_makes_up_one_week_and_no_more():
    assert met(THREE_DAYS, MONDAY_11, TUESDAY_11, week(12), day(11, 24))[0] == {10, 11, 12}
    assert len(met(THREE_DAYS, MONDAY_11, TUESDAY_11, day(11, 18))[1].credits) == 3


def test_what_nobody_lacks_stays_where_it_is():
    weeks, line = met(THREE_DAYS, day(11, 10), MONDAY_11, TUESDAY_11)
    assert weeks == {10, 11}
    assert [one.period_key for one in line.credits].count("w2026-11-16") == 2


def test_a_missed_week_is_missed_only_when_the_days_for_it_are_over():
    _weeks, line = met(THREE_DAYS)
    assert [piece.span.number for piece in line.missed(day(9, 16))] == []
    assert [piece.span.number for piece in line.missed(day(9, 17))] == [1]
