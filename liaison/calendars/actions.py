"""What is done to the calendar and the limits: rows added or changed, and a new version made of them.

Nothing is ever taken away, and no version is changed. Nobody's limit moves here: whoever saves a calendar
settles the provisional ones (tickets/actions/settling.py). After his commit he calls `in_force.renew`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, or_, select

from liaison.calendars import content, queries
from liaison.calendars.calendar import Calendar
from liaison.calendars.content import Content
from liaison.calendars.limit_rules import SHIPPED, Limits, Rules
from liaison.calendars.models import CalendarDay, CalendarVersion, CalendarYear, LimitRule, LimitVersion, Term
from liaison.calendars.rows import DayRow, TermRow
from liaison.core.clock import now
from liaison.core.db import Base, db
from workflows.ticket_words import LimitClass


@dataclass
class Changed:
    """How many rows were new, changed, as before."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Changed) -> Changed:
        return Changed(self.added + other.added, self.changed + other.changed, self.same + other.same)


def put_terms(rows: Iterable[TermRow]) -> Changed:
    """Add terms, or change those of the same academic year and number (or name, where no number is known)."""
    return sum((_put(Term, _term(row), asdict(row)) for row in rows), Changed())


def put_days(rows: Iterable[DayRow]) -> Changed:
    """Add exceptional days, or change those already there; each year is marked published or not."""
    done = Changed()
    for row in rows:
        columns = asdict(row)
        year = {"year": row.year, "is_published": columns.pop("is_published")}
        _put(CalendarYear, db.session.scalar(select(CalendarYear).where(CalendarYear.year == row.year)), year)
        done += _put(CalendarDay, db.session.scalar(select(CalendarDay).where(CalendarDay.day == row.day)), columns)
    return done


def make_calendar(*, made_by_id: int | None, note: str = "") -> Calendar:
    """Freeze the rows as they are now, with the tables of the program, as a new version. Returns its value."""
    settle_calendar()
    held = queries.present_content()
    label = content.label_after(held, queries.labels())
    _keep_calendar(label, held, made_by_id, note)
    return content.calendar_from(label, held)


def make_limits(rows: Mapping[LimitClass, Limits], *, made_by_id: int | None, note: str = "") -> Rules:
    """A new version of the table of limits, for what is dispatched from now on. Returns it."""
    settle_limits()
    label = str(len(queries.limit_versions()) + 1)
    _keep_limits(Rules(label, rows), made_by_id, note)
    return Rules(label, rows)


def settle_calendar() -> None:
    """Keep what the program ships as the first version, so that tickets frozen by it can be explained for ever."""
    if not queries.labels():
        _keep_calendar(content.shipped().label, content.lay_out([], [], []), None, "")


def settle_limits() -> None:
    """Keep the shipped limits as the first version."""
    if not queries.limit_versions():
        _keep_limits(SHIPPED, None, "")


def _term(row: TermRow) -> Term | None:
    named = (Term.term_no.is_(None)) & (Term.name == row.name)
    same = select(Term).where(Term.academic_year == row.academic_year, or_(Term.term_no == row.term_no, named))
    return db.session.scalar(same)


def _put(table: type[Base], found: Any, columns: dict[str, Any]) -> Changed:
    if found is None:
        db.session.add(table(**columns))
        db.session.flush()
        return Changed(added=1)
    changed = {name: value for name, value in columns.items() if getattr(found, name) != value}
    for name, value in changed.items():
        setattr(found, name, value)
    db.session.flush()
    return Changed(changed=1) if changed else Changed(same=1)


def _keep_calendar(label: str, held: Content, made_by_id: int | None, note: str) -> None:
    row = {"label": label, "made_at": now(), "made_by_id": made_by_id, "note": note, "content": held}
    db.session.execute(insert(CalendarVersion).values(row))


def _keep_limits(rules: Rules, made_by_id: int | None, note: str) -> None:
    version = {"label": rules.label, "made_at": now(), "made_by_id": made_by_id, "note": note}
    made = db.session.execute(insert(LimitVersion).values(version).returning(LimitVersion.id)).scalar_one()
    rows = [_columns(name, limits) | {"version_id": made} for name, limits in rules.rows.items()]
    db.session.execute(insert(LimitRule), rows)


def _columns(name: LimitClass, limits: Limits) -> dict[str, Any]:
    return {
        "limit_class": name,
        "is_in_hours": limits.is_in_hours,
        "accept": limits.accept.count,
        "triage": limits.triage.count,
        "sign": limits.sign.count,
        "handle": limits.handle.count if limits.handle else None,
        "extension": limits.extension,
        "office": limits.office.count,
        "feedback": limits.feedback.count,
        "calendar": limits.calendar,
    }
