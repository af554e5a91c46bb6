"""哪些天算进去了: how a limit came about, told from the history so that anybody can count it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from liaison.calendars import in_force, limits
from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.calendars.explaining import Stretch, stretches
from liaison.core import clock
from liaison.settings.in_force import number
from liaison.tickets.clocks import STANDINGS
from liaison.tickets.models import Ticket
from liaison.tickets.models.work import PauseReason
from liaison.tickets.queries.history import BEGINNINGS
from workflows.ticket_states import State

STARTS = {*BEGINNINGS, "resume"}  # of the limit that stands
CAPS = {State.COORDINATING: 10, State.LEADERSHIP_REVIEW: 20}  # working days (§4.1)
PAUSING = {*CAPS, State.INFO_NEEDED, State.MERGED, State.LONG_TERM}


@dataclass(frozen=True)
class Pause:
    """暂停: why, from when to when (None: still), how many working days it added, and how many at most."""

    reason: PauseReason
    since: datetime
    until: datetime | None
    days: int
    most: int | None


@dataclass(frozen=True)
class Counted:
    """A limit explained. `count` days of this kind from the day after `began`; what moved it; the days one by one."""

    began: datetime
    count: int
    kind: CalendarKind
    calendar: Calendar
    pauses: list[Pause]
    extension: dict[str, Any] | None  # from, due, days, reason
    days: list[Stretch]


def pauses(events: Sequence[Any]) -> list[Pause]:
    """Every stretch in which the work waited for something that is listed (domain.md §4.4 «Pauses»)."""
    return list(_pauses(events))


def counted(ticket: Ticket, events: Sequence[Any]) -> Counted | None:
    """How the department's limit came about; None where hours run or nothing is due.

    `events` are those of the page, in order.
    """
    start = next((event for event in reversed(events) if event.move in STARTS), None)
    row = limits.row(ticket.limit_class, ticket.rule_version)
    if start is None or ticket.due_at is None or row.handle is None or row.is_in_hours:
        return None
    since = events[events.index(start) :]
    calendar, waits = in_force.calendar(ticket.calendar_version), pauses(since)
    first, last = clock.local(start.at).date(), clock.day_ending_at(ticket.due_at)
    paused = frozenset(day for wait in waits for day in _added(wait, calendar, row.calendar))
    return Counted(
        began=start.at,
        count=row.handle.count,
        kind=row.calendar,
        calendar=calendar,
        pauses=waits,
        extension=_extension(since),
        days=stretches(calendar.counted(first, last, row.calendar), paused),
    )


def _pauses(events: Sequence[Any]) -> Iterator[Pause]:
    since: Any = None
    for event in events:
        if event.from_state is event.to_state:
            continue
        if since is not None:
            yield _pause(since, event)
            since = None
        if event.to_state in PAUSING:
            since = event
    if since is not None:
        yield _pause(since, None)


def _pause(begun: Any, ended: Any) -> Pause:
    data = (ended.data or {}) if ended else {}
    days = int(data.get("paused_days", data.get("days_merged", 0)))
    reason = STANDINGS[begun.to_state].pause or PauseReason.MERGED
    return Pause(reason, begun.at, ended.at if ended else None, days, _cap(begun))


def _cap(begun: Any) -> int | None:
    """The most working days a pause may add; for questions the setting of the day it was asked."""
    is_question = begun.to_state is State.INFO_NEEDED
    return number("info_days", begun.at) if is_question else CAPS.get(begun.to_state)


def _added(wait: Pause, calendar: Calendar, by: CalendarKind) -> Iterable[date]:
    """The working days of a pause that moved the limit: the first ones, up to its cap."""
    day = clock.local(wait.since).date()
    for _n in range(wait.days):
        day = calendar.add(day, 1, by)
        yield day


def _extension(events: Sequence[Any]) -> dict[str, Any] | None:
    given = next((event for event in reversed(events) if event.move == "extend"), None)
    if given is None or "from" not in (given.data or {}):
        return None
    days = {name: date.fromisoformat(given.data[name]) for name in ("from", "due")}
    return {**days, "days": given.data["days"], "reason": given.reason}
