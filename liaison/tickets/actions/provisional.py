"""暂定: limits counted beyond the last published table are counted again, once, when the table comes (§4.4 rules 4, 6).

What was final stays as it is, whatever a new version says. What lies behind the last day of the old table is
laid out anew: as many days of the limit's own calendar as lay there before, now by the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, or_, select, update

from liaison.calendars import in_force, limits
from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.core import clock
from liaison.core.db import db
from liaison.people.actor import Actor
from liaison.tickets import clocks
from liaison.tickets.actions import events, notices
from liaison.tickets.models import Assignment, Ticket
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

EVENT = "recount"  # written beside the moves: the state stays
MOMENTS = ("due_at", "next_due_at", "promised_at")  # the first that moves is the one people ask for


@dataclass(frozen=True)
class Recount:
    """What the table does to one ticket: `columns` of it, and the day a person looks for before and after."""

    ticket: Ticket
    old: date
    new: date
    what: str = ""  # which of MOMENTS the days belong to; "" = the red day of a limit that is final
    columns: dict[str, Any] = field(default_factory=dict)

    @property
    def is_moved(self) -> bool:
        return bool(self.columns) and self.old != self.new

    @property
    def is_red_day_only(self) -> bool:
        """The due day is final; only the day from which it is red lies beyond the table (rulings §13)."""
        return not self.what

    @property
    def is_named(self) -> bool:
        """Restricted ones are counted, not named."""
        return self.ticket.confidentiality is Confidentiality.NORMAL


def recounts(old: Calendar, new: Calendar) -> list[Recount]:
    """What becomes of every open limit beyond the old table, by number. Writes nothing.

    Empty when the new calendar publishes no further year: then nothing is final that was not.
    """
    if new.last_published_day <= old.last_published_day:
        return []
    found = [_recount(ticket, old, new) for ticket in db.session.scalars(_touched(old))]
    return [one for one in found if one.columns or one.old != one.new]


def settle(found: Sequence[Recount], new: Calendar, actor: Actor) -> None:
    """Write them: the rows, an event and a notice where a day moved. In the caller's transaction."""
    for one in found:
        if one.columns:
            _write(one, new)
        if one.is_moved:
            data = {"what": one.what, "from": one.old.isoformat(), "due": one.new.isoformat(), "calendar": new.label}
            events.write_beside(one.ticket.id, EVENT, actor, one.ticket.state, data)
            if one.what != "promised_at":  # the date given to the student: his page says it
                notices.recounted(one.ticket)


def mark_assignments(ticket_id: int, calendar: Calendar) -> Any:
    """The statement that marks the running assignments of a ticket like the ticket itself."""
    running = update(Assignment).where(Assignment.ticket_id == ticket_id, Assignment.ended_at.is_(None))
    beyond = case((Assignment.due_at > clock.end_of(calendar.last_published_day), True), else_=False)
    return running.values(is_due_provisional=beyond).execution_options(synchronize_session=False)


def relaid(due: datetime, old: Calendar, new: Calendar, by: CalendarKind) -> datetime:
    """The moment in the new calendar; one that lies inside the old table, or on a day set by hand, stays."""
    day, end = clock.day_ending_at(due), old.last_published_day
    if day <= end or not old.counts(day, by):
        return due
    return clock.end_of(new.add(end, old.between(end, day, by), by))


def _touched(old: Calendar) -> Select[Any]:
    """Open tickets with a moment beyond the table, or so near its end that the red day lies beyond."""
    last = old.before(old.last_published_day + timedelta(days=1), 1, CalendarKind.SERVICE)
    near = clock.end_of(last) - timedelta(seconds=1)
    moments = [column > near for column in (Ticket.next_due_at, Ticket.due_at, Ticket.promised_at)]
    is_live = or_(Ticket.is_open, Ticket.state == State.MERGED)
    return select(Ticket).where(is_live, or_(*moments)).order_by(Ticket.id).with_for_update()


def _recount(ticket: Ticket, old: Calendar, new: Calendar) -> Recount:
    by, counted = _by(ticket), in_force.calendar(ticket.calendar_version)
    columns: dict[str, Any] = {}
    if by is not CalendarKind.NATURAL:
        for name, calendar in (("due_at", counted), ("original_due_at", counted), ("promised_at", old)):
            moment = getattr(ticket, name)
            if moment is not None and clock.day_ending_at(moment) > calendar.last_published_day:
                columns[name] = relaid(moment, calendar, new, by)
    columns |= _next_due(ticket, columns, old, new)
    if ticket.is_due_provisional:
        columns |= clocks.counted_by(columns.get("due_at"), ticket.limit_class, ticket.rule_version, new)
    return _told(ticket, columns, old, new, by)


def _next_due(ticket: Ticket, columns: dict[str, Any], old: Calendar, new: Calendar) -> dict[str, Any]:
    """What whoever has the ball must keep, unless hours or natural days run there."""
    due = ticket.next_due_at
    if due is None or due <= clock.end_of(old.last_published_day) or ticket.state in clocks.NATURAL:
        return {}
    if due == ticket.due_at:
        return {"next_due_at": columns["due_at"]} if "due_at" in columns else {}
    by = clocks.days_in(ticket.state, _by(ticket))
    return {} if by is CalendarKind.NATURAL else {"next_due_at": relaid(due, old, new, by)}


def _told(ticket: Ticket, columns: dict[str, Any], old: Calendar, new: Calendar, by: CalendarKind) -> Recount:
    """Which day to name: the department's limit, else whatever comes next, else the red day."""
    for name in MOMENTS:
        if name in columns:
            before, after = getattr(ticket, name), columns[name]
            return Recount(ticket, clock.day_ending_at(before), clock.day_ending_at(after), name, columns)
    due = ticket.due_at or ticket.next_due_at
    if due is None or by is CalendarKind.NATURAL:
        return Recount(ticket, date.min, date.min)
    day = clock.day_ending_at(due)
    return Recount(ticket, old.add(day, 1, by), new.add(day, 1, by))


def _by(ticket: Ticket) -> CalendarKind:
    return limits.days_of(ticket.limit_class, ticket.rule_version)


def _write(one: Recount, new: Calendar) -> None:
    ticket = one.ticket
    db.session.execute(_put(Ticket, ticket.id, one.columns))
    old, by = in_force.calendar(ticket.calendar_version), _by(ticket)
    wanted = select(Assignment.id, Assignment.due_at, Assignment.original_due_at)
    for row in db.session.execute(wanted.where(Assignment.ticket_id == ticket.id, Assignment.ended_at.is_(None))):
        moments = {"due_at": row.due_at, "original_due_at": row.original_due_at}
        columns = {name: relaid(moment, old, new, by) for name, moment in moments.items() if moment}
        db.session.execute(_put(Assignment, row.id, columns))
    db.session.execute(mark_assignments(ticket.id, new))


def _put(table: Any, key: int, columns: dict[str, Any]) -> Any:
    return update(table).where(table.id == key).values(columns).execution_options(synchronize_session=False)
