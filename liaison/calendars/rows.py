"""One line of a sheet as a value: a term, an exceptional day (imports.md sheets 01 and 02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liaison.calendars.published import ExceptionKind


@dataclass(frozen=True)
class TermRow:
    """学期: what `Term` keeps of it."""

    academic_year: str
    term_no: int
    name: str
    first_monday: date
    last_day: date
    teaching_weeks: int
    exam_weeks: int = 0
    exempt_weeks: str = ""
    vacation_from: date | None = None
    vacation_until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class DayRow:
    """节假日或调休: a day of a year's notice; the year counts once it is published."""

    day: date
    kind: ExceptionKind
    year: int
    name: str = ""
    basis: str = ""
    is_published: bool = True
