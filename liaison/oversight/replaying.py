"""重算: the limit of an obligation told again from its history, under the rules it had or under others.

Nothing stored is looked at but what happened: who was dispatched, when something paused, what was extended.
Under unchanged rules the stored limits come out exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from liaison.calendars import in_force
from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.calendars.limit_rules import Days, Limits
from liaison.core import clock
from liaison.tickets.queries.history import BEGINNINGS
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

CAPS = {State.INFO_NEEDED: 5, State.COORDINATING: 10, State.LEADERSHIP_REVIEW: 20}  # working days (domain.md §4.1)
PAUSING = {*CAPS, State.MERGED}
OPENINGS = ("dispatch", "designate")


@dataclass(frozen=True)
class Scenario:
    """Other rules; what is empty stays as it was for each ticket. Hours of URGENT stay hours."""

    handle: Mapping[LimitClass, int] = field(default_factory=dict)  # days, for each class
    sign: int | None = None
    accept: int | None = None
    triage: int | None = None
    by: CalendarKind | None = None  # which days count, for everything but what runs in hours
    is_from_signing: bool = False  # custody begins when it is signed for, not when it is dispatched

    def limits(self, limit_class: LimitClass, label: str) -> Limits:
        """The row of a class as it was in the edition of this label, with what is different."""
        row = in_force.rules(label).rows[limit_class]
        if row.is_in_hours:
            return row
        steps = {"sign": self.sign, "accept": self.accept, "triage": self.triage}
        changed: dict[str, Any] = {name: Days(days) for name, days in steps.items() if days is not None}
        if row.handle and limit_class in self.handle:
            changed["handle"] = Days(self.handle[limit_class])
        return replace(row, calendar=self.by or row.calendar, **changed)


AS_IT_WAS = Scenario()


@dataclass
class Replayed:
    """One obligation: what it was due by."""

    limit_class: LimitClass
    limits: Limits
    calendar: Calendar
    rules: str
    sign_due: datetime | None
    due: datetime | None
    paused_since: datetime | None = None


def replay(events: Sequence[Any], began: datetime, scenario: Scenario = AS_IT_WAS) -> Replayed | None:
    """The obligation that began at this moment, followed to its end or to now; None where no event began it."""
    found: Replayed | None = None
    known = {"limit_class": "general", "rules": ""}
    for event in events:
        data = event.data or {}
        if event.move in BEGINNINGS:
            known |= {key: data[key] for key in known if key in data}
            if event.at > began:
                break
            found = _begun(event, LimitClass(known["limit_class"]), known["rules"], scenario)
        elif found is not None:
            _follow(found, event, scenario)
        if event.move == "resume":
            known["limit_class"] = LimitClass.COMPLEX.value
    return found


def _begun(event: Any, limit_class: LimitClass, rules: str, scenario: Scenario) -> Replayed:
    limits, calendar = scenario.limits(limit_class, rules), in_force.calendar((event.data or {}).get("calendar", ""))
    is_new = event.move in OPENINGS  # what is reopened needs no signing
    sign_due = limits.sign.after(event.at, calendar, limits.calendar) if is_new else None
    due = limits.handle.after(event.at, calendar, limits.calendar) if limits.handle else None
    return Replayed(limit_class, limits, calendar, rules, sign_due, due)


def _follow(found: Replayed, event: Any, scenario: Scenario) -> None:
    """What one event does to the limit."""
    data = event.data or {}
    if event.to_state in PAUSING and event.from_state is not event.to_state:
        _end_pause(found, event, data, scenario)
        found.paused_since = event.at
    elif found.paused_since is not None and event.from_state is not event.to_state:
        _end_pause(found, event, data, scenario)
    if event.move == "sign" and scenario.is_from_signing and found.limits.handle:
        found.due = found.limits.handle.after(event.at, found.calendar, found.limits.calendar)
    elif event.move == "resume":
        _resumed(found, event, scenario)
    elif "due" in data and event.move not in BEGINNINGS:
        _dated(found, event.move, data)


def _end_pause(found: Replayed, event: Any, data: Mapping[str, Any], scenario: Scenario) -> None:
    if found.paused_since is None:
        return
    days = data.get("paused_days", data.get("days_merged", 0))
    if scenario.by is not None and days:
        first, last = clock.local(found.paused_since).date(), clock.local(event.at).date()
        cap = CAPS.get(event.from_state)
        days = found.calendar.between(first, last, found.limits.calendar)
        days = days if cap is None else min(days, cap)
    if event.to_state is not State.TRIAGE:
        _move(found, days)
    found.paused_since = None


def _resumed(found: Replayed, event: Any, scenario: Scenario) -> None:
    found.limit_class = LimitClass.COMPLEX
    found.limits = scenario.limits(LimitClass.COMPLEX, found.rules)
    handle = found.limits.handle
    found.due = handle.after(event.at, found.calendar, found.limits.calendar) if handle else None


def _dated(found: Replayed, move: str, data: Mapping[str, Any]) -> None:
    """A day somebody set stays; an extension or a table adds its days to whatever was due."""
    day, before = date.fromisoformat(data["due"]), data.get("from", "")
    is_as_it_was = found.due is not None and before == clock.day_ending_at(found.due).isoformat()
    if move == "recount" and data.get("what") not in (None, "due_at"):
        return
    if "calendar" in data and move == "recount":
        found.calendar = in_force.calendar(data["calendar"])
    if is_as_it_was or not before:
        found.due = clock.end_of(day)
    elif move == "extend":
        _move(found, int(data["days"]))


def _move(found: Replayed, days: int) -> None:
    if days and found.due is not None:
        day = found.calendar.add(clock.day_ending_at(found.due), days, found.limits.calendar)
        found.due = clock.end_of(day)


def stays(events: Sequence[Any], state: State) -> Iterator[tuple[datetime, datetime | None]]:
    """From when to when a ticket stood in a state; None where it stands there still."""
    since: datetime | None = None
    for event in events:
        if event.to_state is state and since is None:
            since = event.at
        elif event.from_state is state and event.to_state is not state and since is not None:
            yield since, event.at
            since = None
    if since is not None:
        yield since, None
