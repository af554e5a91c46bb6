"""Terms, courses and special periods, as the engine takes them."""

from __future__ import annotations

import re

from sqlalchemy import String, case, cast, func, select

from liaison.calendars.calendar import Calendar
from liaison.calendars.models import Term
from liaison.core.db import db, run
from liaison.programmes.models import Course, ProgrammeEdition, SpecialPeriod
from liaison.programmes.reckoning import School
from liaison.programmes.reckoning import Term as SchoolTerm

TERM_KEY = Term.academic_year + "-" + func.coalesce(cast(Term.term_no, String), "r" + cast(Term.id, String))
"""2026-2027-1; where only the dates are known, by its row."""
_IDEOLOGY = case((Course.is_ideology, Course.id), else_=0)
_MARK = select(
    select(func.count(Term.id)).scalar_subquery(),
    select(func.max(Term.id)).scalar_subquery(),
    select(func.max(ProgrammeEdition.id)).scalar_subquery(),
    select(func.count(Course.id)).scalar_subquery(),
    select(func.sum(_IDEOLOGY * (Course.term_id + 1))).scalar_subquery(),
    select(func.max(SpecialPeriod.id)).scalar_subquery(),
    select(func.count(SpecialPeriod.withdrawn_at)).scalar_subquery(),
)


def mark() -> str:
    """What tells whether one of them, or an edition of the rules, was saved since: one statement."""
    return ".".join(str(number or 0) for number in run(_MARK).one())


def school(calendar: Calendar, lock_day: int) -> School:
    """The school calendar with its terms, ideology courses and special periods."""
    courses: dict[int, set[int]] = {}
    for term_id, course_id in db.session.execute(select(Course.term_id, Course.id).where(Course.is_ideology)):
        courses.setdefault(term_id, set()).add(course_id)
    terms = [_term(row, key, courses.get(row.id, set())) for row, key in db.session.execute(select(Term, TERM_KEY))]
    special = select(SpecialPeriod.from_on, SpecialPeriod.until_on).where(SpecialPeriod.withdrawn_at.is_(None))
    return School(calendar, terms, [(first, last) for first, last in db.session.execute(special)], lock_day)


def _term(row: Term, key: str, courses: set[int]) -> SchoolTerm:
    weeks = (row.teaching_weeks or 0) + (row.exam_weeks or 0)
    return SchoolTerm(
        key=key,
        academic_year=row.academic_year,
        name=row.label,
        first_monday=row.first_monday,
        last_day=row.last_day,
        weeks=weeks or None,
        exempt=frozenset(int(number) for number in re.findall(r"\d+", row.exempt_weeks)),
        course_ids=frozenset(courses),
    )
