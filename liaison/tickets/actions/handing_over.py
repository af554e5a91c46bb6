"""移交记录: what is kept of a matter that a person took over by telephone (T11, domain.md §4.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import add_one, db
from liaison.core.errors import Conflict, NotVisible
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.models import Ticket
from liaison.tickets.models.confidential import Handoff
from liaison.tickets.models.tickets import Ball
from workflows.ticket_words import HandoffType

A_DAY = timedelta(hours=24)  # within it the receipt is due (rulings §13)


def record(
    kind: HandoffType, receiver: str, called_at: datetime, receipt: str, by_id: int | None, ticket_id: int | None = None
) -> int:
    """Keep type, receiver, time of the call and, where it is there already, the receipt. Returns the key."""
    at = clock.now()
    row = {
        "ticket_id": ticket_id,
        "type": kind,
        "receiver": receiver[:60],
        "called_at": called_at,
        "recorded_at": at,
        "recorded_by_id": by_id,
        "receipt": receipt[:40],
        "receipt_at": at if receipt else None,
        "receipt_by_id": by_id if receipt else None,
        "is_in_time": bool(receipt) and at <= called_at + A_DAY,
    }
    return add_one(Handoff, row)


def record_call(actor: Actor, kind: HandoffType, receiver: str, called_at: datetime, receipt: str = "") -> int:
    """已电话移交, nothing filed: the record and its audit row are all that is kept."""
    key = record(kind, receiver, called_at, receipt, actor.id)
    audit.append(actor.id, "handoff.recorded", object=f"handoff {key}", kind=kind.value)
    return key


def load(key: int) -> Handoff:
    found = db.session.get(Handoff, key)
    if found is None:
        raise NotVisible(f"handoff {key}")
    return found


def receive(actor: Actor, key: int, receipt: str) -> None:
    """登记回执: whoever took it over has confirmed. Conflict where that was noted before."""
    found = load(key)
    at = clock.now()
    values = {
        "receipt": receipt[:40],
        "receipt_at": at,
        "receipt_by_id": actor.id,
        "is_in_time": at <= found.called_at + A_DAY,
    }
    mine = update(Handoff).where(Handoff.id == key, Handoff.receipt == "").values(values)
    written = db.session.execute(mine.execution_options(synchronize_session=False))
    if written.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("回执已经登记过。"))
    if found.ticket_id is not None:  # nothing is waited for any more
        over = update(Ticket).where(Ticket.id == found.ticket_id).values(ball=Ball.NOBODY, next_due_at=None)
        db.session.execute(over.execution_options(synchronize_session=False))
    audit.append(actor.id, "handoff.received", object=f"handoff {key}", in_time=values["is_in_time"])
