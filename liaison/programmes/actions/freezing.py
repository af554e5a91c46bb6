"""月度锁定: a finished month is kept as it stood; what changes later is added as a new version, never written over."""

from __future__ import annotations

from datetime import date

from liaison.core.clock import now
from liaison.core.db import add, add_one
from liaison.programmes.derived import MonthSnapshot, SnapshotLine
from liaison.programmes.queries import snapshots
from liaison.programmes.queries.snapshots import Figures


def freeze(month: date, contacts: int) -> bool:
    """Keep a locked month: whole the first time, then only what differs from the last version.

    `contacts`: how many count in it. Returns whether there was anything to keep. Commits nothing.
    """
    present, frozen = snapshots.present(month), snapshots.frozen(month)
    if frozen is None:
        _add(month, 1, contacts, present)
        return True
    changed = {key: figure for key, figure in present.items() if frozen.figures.get(key) != figure}
    gone = {key: (None, 0) for key in frozen.figures.keys() - present.keys() if frozen.figures[key] != (None, 0)}
    if not changed and not gone and contacts == frozen.contacts:
        return False
    _add(month, frozen.version + 1, contacts, {**changed, **gone})
    return True


def _add(month: date, version: int, contacts: int, figures: Figures) -> None:
    kept = {"month": month, "version": version, "frozen_at": now(), "contacts": contacts}
    key = add_one(MonthSnapshot, kept)
    rows = [
        {"snapshot_id": key, "person_id": person, "code": code, "required": required, "done": done}
        for (person, code), (required, done) in sorted(figures.items())
    ]
    if rows:
        add(SnapshotLine, *rows)
