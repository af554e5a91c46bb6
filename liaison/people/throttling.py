"""Wrong tries are counted and, past a rule, wait (safety.md §3, R30).

Kept in a table, so that a restart forgives nothing; keys are stored hashed. Callers record a failure in a
transaction of its own (`with core.db.writing(): failed(…)`), so that it stays when the request fails.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from flask import current_app
from sqlalchemy import delete, select

from liaison.core.clock import now
from liaison.core.db import db, insert_or
from liaison.core.errors import TooMany
from liaison.people.models import FailedTry

LONGEST = 5  # a lock doubles at most so many times: 15 minutes become 8 hours, not a way to shut people out
FORGOTTEN_AFTER = timedelta(days=1)  # a quiet day, and the next lock is a short one again


@dataclass(frozen=True)
class Rule:
    """So many `tries` within `window` are one too many: wait `block`, twice as long each time if it `doubles`."""

    tries: int
    window: timedelta
    block: timedelta
    doubles: bool = False


ACCOUNT = Rule(5, timedelta(minutes=15), timedelta(minutes=15), doubles=True)
ADDRESS = Rule(100, timedelta(minutes=10), timedelta(minutes=10))  # high: a whole dormitory is one address
CODE = Rule(10, timedelta(hours=1), timedelta(hours=1))


def check(kind: str, key: str) -> None:
    """Raise TooMany (with the minutes to wait) while the key is blocked."""
    where = (FailedTry.kind == kind, FailedTry.key == _hashed(kind, key))
    until = db.session.scalar(select(FailedTry.blocked_until).where(*where))
    if until and until > now():
        raise TooMany(ceil((until - now()).total_seconds() / 60))


def failed(kind: str, key: str, rule: Rule) -> bool:
    """Count one wrong try; True when this one starts a block. Needs a writing transaction."""
    return counted(kind, key, rule)


def counted(kind: str, key: str, rule: Rule) -> bool:
    """Count one thing of which so many within the window are to be noticed; True at the last of them."""
    row, at = _locked_row(kind, _hashed(kind, key)), now()
    if at - row.window_from > rule.window:
        row.count, row.window_from = 0, at
    row.count += 1
    if row.count < rule.tries:
        return False
    _block(row, rule, at)
    return True


def cleared(kind: str, key: str) -> None:
    """Forget the wrong tries of a key: the right one came, or an administrator said so."""
    db.session.execute(delete(FailedTry).where(FailedTry.kind == kind, FailedTry.key == _hashed(kind, key)))


def sweep() -> None:
    """Remove counts nobody needs any more."""
    old = now() - FORGOTTEN_AFTER
    over = FailedTry.blocked_until.is_(None) | (FailedTry.blocked_until < old)
    db.session.execute(delete(FailedTry).where(FailedTry.window_from < old, over))


def _block(row: FailedTry, rule: Rule, at: datetime) -> None:
    if row.blocked_until and at - row.blocked_until > FORGOTTEN_AFTER:
        row.blocks = 0
    length = rule.block * 2 ** min(row.blocks, LONGEST) if rule.doubles else rule.block
    row.blocked_until, row.window_from = at + length, at
    row.blocks, row.count = row.blocks + 1, 0


def _locked_row(kind: str, key: str) -> FailedTry:
    """The row of a key, made if it is the first try, held until the transaction ends."""
    first = {"kind": kind, "key": key, "count": 0, "blocks": 0, "window_from": now()}
    db.session.execute(insert_or(FailedTry).values(first).on_conflict_do_nothing())
    where = (FailedTry.kind == kind, FailedTry.key == key)
    return db.session.scalars(
        select(FailedTry).where(*where).with_for_update().execution_options(populate_existing=True)
    ).one()


def _hashed(kind: str, key: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(secret, f"{kind}:{key}".encode(), "sha256").hex()
