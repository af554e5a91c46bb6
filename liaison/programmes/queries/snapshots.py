"""Frozen months: as they were reported, as they stand now, and what was corrected since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import ColumnElement, func, select

from liaison.core.db import db, run
from liaison.programmes.derived import MonthSnapshot, Progress, SnapshotLine
from liaison.programmes.reckoning import spans
from liaison.programmes.words import Period

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
    return {(row.person_id, row.code): (row.required, row.done) for row in run(mine)}


def frozen(month: date, before: datetime | None = None) -> Frozen | None:
    """The month with every version laid over the first; None where it was never frozen. `before`: as known then."""
    known = [one for one in _versions(MonthSnapshot.month == month) if before is None or one.frozen_at < before]
    if not known:
        return None
    return Frozen(month, known[-1].version, known[-1].contacts, _laid(known, _lines(known)))


def amendments(since: datetime, until: datetime) -> list[Amendment]:
    """What became known of frozen months in [since, until): printed in the report that covers this time.

    From the lock of one month to the lock of the next: «10月更正 +1» stands in November's return. Against what was
    known when the time began; of a month frozen in it, against its first version. Two statements.
    """
    later = (MonthSnapshot.version > 1, MonthSnapshot.frozen_at >= since, MonthSnapshot.frozen_at < until)
    versions = _versions(MonthSnapshot.month.in_(select(MonthSnapshot.month).where(*later)))
    lines = _lines(versions) if versions else {}
    found = []
    for month, kept in groupby(versions, key=lambda one: one.month):
        now = [one for one in kept if one.frozen_at < until]
        base = [one for one in now if one.frozen_at < since] or now[:1]
        before, after = _laid(base, lines), _laid(now, lines)
        changed = sum(before.get(key) != figure for key, figure in after.items())
        found.append(Amendment(month, now[-1].contacts - base[-1].contacts, changed))
    return [one for one in found if one.contacts or one.lines]


def newest_version(month: date) -> int | None:
    return db.session.scalar(select(func.max(MonthSnapshot.version)).where(MonthSnapshot.month == month))


def corrections_of(month: date, since: datetime) -> list[tuple[datetime, Amendment]]:
    """Each version of one month kept after a moment, with what it changed. None where there is none. Two statements."""
    versions = _versions(MonthSnapshot.month == month)
    if len(versions) < 2 or versions[-1].frozen_at <= since:
        return []
    lines, found = _lines(versions), []
    figures = dict(lines[versions[0].id])
    for earlier, one in pairwise(versions):
        changed = sum(figures.get(key) != figure for key, figure in lines[one.id].items())
        figures |= lines[one.id]
        found.append((one.frozen_at, Amendment(month, one.contacts - earlier.contacts, changed)))
    return [(at, one) for at, one in found if at > since and (one.contacts or one.lines)]


def _versions(where: ColumnElement[bool]) -> Sequence[Any]:
    """id, month, version, frozen_at, contacts: by month, in their order."""
    columns = (getattr(MonthSnapshot, name) for name in ("id", "month", "version", "frozen_at", "contacts"))
    return run(select(*columns).where(where).order_by(MonthSnapshot.month, MonthSnapshot.version)).all()


def _lines(versions: Sequence[Any]) -> Mapping[int, dict[tuple[int, str], tuple[int | None, int]]]:
    """Version → the lines it holds: a thousand of a first one, a few of each later one."""
    columns = (getattr(SnapshotLine, name) for name in ("snapshot_id", "person_id", "code", "required", "done"))
    wanted = select(*columns).where(SnapshotLine.snapshot_id.in_([one.id for one in versions]))
    found: dict[int, dict[tuple[int, str], tuple[int | None, int]]] = defaultdict(dict)
    for row in run(wanted):
        found[row.snapshot_id][row.person_id, row.code] = (row.required, row.done)
    return found


def _laid(versions: Sequence[Any], lines: Mapping[int, Figures]) -> Figures:
    """Each version over those before it."""
    figures: dict[tuple[int, str], tuple[int | None, int]] = {}
    for one in versions:
        figures |= lines[one.id]
    return figures
