"""签收: until when each dispatch had to be signed for, and when it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from liaison.calendars import in_force, limits
from liaison.calendars.calendar import Calendar
from liaison.calendars.limit_rules import Limits
from liaison.oversight.figures.events import Event
from liaison.oversight.figures.records import Record
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

Signing = tuple[Record, datetime, datetime | None]


def signing_of(record: Record, dispatched: Event) -> Signing:
    """(ticket, until when, when). Not signed for at all: None."""
    row, calendar = _by(record, dispatched.data)
    due = row.sign.after(dispatched.at, calendar, row.calendar)
    left = (event for event in record.events if event.seq > dispatched.seq and event.from_state is State.DISPATCHED)
    after = next((event for event in left if event.to_state is not State.DISPATCHED), None)
    return record, due, after.at if after is not None and after.move == "sign" else None


def _by(record: Record, data: Mapping[str, Any]) -> tuple[Limits, Calendar]:
    """The limits and the calendar this dispatch noted; else those of the ticket."""
    if "limit_class" not in data:
        return record.limits, record.calendar
    row = limits.row(LimitClass(data["limit_class"]), data.get("rules", ""))
    return row, in_force.calendar(data.get("calendar", ""))
