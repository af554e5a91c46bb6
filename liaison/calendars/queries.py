"""What is asked about terms, days, versions and limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from liaison.calendars.calendar import Calendar
from liaison.calendars.content import Content, Span, calendar_from, lay_out
from liaison.calendars.limit_rules import Days, Hours, Limits, Rules
from liaison.calendars.models import CalendarDay, CalendarVersion, CalendarYear, LimitRule, LimitVersion, Term
from liaison.calendars.published import Exceptional
from liaison.core.db import db

Marks = tuple[int | None, int | None]  # the newest version of calendar and limits


def marks() -> Marks:
    """What tells whether anything was saved since: one statement."""
    newest = [select(func.max(table.id)).scalar_subquery() for table in (CalendarVersion, LimitVersion)]
    calendar, limits = db.session.execute(select(*newest)).one()
    return calendar, limits


def newest_calendar() -> Calendar | None:
    return _loaded(select(CalendarVersion).order_by(CalendarVersion.id.desc()).limit(1))


def calendar_labelled(label: str) -> Calendar | None:
    return _loaded(select(CalendarVersion).where(CalendarVersion.label == label))


def _loaded(wanted: Any) -> Calendar | None:
    row = db.session.scalar(wanted)
    return calendar_from(row.label, row.content) if row else None


def labels() -> list[str]:
    return list(db.session.scalars(select(CalendarVersion.label)))


def all_rules() -> list[Rules]:
    """Every version of the table of limits, the oldest first."""
    wanted = select(LimitVersion.label, LimitRule).join(LimitRule, LimitRule.version_id == LimitVersion.id)
    found: dict[str, dict[Any, Limits]] = {}
    for label, row in db.session.execute(wanted.order_by(LimitVersion.id, LimitRule.id)):
        found.setdefault(label, {})[row.limit_class] = _limits(row)
    return [Rules(label, rows) for label, rows in found.items()]


def _limits(row: LimitRule) -> Limits:
    count = Hours if row.is_in_hours else Days
    handle = None if row.handle is None else count(row.handle)
    steps = (count(row.accept), count(row.triage), count(row.sign), handle)
    return Limits(*steps, row.extension, Days(row.office), Days(row.feedback), row.calendar)


def terms() -> Sequence[Term]:
    return db.session.scalars(select(Term).order_by(Term.first_monday.desc())).all()


def days_of(year: int) -> Sequence[CalendarDay]:
    """The imported exceptions of a year's notice, in order."""
    return db.session.scalars(select(CalendarDay).where(CalendarDay.year == year).order_by(CalendarDay.day)).all()


def versions() -> Sequence[CalendarVersion]:
    return db.session.scalars(select(CalendarVersion).order_by(CalendarVersion.id.desc())).all()


def limit_versions() -> Sequence[LimitVersion]:
    return db.session.scalars(select(LimitVersion).order_by(LimitVersion.id.desc())).all()


def vacations() -> list[Span]:
    spans = db.session.execute(select(Term.vacation_from, Term.vacation_until))
    return [(first, last) for first, last in spans if first and last]


def present_content() -> Content:
    """What a version saved now would hold: the rows as they are, and the tables of the program."""
    years = list(db.session.scalars(select(CalendarYear.year).where(CalendarYear.is_published)))
    days = db.session.execute(
        select(CalendarDay.day, CalendarDay.kind, CalendarDay.name).where(CalendarDay.year.in_(years))
    )
    return lay_out(years, [Exceptional(*row) for row in days], vacations())
