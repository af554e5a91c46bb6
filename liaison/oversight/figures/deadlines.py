"""Until when a ticket was due, told again from its events up to a day (metrics.md §1, rulings §13 «Figures»)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.calendars.in_force import Known
from liaison.calendars.limit_rules import Rules
from liaison.core import clock
from liaison.oversight.figures.events import Event
from liaison.tickets.actions.provisional import relaid
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

DISPATCHES = frozenset({"dispatch", "designate"})
SILENT = {"recount", "resume"}  # move a limit though they may note no facts
REOPENINGS = frozenset({"reopen", "reopen_onspot", "check_mismatch", "check_mismatch_onspot"})


@dataclass(slots=True)
class Deadline:
    """One obligation of the lead unit. `original` moves with pauses and not with extensions."""

    began: datetime
    by: CalendarKind
    calendar: Calendar  # that counted it
    rules: Rules
    due: datetime | None
    original: datetime | None
    paused: int = 0  # working days of pauses that lie in `due`
    is_extended: bool = False

    @property
    def unpaused(self) -> datetime | None:
        """The limit with its pauses taken out."""
        if self.due is None or not self.paused:
            return self.due
        return clock.end_of(self.calendar.before(clock.day_ending_at(self.due), self.paused, self.by))


@dataclass(slots=True)
class Deadlines:
    """`first`: of the first episode that was dispatched, by which every handling is judged. `present`: what runs."""

    first: Deadline | None = None
    present: Deadline | None = None


def deadlines_of(events: Sequence[Event], tables: Known) -> Deadlines:
    """Fold a ticket's events, in their order."""
    found, known, is_first = Deadlines(), {"limit_class": "general", "rules": "", "calendar": ""}, True
    for event in events:
        known |= event.data and {name: event.data[name] for name in known if name in event.data}
        if event.move in DISPATCHES:
            found.present = _begun(event, known, tables)
        elif event.move == "uphold_return":
            found.present = None
        elif event.move in REOPENINGS:
            is_first = is_first and found.first is None
            found.present = _begun(event, known, tables) if event.to_state is State.IN_PROGRESS else None
        elif found.present is not None and (event.data or event.move in SILENT):
            _follow(found.present, event, tables)
        if event.move == "resume":
            known["limit_class"] = LimitClass.COMPLEX.value
        if is_first:
            found.first = found.present
    return found


def _begun(event: Event, known: Mapping[str, str], tables: Known) -> Deadline:
    rules, calendar = tables.rules_of(known["rules"]), tables.calendar_of(known["calendar"])
    row = rules.rows[LimitClass(known["limit_class"])]
    due = row.handle.after(event.at, calendar, row.calendar) if row.handle else None
    return Deadline(event.at, row.calendar, calendar, rules, due, due)


def _follow(one: Deadline, event: Event, tables: Known) -> None:
    """What one event does to both limits."""
    data, before = event.data, one.calendar
    if "calendar" in data:
        one.calendar = tables.calendar_of(data["calendar"])
    if event.move == "recount":
        _recounted(one, before, data)
        return
    if event.to_state is not State.TRIAGE:
        _pause(one, int(data.get("paused_days", data.get("days_merged", 0))))
    if event.move == "resume":
        row = one.rules.rows[LimitClass.COMPLEX]
        one.due = row.handle.after(event.at, one.calendar, row.calendar) if row.handle else None
        one.by, one.paused = row.calendar, 0
    elif "due" in data:
        one.due = clock.end_of(date.fromisoformat(data["due"]))
        one.is_extended = one.is_extended or event.move == "extend"
        one.paused = one.paused if event.move == "extend" else 0  # a day set anew holds no pause


def _pause(one: Deadline, days: int) -> None:
    one.paused += days
    one.due, one.original = _moved(one, one.due, days), _moved(one, one.original, days)


def _moved(one: Deadline, due: datetime | None, days: int) -> datetime | None:
    if due is None or not days:
        return due
    return clock.end_of(one.calendar.add(clock.day_ending_at(due), days, one.by))


def _recounted(one: Deadline, before: Calendar, data: Mapping[str, Any]) -> None:
    """The table of a year came: what lay beyond the old one is laid out anew."""
    if one.by is CalendarKind.NATURAL:
        return
    one.due = one.due and relaid(one.due, before, one.calendar, one.by)
    one.original = one.original and relaid(one.original, before, one.calendar, one.by)
