"""数据快照: which months are locked, what was kept of them, what was corrected since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from liaison.contacts.models import locks_at
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.reports.models import FigureSnapshot
from liaison.oversight.reports.settled import Correction, corrections
from liaison.programmes.reckoning import spans
from liaison.tickets.models import Ticket

Snapshot = FigureSnapshot
BACK = 24  # months: what is older was finished before this system was


def unlocked() -> list[date]:
    """Months whose lock has passed and that were not kept yet, the oldest first. Two statements."""
    oldest = db.session.scalar(select(func.min(Ticket.raised_at)))
    if oldest is None:
        return []
    kept = set(db.session.scalars(select(Snapshot.month).where(Snapshot.version == 1)))
    months = [one.first for one in spans.months(clock.local(oldest).date(), clock.today())][-BACK:]
    return [one for one in months if one not in kept and is_locked(one)]


def is_locked(month: date) -> bool:
    """锁定: at 24:00 of the lock day of the next month (domain.md §9)."""
    return clock.now() >= locks_at(clock.moment(month))


def first_of(month: date) -> FigureSnapshot | None:
    """The month as it was locked."""
    return db.session.scalar(select(Snapshot).where(Snapshot.month == month, Snapshot.version == 1))


def newest(before: date, since: date) -> Sequence[FigureSnapshot]:
    """The last version of each kept month in [since, before), in order."""
    last = select(Snapshot.month, func.max(Snapshot.version).label("version")).group_by(Snapshot.month).subquery()
    is_last = (last.c.month == Snapshot.month) & (last.c.version == Snapshot.version)
    wanted = select(Snapshot).join(last, is_last).where(Snapshot.month >= since, Snapshot.month < before)
    return db.session.scalars(wanted.order_by(Snapshot.month)).all()


def firsts(months: Collection[date]) -> dict[date, FigureSnapshot]:
    """Those of these months that were kept, as they were locked."""
    wanted = select(Snapshot).where(Snapshot.month.in_(months), Snapshot.version == 1)
    return {row.month: row for row in db.session.scalars(wanted)}


LATER, EARLIER = aliased(Snapshot), aliased(Snapshot)
PAIRS = (
    select(LATER.month, LATER.taken_at, EARLIER.figures.label("before"), LATER.figures.label("after"))
    .join(EARLIER, (EARLIER.month == LATER.month) & (EARLIER.version == LATER.version - 1))
    .order_by(LATER.as_of, LATER.month)
)


def corrected(days: Collection[date]) -> list[Correction]:
    """更正 that became known when the months ending on these days were locked: their returns print them."""
    rows = db.session.execute(PAIRS.where(LATER.as_of.in_(days)))
    return [line for row in rows for line in corrections(row.month, row.before, row.after)]


def corrected_of(month: date, since: datetime) -> list[tuple[datetime, Correction]]:
    """更正 of one month that became known after a moment, and when."""
    rows = db.session.execute(PAIRS.where(LATER.month == month, LATER.taken_at > since))
    return [(row.taken_at, line) for row in rows for line in corrections(row.month, row.before, row.after)]
