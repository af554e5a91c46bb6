"""The demo calendar of domain.md §3.9, people laid over it, and the rules the worked examples speak of."""

from datetime import date, timedelta

from liaison.calendars.content import calendar_from, lay_out
from liaison.programmes.reckoning import Edition, Facts, Held, Meeting, Rulebook, School, Term, judge
from liaison.programmes.words import ContactKind, SubjectRole

K, R = ContactKind, SubjectRole
YEAR = "2026-2027"
TERM = "2026-2027-1"
AUTUMN = date(2026, 9, 7)
TODAY = date(2027, 1, 31)
LONG_AGO = date(2020, 9, 1)
VACATIONS = [(date(2026, 1, 17), date(2026, 2, 27)), (date(2027, 1, 25), date(2027, 2, 28))]
CALENDAR = calendar_from("2026-1", lay_out([], [], VACATIONS))

VICE = frozenset({R.LEADER, R.OTHER_LEADER})
PRINCIPAL = frozenset({R.LEADER, R.PRINCIPAL_LEADER})
CADRE = frozenset({R.CADRE})


def school(courses=(), exempt=(), special=()):
    autumn = Term(TERM, YEAR, "第一学期", AUTUMN, date(2027, 1, 24), 20, frozenset(exempt), frozenset(courses))
    spring = Term("2025-2026-2", "2025-2026", "第二学期", date(2026, 3, 2), date(2026, 7, 19), 20)
    return School(CALENDAR, [spring, autumn], special)


def day(month, number, year=2026):
    return date(year, month, number)


def week(number):
    """The Monday of a week of the autumn term."""
    return AUTUMN + timedelta(weeks=number - 1)


def leader(*meetings, held=None, **more):
    return Facts(1, held or (Held(VICE, LONG_AGO),), meetings=tuple(meetings), **more)


def dorm(id, on, **more):
    return Meeting(id, on, (K.ENTER_DORM,), **more)


def told(facts, *rules, code, key=TERM, school=school, today=TODAY):
    """The line of a requirement in a period; None where there is none."""
    book = Rulebook([Edition("TEST", LONG_AGO, rules)])
    lines = judge(facts, school() if callable(school) else school, book, YEAR, today)
    found = [line for line in lines if code in line.codes and line.span.key == key]
    assert len(found) < 2, found
    return found[0] if found else None
