"""WE1–WE14 of domain.md §3.9, by the engine alone; the late ones (WE10) are in test_late.py."""

from dataclasses import replace
from datetime import date

from liaison.programmes.reckoning import Away, Held, Meeting, Rule, Tie, times_credited
from liaison.programmes.words import (
    CalendarBasis,
    ContactKind,
    MeetingChannel,
    PerEach,
    Period,
    QuantityUnit,
    Status,
    SubjectRole,
    TargetScope,
)
from tests.programmes.school import PRINCIPAL, TERM, TODAY, VICE, Facts, day, dorm, leader, school, told, week

K, R, U = ContactKind, SubjectRole, QuantityUnit
FACE = MeetingChannel.FACE_TO_FACE
F2F = Rule("F2F", "每周面对面", R.LEADER, Period.WEEK, 1, U.WEEKS, kinds=frozenset({K.ENTER_DORM}), channel=FACE)
LECTURES = frozenset({K.IDEOLOGY_LECTURE})
LEC = Rule("LEC", "思政课", R.LEADER, Period.TERM, 1, U.LECTURES, kinds=LECTURES)
LEC_P = replace(LEC, code="LEC-P", subject=R.PRINCIPAL_LEADER, minimum=2, combine_group="lec")
LEC_O = replace(LEC, code="LEC-O", subject=R.OTHER_LEADER, combine_group="lec")
HEARD = Rule(
    "CLASS",
    "每门思政课听课",
    R.LEADER,
    Period.TERM,
    1,
    U.TIMES,
    kinds=frozenset({K.ENTER_CLASS}),
    per_each=PerEach.COURSE,
    scope=TargetScope.EACH_COURSE,
)
MONTHLY = Rule(
    "L1-M",
    "深入党总支",
    R.LEADER,
    Period.MONTH,
    1,
    U.TIMES,
    kinds=frozenset({K.VISIT_GENERAL_BRANCH}),
    scope=TargetScope.LINKED,
    basis=CalendarBasis.TERM_MONTHS,
    exclusive_group="five_links",
)
STAY = replace(MONTHLY, code="L2-DAY", kinds=frozenset({K.ON_SITE_OFFICE}), unit=U.HALF_DAYS)
COLLEGE, GENERAL_BRANCH = 7, 8
LINKED = (Tie("college", COLLEGE, date(2020, 9, 1)), Tie("general_branch", GENERAL_BRANCH, date(2020, 9, 1)))


def test_we1_weeks_of_leave_are_taken_off_what_is_owed():
    away = (Away(day(10, 12), day(10, 30)),)
    met = [dorm(n, week(n)) for n in range(1, 21) if n not in (6, 7, 8, 10, 14)]
    line = told(leader(*met, dorm(70, day(10, 24)), away=away), F2F, code="F2F")
    assert (line.required, line.done) == (17, 15)
    assert [piece.span.number for piece in line.open] == [10, 14]
    assert line.voluntary == (70,)  # the dorm visit of Saturday in week 7 prints 自愿
    assert line.status(TODAY) is Status.UNMET


def test_we2_half_of_a_short_week_makes_it_countable():
    one_day = told(leader(away=(Away(day(9, 28), day(9, 28)),)), F2F, code="F2F")
    two_days = told(leader(away=(Away(day(9, 28), day(9, 29)),)), F2F, code="F2F")
    assert [piece.needed for piece in one_day.pieces][3] == 1
    assert [piece.needed for piece in two_days.pieces][3] == 0
    assert (one_day.required, two_days.required) == (20, 19)


def test_we3_a_role_change_adds_the_shares_before_rounding():
    held = (Held(VICE, date(2020, 9, 1), day(11, 15)), Held(PRINCIPAL, day(11, 16)))
    line = told(leader(held=held), LEC_P, LEC_O, code="LEC-P")
    assert line.required == 2  # 1×10/20 + 2×10/20 = 1.5
    assert line.codes == ("LEC-P", "LEC-O")
    assert line == told(leader(held=held), LEC_P, LEC_O, code="LEC-O")


def test_we4_who_joins_for_a_fifth_of_the_term_owes_its_weeks_only():
    facts = leader(held=(Held(VICE, week(17)),))
    lecture, weeks = told(facts, LEC_P, LEC_O, code="LEC-O"), told(facts, F2F, code="F2F")
    assert lecture.required is None
    assert lecture.status(TODAY) is Status.EXEMPT
    assert [piece.span.number for piece in weeks.open] == [17, 18, 19, 20]
    assert weeks.required == 4


def test_we5_each_course_is_heard_once():
    heard = [Meeting(n, week(n), (K.ENTER_CLASS,), course_id=course) for n, course in enumerate((1, 2, 3, 1), start=1)]
    line = told(leader(*heard), HEARD, code="CLASS", school=school(courses=(1, 2, 3, 4)))
    assert (line.required, line.done) == (4, 3)
    assert line.credited == (1, 2, 3)


def test_we6_only_a_stay_of_three_hours_is_half_a_day():
    stays = [
        Meeting(n, on, (K.ON_SITE_OFFICE,), minutes=minutes, unit_ids=frozenset({COLLEGE}))
        for n, (on, minutes) in enumerate([(day(11, 4), 100), (day(11, 11), 120), (day(11, 18), 190)], start=1)
    ]
    line = told(leader(*stays, ties=LINKED), STAY, code="L2-DAY", key="2026-11")
    assert (line.required, line.done) == (1, 1)
    assert line.credited == (3,)
    assert line.short == (1, 2)


def test_we7_one_contact_serves_many_lines_and_stays_one_contact():
    facts = Facts(
        1,
        (Held(PRINCIPAL, date(2020, 9, 1)),),
        meetings=(Meeting(1, day(11, 18), (K.IDEOLOGY_LECTURE, K.ENTER_DORM), minutes=90),),
    )
    rules = [F2F, replace(F2F, code="7-F2F"), LEC, LEC_P, LEC_O]
    lines = [told(facts, *rules, code=code) for code in ("F2F", "7-F2F", "LEC", "LEC-P")]
    assert [line.credited for line in lines] == [(1,)] * 4
    assert lines[0].pieces[10].is_met
    assert times_credited(lines) == {1: 4}


def test_we8_one_afternoon_credits_two_of_the_five_links_at_most():
    kinds = (K.VISIT_BRANCH, K.VISIT_GENERAL_BRANCH, K.VISIT_TEACHING_OFFICE)
    sorts = {"general_branch": 8, "branch": 9, "teaching_office": 10}
    facts = leader(
        Meeting(1, day(11, 18), kinds, unit_ids=frozenset(sorts.values())),
        ties=tuple(Tie(sort, unit, date(2020, 9, 1)) for sort, unit in sorts.items()),
    )
    third = replace(MONTHLY, code="L3-M", kinds=frozenset({K.VISIT_BRANCH}))
    fourth = replace(MONTHLY, code="L4-M", kinds=frozenset({K.VISIT_TEACHING_OFFICE}))
    rules = [MONTHLY, third, fourth]
    done = {one.code: told(facts, *rules, code=one.code, key="2026-11").done for one in rules}
    assert done == {"L1-M": 1, "L3-M": 1, "L4-M": 0}  # the filer named the branch first


def test_we9_online_meets_no_week_unless_a_special_period_was_declared():
    online = Meeting(1, week(9), (K.ENTER_ONLINE, K.ENTER_DORM), MeetingChannel.ONLINE)
    net = Rule("NET", "进网络", R.LEADER, Period.TERM, 0, U.TIMES, kinds=frozenset({K.ENTER_ONLINE}))
    plain, special = school(), school(special=[(week(9), week(10))])
    assert told(leader(online), net, code="NET").done == 1
    assert not told(leader(online), F2F, code="F2F", school=plain).pieces[8].is_met
    assert told(leader(online), F2F, code="F2F", school=special).pieces[8].is_met


def test_a_group_chat_is_online_even_if_its_filer_left_face_to_face_ticked():
    weekly = replace(F2F, kinds=frozenset({K.ENTER_ONLINE}))
    assert told(leader(Meeting(1, week(9), (K.ENTER_ONLINE,))), weekly, code="F2F").done == 0


def test_we11_three_who_visit_together_have_each_visited_one_family():
    rule = Rule(
        "VISIT",
        "走访学生家庭",
        R.STAFF_OBLIGED,
        Period.CALENDAR_YEAR,
        1,
        U.FAMILIES,
        kinds=frozenset({K.HOME_VISIT}),
        basis=CalendarBasis.CALENDAR,
    )
    listed = (Held(frozenset({R.STAFF_OBLIGED}), date(2020, 9, 1)),)
    visit = Meeting(5, day(2, 18), (K.HOME_VISIT,))  # a holiday, in the vacation
    lines = [told(Facts(n, listed, meetings=(visit,)), rule, code="VISIT", key="2026") for n in (1, 2, 3)]
    assert [(line.required, line.done) for line in lines] == [(1, 1)] * 3
    assert {one for line in lines for one in line.credited} == {5}


def test_we13_a_month_of_the_term_is_owed_and_one_of_the_vacation_is_not():
    months = told(leader(ties=LINKED), MONTHLY, code="L1-M", key=TERM)
    assert [piece.span.key for piece in months.pieces] == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert months.required == 5
    assert told(leader(ties=LINKED), MONTHLY, code="L1-M", key="2027-02") is None


def test_we14_who_is_ill_for_most_of_a_month_owes_nothing_in_it():
    sick = leader(ties=LINKED, away=(Away(day(11, 12), day(11, 30)),))  # there on 8 of 21 days
    line = told(sick, MONTHLY, code="L1-M", key="2026-11")
    assert line.required is None
    assert line.status(TODAY) is Status.EXEMPT
    assert told(sick, MONTHLY, code="L1-M", key=TERM).required == 4
