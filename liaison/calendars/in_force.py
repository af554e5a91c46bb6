"""The calendar and the limits in force, kept by each process so that a due date costs microseconds.

A process asks every half minute whether another one saved a version, and at once after saving itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from flask import Flask, current_app, has_app_context

from liaison.calendars import content, queries
from liaison.calendars.calendar import Calendar
from liaison.calendars.limit_rules import SHIPPED, Rules
from liaison.core.db import db

KEY = "liaison.calendars"  # in app.extensions
SECONDS = 30  # setting CALENDAR_SECONDS; 0 = only what this process saved itself


@dataclass
class Known:
    """What a process knows. Nothing saved: what the program ships."""

    calendar: Calendar
    rules: Rules = SHIPPED
    marks: queries.Marks = (None, None)
    asked_at: float = 0.0
    calendars: dict[str, Calendar] = field(default_factory=dict)  # older versions, loaded when first asked for
    editions: dict[str, Rules] = field(default_factory=dict)

    def calendar_of(self, label: str) -> Calendar:
        """The version of this label; one that nobody knows means the one in force."""
        if not label or label == self.calendar.label:
            return self.calendar
        if label not in self.calendars:
            self.calendars[label] = _stored(label) or self.calendar
        return self.calendars[label]

    def rules_of(self, label: str) -> Rules:
        return self.editions.get(label, self.rules) if label else self.rules


def calendar(label: str = "") -> Calendar:
    """The calendar in force, or the version of this label; a label nobody knows means the one in force."""
    return known().calendar_of(label)


def rules(label: str = "") -> Rules:
    """The table of limits in force, or the version of this label."""
    return known().rules_of(label)


def known() -> Known:
    """What is in force just now: for whoever looks up thousands of labels in one go."""
    app: Flask | None = current_app._get_current_object() if has_app_context() else None  # type: ignore[attr-defined]
    if app is None or "sqlalchemy" not in app.extensions:
        return Known(content.shipped())
    found: Known | None = app.extensions.get(KEY)
    every = app.config.get("CALENDAR_SECONDS", SECONDS)
    if found is None and not every:
        return Known(content.shipped())
    if found is None or (every and monotonic() - found.asked_at > every):
        found = app.extensions[KEY] = _asked(found)
    return found


def renew() -> None:
    """Read again. For whoever saved a version, after his commit."""
    current_app.extensions[KEY] = _read(queries.marks())


def forget() -> None:
    """Know no more than the program ships, as before the first question."""
    current_app.extensions.pop(KEY, None)


def _asked(known: Known | None) -> Known:
    """What was known, if nobody saved anything since."""
    with db.session.no_autoflush:
        marks = queries.marks()
        if known is None or marks != known.marks:
            return _read(marks)
    known.asked_at = monotonic()
    return known


def _read(marks: queries.Marks) -> Known:
    editions = queries.all_rules() or [SHIPPED]
    newest = queries.newest_calendar() or content.shipped()
    named = {rules.label: rules for rules in editions}
    return Known(newest, editions[-1], marks, monotonic(), {}, {SHIPPED.label: SHIPPED, **named})


def _stored(label: str) -> Calendar | None:
    found = queries.calendar_labelled(label) if has_app_context() and "sqlalchemy" in current_app.extensions else None
    return found or (content.shipped() if label == content.shipped().label else None)
