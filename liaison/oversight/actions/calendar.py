"""校历: a sheet is looked through, then confirmed; a confirmed one is a new version and settles what was 暂定.

Looking through does everything and lets it be undone by the caller's rollback, so that what is shown is
exactly what will happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from liaison.audit.actions import append
from liaison.calendars import actions as calendars
from liaison.calendars import in_force
from liaison.calendars.actions import Changed
from liaison.calendars.calendar import Calendar
from liaison.calendars.rows import DayRow, TermRow
from liaison.core.errors import Conflict
from liaison.people.actor import Actor
from liaison.tickets.actions.provisional import Recount, recounts, settle
from liaison.tickets.queries.limits import open_count


@dataclass(frozen=True)
class Line:
    """One limit that moves: on which ticket, from which day to which."""

    number: str
    what: str
    old: date
    new: date


@dataclass(frozen=True)
class Result:
    """What a version changes."""

    label: str
    rows: Changed
    moved: list[Line]
    red_days: list[Line]  # the limit is final, the day from which it is red is not
    not_named: int  # restricted ones that move
    confirmed: int  # 暂定 goes, the day stays
    unchanged: int


def save(terms: Sequence[TermRow], days: Sequence[DayRow], actor: Actor, *, base: str, note: str) -> Result:
    """Take in the rows, make a version of them, settle provisional limits. Commits nothing.

    `base` is the version the person looked at: Conflict when somebody saved another one since.
    """
    old = in_force.calendar()
    if old.label != base:
        raise Conflict(_("刚才有人先保存了校历（现在是 %(label)s）。请重新看一遍再确认。", label=old.label))
    rows = calendars.put_terms(terms) + calendars.put_days(days)
    new = calendars.make_calendar(made_by_id=actor.id, note=note)
    found = recounts(old, new)
    result = _result(new, rows, found)
    settle(found, new, actor)
    moved = len(result.moved) + result.not_named
    append(actor.id, "calendar.saved", object=new.label, added=rows.added, changed=rows.changed, moved=moved)
    return result


def _result(new: Calendar, rows: Changed, found: Sequence[Recount]) -> Result:
    moved = [one for one in found if one.is_moved]
    return Result(
        label=new.label,
        rows=rows,
        moved=[_line(one) for one in moved if one.is_named],
        red_days=[_line(one) for one in found if one.is_red_day_only and one.is_named],
        not_named=sum(not one.is_named for one in moved),
        confirmed=sum(bool(one.columns) and not one.is_moved for one in found),
        unchanged=open_count() - len(moved),
    )


def _line(one: Recount) -> Line:
    return Line(one.ticket.number, one.what, one.old, one.new)
