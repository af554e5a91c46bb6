"""Calendar and rules as the engine takes them, kept by each process until one of their rows changes.

Asking whether they changed is one statement.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from liaison.calendars import in_force as calendars
from liaison.core.clock import now, today
from liaison.programmes.queries import rules, school
from liaison.programmes.reckoning import Rulebook, School
from liaison.settings.in_force import number

KEY = "liaison.programmes"  # in app.extensions


@dataclass(frozen=True)
class Known:
    """Everything but the person. `mark` changes with any of it."""

    school: School
    book: Rulebook
    mark: str


def known() -> Known:
    """The calendar and the rules in force."""
    calendar, lock_day = calendars.calendar(), number("month_lock_day", now())
    mark = f"{calendar.label}/{lock_day}/{school.mark()}"
    held: Known | None = current_app.extensions.get(KEY)
    if held is None or held.mark != mark:
        held = Known(school.school(calendar, lock_day), rules.rulebook(), mark)
        current_app.extensions[KEY] = held
    return held


def forget() -> None:
    """Know nothing, as before the first question."""
    current_app.extensions.pop(KEY, None)


def present_year() -> str:
    """The academic year of today: 2026-2027."""
    return known().school.academic_year(today())
