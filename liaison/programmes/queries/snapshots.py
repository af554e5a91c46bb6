"""Frozen months: as they were reported, as they stand now, and what was corrected since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from liaison.core.db import db
from liaison.programmes.derived import MonthSnapshot, Progress, SnapshotLine
from liaison.programmes.reckoning import spans
from liaison.programmes.words import Period

JUST_AFTER = timedelta(microseconds=1)
Figures = Mapping[tuple[int, str], tuple[int | None, int]]  # person, code → required (none = 免计), done


@dataclass(frozen=True)
class Frozen:
    """A month in its newest version, or the newest before a moment."""

    month: date
    version: int
    contacts: int
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True)
class Amendment:
    """更正 of an earlier month: so many contacts more or fewer, so many lines of so many people changed."""

    month: date
    contacts: int
    lines: int


def present(month: date) -> Figures:
    """The month's lines as they are stored now."""
    wanted = select(Progress.person_id, Progress.code, Progress.required, Progress.done)
    mine = wanted.where(Progress.period_key == spans.month(month).key, Progress.period == Period.MONTH)
    return {(row.person_id, row.code): (row.required, row.done) for row in db.session.execute(mine)}


def frozen(month: date, before: datetime | None = None) -> Frozen | None:
    """The month with every version laid over the first; None where it was never frozen. `before`: as known then."""
    versions = select(MonthSnapshot).where(MonthSnapshot.month == month).order_by(MonthSnapshot.version)
    known = [one for one in db.session.scalars(versions) if before is None or one.frozen_at < before]
    if not known:
        return None
    figures: dict[tuple[int, str], tuple[int | None, int]] = {}
    lines = select(SnapshotLine).where(SnapshotLine.snapshot_id.in_([one.id for one in known]))
    for line in db.session.scalars(lines.order_by(SnapshotLine.snapshot_id)):
        figures[line.person_id, line.code] = (line.required, line.done)
    return Frozen(month, known[-1].version, known[-1].contacts, figures)


def amendments(since: datetime, until: datetime) -> list[Amendment]:
    """What became known of frozen months in [since, until): printed in the report that covers this time.

    From the lock of one month to the lock of the next: «10月更正 +1» stands in November's return.
    """
    later = select(MonthSnapshot.month).where(MonthSnapshot.frozen_at >= since, MonthSnapshot.frozen_at < until)
    months = db.session.scalars(later.where(MonthSnapshot.version > 1).distinct().order_by(MonthSnapshot.month)).all()
    found = [_amendment(month, since, until) for month in months]
    return [one for one in found if one.contacts or one.lines]


def newest_version(month: date) -> int | None:
    return db.session.scalar(select(func.max(MonthSnapshot.version)).where(MonthSnapshot.month == month))


def corrections_of(month: date, since: datetime) -> list[tuple[datetime, Amendment]]:
    """Each version of one month kept after a moment, with what it changed. None where there is none."""
    wanted = select(MonthSnapshot.frozen_at).where(MonthSnapshot.month == month, MonthSnapshot.frozen_at > since)
    moments = db.session.scalars(wanted.where(MonthSnapshot.version > 1).order_by(MonthSnapshot.version)).all()
    return [(at, one) for at in moments if (one := _amendment(month, at, at + JUST_AFTER)).contacts or one.lines]


def _amendment(month: date, since: datetime, until: datetime) -> Amendment:
    """Against what was known when the time began; of a month frozen in it, against its first version."""
    first = select(MonthSnapshot.frozen_at).where(MonthSnapshot.month == month, MonthSnapshot.version == 2)
    base = frozen(month, since) or frozen(month, db.session.scalar(first))
    now = frozen(month, until)
    if base is None or now is None:
        return Amendment(month, 0, 0)
    changed = sum(base.figures.get(key) != figure for key, figure in now.figures.items())
    return Amendment(month, now.contacts - base.contacts, changed)
