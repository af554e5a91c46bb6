"""到期删除: slips go so many days after the end of their matter. A job of `flask tick`, with its own transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from liaison.core.clock import now
from liaison.core.db import db
from liaison.slips import actions, queries

SCRUBBED = timedelta(hours=2)  # the job comes every hour


def forget_expired() -> int:
    """Delete what is over and scrub what was deleted since the job last came; returns how many were over."""
    count = actions.forget_expired()
    if count or queries.was_deleted_since(now() - SCRUBBED):
        db.session.commit()
        _scrub()
    return count


def _scrub() -> None:
    """What was overwritten must not lie on in a journal (SQLite) or as a dead row (PostgreSQL).

    Past the engine: neither can run inside a transaction.
    """
    raw: Any = db.engine.raw_connection()
    try:
        if db.engine.dialect.name == "sqlite":
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            raw.driver_connection.autocommit = True
            raw.cursor().execute("VACUUM slip")
            raw.driver_connection.autocommit = False
    finally:
        raw.close()
