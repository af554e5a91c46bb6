"""Sending: notices become deliveries, deliveries are claimed one by one and handed over (safety.md R15).

A claim is committed before the network is touched, the result after it; nobody waits in a transaction. Who is
killed in between leaves a delivery that is due again when its lease ends, with the same key. What leaves the
house at all is laid out here: digests and urgent matters by mail, what a department must start on also by hook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, delete, false, or_, select, update

from liaison.core.clock import now
from liaison.core.db import Moment, db, insert_or, run, table
from liaison.notifications import digest
from liaison.notifications.composing import Composer
from liaison.notifications.hours import is_quiet
from liaison.notifications.models import Delivery, Notice
from liaison.notifications.outlets import Unreachable, hand_over, ready
from liaison.notifications.words import GROUPS, Outlet, Result
from liaison.people.models import Person

TO_START_ON = frozenset({"ticket.dispatch", "ticket.designate", "ticket.office_return"})
BATCH = 200
LEASE = 120  # seconds a claim lasts; longer than any outlet takes
STALE = timedelta(days=1)  # what could not be sent for a day is left to the inbox and the digest
LONGEST = timedelta(hours=1)  # between two tries
TRIES = 12
MOST = dict.fromkeys(GROUPS, 15)  # a run, which is a minute: the services accept twenty
PATIENCE = 240.0  # seconds of one run; the next one goes on
KEPT, REMEMBERED = timedelta(days=30), timedelta(days=365)


class SendingFailed(Exception):
    """Some messages did not leave; they stay due."""


def send_due() -> int:
    """Send what is due and may leave at this hour; returns how many left. Commits as it goes.

    Raises SendingFailed at the end when an outlet could not be reached or refused a message.
    """
    lay_out()
    composer, sent, failed = Composer(), 0, []
    closed: set[Outlet] = set()
    for claimed in _claims(closed):
        try:
            sent += _send(claimed, composer)
        except Exception as reason:  # one that cannot be sent, for whatever reason, stops no other
            db.session.rollback()
            if isinstance(reason, Unreachable):
                closed.add(claimed.outlet)  # the others of this outlet would only wait for it too
            failed.append(_put_off(claimed, reason))
    if failed:
        raise SendingFailed("; ".join(failed[:5]))
    return sent


def lay_out() -> int:
    """Turn every new notice into its deliveries, once; returns how many notices there were. Commits."""
    outlets, done = ready(), 0
    while rows := db.session.execute(_NEW).all():
        wanted: list[Any] = [row for notice in rows for row in _deliveries(notice, outlets)]
        if wanted:
            run(_laying_out(db.engine.dialect.name), wanted)
        ids = [notice.id for notice in rows]
        run(update(Notice).where(Notice.id.in_(ids)).values(sent_at=now()))
        db.session.commit()
        done += len(rows)
    return done


def sweep() -> None:
    """Remove deliveries that ended a month ago, and notices of more than a year (docs/guides/retention.md)."""
    db.session.execute(delete(Delivery).where(Delivery.ended_at < now() - KEPT))
    under_way = select(Delivery.id).where(Delivery.notice_id == Notice.id).exists()
    db.session.execute(delete(Notice).where(Notice.created_at < now() - REMEMBERED, ~under_way))


def _deliveries(notice: Any, outlets: frozenset[Outlet]) -> Iterator[dict[str, Any]]:
    for outlet in sorted(outlets):
        if _leaves(notice, outlet):
            event = f"{outlet}:{notice.id}"
            if outlet in GROUPS and notice.dedupe_key:
                event = f"{outlet}:{notice.dedupe_key.rpartition(':')[0]}"
            yield {
                "notice_id": notice.id,
                "outlet": outlet,
                "event_key": event,
                "is_urgent": notice.is_urgent,
                "due_at": now(),
                "tries": 0,
            }


def _leaves(notice: Any, outlet: Outlet) -> bool:
    """The table of domain.md §4.13: everything else stays in the inbox."""
    if notice.created_at < now() - STALE or (outlet is Outlet.MAIL and not notice.email):
        return False
    if notice.is_urgent:
        return True
    if notice.text_key == digest.TEXT:
        return outlet not in GROUPS
    return notice.text_key in TO_START_ON and outlet is not Outlet.MAIL


def _claims(closed: set[Outlet]) -> Iterator[Any]:
    """Deliveries claimed one by one, the urgent ones first, until none is due."""
    ends, taken = monotonic() + PATIENCE, Counter[Outlet]()
    lease = timedelta(seconds=current_app.config.get("LEASE_SECONDS", LEASE))
    while monotonic() < ends:
        full = {outlet for outlet, most in MOST.items() if taken[outlet] >= most}
        at = now()
        given = {"now": at, "until": at + lease, "without": sorted(closed | full), "any": not is_quiet(at)}
        claimed = run(_CLAIM, given).one_or_none()
        db.session.commit()
        if claimed is None:
            return
        taken[claimed.outlet] += 1
        yield claimed


def _send(claimed: Any, composer: Composer) -> bool:
    message = composer.message(claimed)
    db.session.commit()  # nothing was written: this ends the reading before the network
    if message is not None:
        hand_over(claimed.outlet, message)
    _end(claimed, Result.DROPPED if message is None else Result.SENT)
    return message is not None


def _put_off(claimed: Any, reason: Exception) -> str:
    """Try again after a while, twice as long each time; not for ever."""
    if claimed.tries >= TRIES or getattr(reason, "is_final", False):
        _end(claimed, Result.GIVEN_UP)
    else:
        wait = min(timedelta(minutes=2 ** (claimed.tries - 1)), LONGEST)
        run(_OF_ONE.values(due_at=now() + wait), {"this": claimed.id})
        db.session.commit()
    words = f"{claimed.outlet}: {reason or type(reason).__name__}"
    current_app.logger.warning("delivery %s (%s)", claimed.id, words)
    return words


def _end(claimed: Any, result: Result) -> None:
    run(_OF_ONE.values(ended_at=now(), result=result), {"this": claimed.id})
    db.session.commit()


def _new() -> Any:
    columns = (Notice.id, Notice.text_key, Notice.is_urgent, Notice.created_at, Notice.dedupe_key, Person.email)
    joined = select(*columns).join(Person, Person.id == Notice.recipient_id)
    return joined.where(Notice.sent_at.is_(None)).order_by(Notice.id).limit(BATCH)


def _claim() -> Any:
    """One statement: nobody else can claim the same row (SQLite writes alone, PostgreSQL skips locked rows)."""
    may_leave = or_(Delivery.is_urgent, bindparam("any", type_=Delivery.is_urgent.type) != false())
    due = (
        select(Delivery.id)
        .where(Delivery.ended_at.is_(None), Delivery.due_at <= bindparam("now", type_=Moment), may_leave)
        .where(Delivery.outlet.not_in(bindparam("without", expanding=True)))
        .order_by(Delivery.is_urgent.desc(), Delivery.due_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    columns = table(Delivery).c
    claim = update(table(Delivery)).where(columns.id == due.scalar_subquery())
    claim = claim.values(due_at=bindparam("until", type_=Moment), tries=columns.tries + 1)
    return claim.returning(columns.id, columns.notice_id, columns.outlet, columns.tries)


@cache
def _laying_out(dialect: str) -> Any:
    return insert_or(Delivery, dialect).on_conflict_do_nothing()


_NEW, _CLAIM = _new(), _claim()
_OF_ONE = update(Delivery).where(Delivery.id == bindparam("this"), Delivery.ended_at.is_(None))
