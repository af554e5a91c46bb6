"""Refused attempts are deeds too: recorded in a transaction of their own, at a bounded rate (safety.md R34).

The rate is kept in memory, per process: the same person at the same page is noted once a minute,
and sixty times a minute in all.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.exc import OperationalError

from liaison.audit.actions import append
from liaison.core.clock import now
from liaison.core.db import writing

MINUTE = timedelta(minutes=1)
PER_PERSON = 60  # a minute: enough to see what somebody was trying, too few to fill a disk

_noted: dict[int, tuple[datetime, set[tuple[str, str]]]] = {}  # person → this minute and what was noted in it


def record(actor_id: int, object: str, *, page: str, method: str, code: int) -> None:
    """Note that somebody was refused `object` on `page`. Ends the transaction of the request, which has failed."""
    if not _is_due(actor_id, (page, object)):
        return
    try:
        with writing():
            append(actor_id, "access.refused", object=object, result="refused", page=page, method=method, code=code)
    except OperationalError:
        current_app.logger.error("refusal of %s to person %s not recorded: database busy", page, actor_id)


def forget() -> None:
    """Begin anew, as a fresh process does."""
    _noted.clear()


def _is_due(actor_id: int, what: tuple[str, str]) -> bool:
    began, noted = _noted.get(actor_id, (now(), set()))
    if not timedelta(0) <= now() - began < MINUTE:
        began, noted = now(), set()
    _noted[actor_id] = began, noted
    if what in noted or len(noted) >= PER_PERSON:
        return False
    noted.add(what)
    return True
