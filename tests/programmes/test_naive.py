"""The engine agrees with the reference algorithm, written down naively (naive.py), on 2 000 random people-terms."""

import os
from datetime import date, timedelta
from random import Random

import pytest

from liaison.programmes import shipped
from liaison.programmes.queries.people import ROLES
from liaison.programmes.reckoning import Away, Edition, Facts, Held, Meeting, Rule, Rulebook, School, Term, Tie, judge
from liaison.programmes.words import (
    CalendarBasis,
    ContactKind,
    HalfDay,
    MeetingChannel,
    Period,
    QuantityUnit,
    SubjectRole,
)
from tests.programmes.naive import Naive, NaiveCalendar, days
from tests.programmes.school import CALENDAR, YEAR

ROUNDS = int(os.environ.get("LIAISON_ROUNDS", "1"))
PEOPLE, BATCH = 2_000 * ROUNDS, 200
TODAY = date(2027, 1, 31)
BY_CONTACT = [
    line
    for programme in shipped.programmes()
    for line in programme.rules
    if line.period is not Period.NONE and line.unit not in (QuantityUnit.PLAN, QuantityUnit.FORM, QuantityUnit.SHARE)
    and not line.code.startswith("LN16-TALK")
]  # fmt: skip
KINDS = list(ContactKind)
SORTS = ["general_branch", "branch", "teaching_office", "college", "young_teacher"]
POSTS = [*ROLES.values(), frozenset({SubjectRole.STAFF_OBLIGED})]


def rule(line):
    return Rule(
        code=line.code,
        title=line.title,
        subject=line.subject_role,
        period=line.period,
        minimum=line.minimum,
        unit=line.unit,
        strength=line.strength,
        kinds=frozenset(ContactKind(kind) for kind in line.kinds),
        scope=line.target_scope,
        basis=line.calendar_basis,
        channel=line.channel,
        per_each=line.per_each,
        exclusive_group=line.exclusive_group,
        combine_group=line.combine_group,
        is_prorated=line.is_prorated,
    )


def a_day(chance, first=date(2026, 8, 1), last=date(2027, 2, 28)):
    return first + timedelta(days=chance.randrange((last - first).days))


def terms(chance):
    exempt = frozenset(chance.sample(range(1, 21), chance.choice([0, 0, 1, 3])))
    weeks = chance.choice([20, 20, 18, None])
    autumn = Term("2026-2027-1", YEAR, "", date(2026, 9, 7), date(2027, 1, 24), weeks, exempt, frozenset({1, 2, 3}))
    spring = Term("2026-2027-2", YEAR, "", date(2027, 3, 1), date(2027, 7, 18), 20, frozenset(), frozenset({4}))
    return [autumn, spring]


def person(chance):
    first = chance.choice([date(2020, 9, 1), a_day(chance)])
    held = [Held(chance.choice(POSTS), first)]
    if chance.random() < 0.5:  # another office from a day on
        turn = a_day(chance)
        held = [Held(held[0].roles, min(first, turn), turn), Held(chance.choice(POSTS), turn + timedelta(days=1))]
    if chance.random() < 0.2:
        held.append(Held(chance.choice(POSTS), a_day(chance, last=date(2026, 12, 1)), a_day(chance, date(2026, 12, 1))))
    away = []
    for _n in range(chance.randrange(4)):
        day = a_day(chance)
        half = chance.choice([None, None, *HalfDay])
        away.append(Away(day, day if half else day + timedelta(days=chance.choice([0, 1, 2, 4, 12, 30])), half))
    ties = [
        Tie(chance.choice(SORTS), chance.randrange(10, 16), a_day(chance), a_day(chance, date(2026, 12, 1)))
        for _n in range(chance.randrange(5))
    ]
    meetings = [meeting(chance, n) for n in range(chance.randrange(40))]
    return Facts(1, tuple(held), tuple(away), tuple(ties), tuple(meetings))


def meeting(chance, number):
    return Meeting(
        id=number,
        on=a_day(chance),
        kinds=tuple(chance.sample(KINDS, chance.choice([1, 1, 1, 2, 2, 3, 4]))),
        channel=chance.choice([MeetingChannel.FACE_TO_FACE, MeetingChannel.FACE_TO_FACE, MeetingChannel.ONLINE]),
        minutes=chance.choice([None, 60, 179, 180, 359, 360, 500]),
        unit_ids=frozenset(chance.sample(range(10, 16), chance.randrange(4))),
        course_id=chance.choice([None, 1, 2, 3, 4]),
        colleague_id=chance.choice([None, 10, 11, 12]),
        is_confirmed=chance.random() < 0.85,
    )


@pytest.mark.parametrize("batch", range(PEOPLE // BATCH))
def test_the_engine_agrees_with_the_reference(batch):
    chance = Random(f"naive {batch}")
    told, special = terms(chance), chance.choice([[], [(date(2026, 11, 2), date(2026, 11, 20))]])
    school, calendar = School(CALENDAR, told, special), NaiveCalendar(told)
    for _n in range(BATCH):
        lines = [chance.choice(BY_CONTACT)]
        groups = {line.exclusive_group for line in lines if line.exclusive_group}
        chosen = [
            one for one in BY_CONTACT if one in lines or one.combine_group in {x.combine_group for x in lines} - {""}
        ]
        rivals = [one for one in BY_CONTACT if one.exclusive_group in groups and one not in chosen]
        facts, rules = person(chance), [rule(one) for one in [*chosen, *rivals]]
        compare(facts, school, calendar, special, rules, {one.code for one in chosen})


def compare(facts, school, calendar, special, rules, asked):
    naive = Naive(facts, calendar, special, rules)
    book = Rulebook([Edition("P", date(2019, 1, 1), rules)])
    found = {(line.codes, line.span.key): line for line in judge(facts, school, book, YEAR, TODAY)}
    for _programme, codes in book.groups:
        mine = [one for one in rules if one.code in codes]
        if asked.isdisjoint(codes):
            continue
        for span in school.spans(YEAR):
            check(naive, mine, span, found.get((codes, span.key)))


def check(naive, rules, span, line):
    first, last, rule = span.first, span.last, rules[0]
    repeated = rule.period in (Period.WEEK, Period.MONTH)
    asked_for = (Period.MONTH, Period.TERM) if repeated else (rule.period,)
    if span.sort not in asked_for:
        assert line is None
        return
    if span.sort is Period.TERM and rule.basis is CalendarBasis.TERM_MONTHS and line is not None:
        wanted = [
            one
            for one in naive.calendar.months(date(2026, 8, 1), date(2027, 7, 31), False)
            if in_term(naive, one, span)
        ]
        assert [piece.span.first for piece in line.pieces] == [month[0] for month in wanted]
        return
    ever = any(one.subject in naive.roles(day) for day in days(first, last) for one in rules)
    if repeated:
        units = (
            naive.calendar.weeks(first, last)
            if rule.period is Period.WEEK
            else naive.calendar.months(first, last, False)
        )
        owed = [unit for unit in units if naive.is_mine(unit, rule.basis.value, rule.subject)]
        if not units or not ever:
            assert line is None
            return
        done = [naive.done(rules, unit, ()) for unit in owed]
        assert [piece.span.first for piece in line.pieces if piece.needed] == [unit[0] for unit in owed]
        if rule.period is span.sort:
            wanted = (rule.minimum * len(owed) or None, sum(done))
        else:
            wanted = (len(owed) or None, sum(n >= rule.minimum for n in done))
        assert (line.required, line.done) == wanted
        return
    courses = {course for term in naive.calendar.terms if term.key == span.key for course in term.course_ids}
    held = [one for one in rules if any(one.subject in naive.roles(day) for day in days(first, last))]
    required = naive.required(rules, first, last, len(courses) if rule.per_each else 1)
    if not held or required == "no line":
        assert line is None
        return
    assert (line.required, line.done) == (required, naive.done(rules, days(first, last), courses))


def in_term(naive, month, span):
    """Ten of its working days lie in this term."""
    return sum(naive.calendar.counts_in_term(day) and span.first <= day <= span.last for day in month) >= 10
