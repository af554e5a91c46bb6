"""签收: until when each dispatch had to be signed for, and when it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from liaison.calendars import in_force, limits
from liaison.oversight.figures.records import Record
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

Signing = tuple[Record, datetime, datetime | None]


def signing_of(record: Record, dispatched: Any) -> Signing:
    """(ticket, until when, when). Not signed for at all: None."""
    data = dispatched.data or {}
    row = limits.row(LimitClass(data.get("limit_class", record.limit_class)), data.get("rules", record.rules))
    due = row.sign.after(dispatched.at, in_force.calendar(data.get("calendar", "")), row.calendar)
    left = (event for event in record.moves if event.seq > dispatched.seq and event.from_state is State.DISPATCHED)
    after = next((event for event in left if event.to_state is not State.DISPATCHED), None)
    return record, due, after.at if after is not None and after.move == "sign" else None
