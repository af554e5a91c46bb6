"""批准补录: the director lets a record of a locked month count in its true period, or not (domain.md §2.3, §3.9)."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import update

from liaison.audit.actions import append
from liaison.contacts.actions import records
from liaison.contacts.models import Contact, LateEntry
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.people.actor import Actor


def decide(actor: Actor, contact: Contact, version: int, *, is_approved: bool, answer: str = "") -> None:
    """Once and for all. Approved, it counts where it belongs, and the frozen month gets a 更正.

    Raises BadInput (no reason for a no), Conflict (decided before, nothing to decide). Commits nothing.
    """
    if not is_approved:
        records.must_say(answer=answer)
    _decide_once(actor, contact, is_approved, answer.strip())
    move = "approve_late" if is_approved else "decline_late"
    state, seq = contact.state, contact.event_count + 1
    records.change(contact, version)
    records.write(records.event(contact.id, seq, move, actor, state, state, reason=answer.strip()))
    append(actor.id, "contact.late_decided", object=contact.number, is_approved=is_approved)


def _decide_once(actor: Actor, contact: Contact, is_approved: bool, answer: str) -> None:
    waiting = update(LateEntry).where(LateEntry.contact_id == contact.id, LateEntry.is_approved.is_(None))
    said = {"is_approved": is_approved, "answer": answer, "decided_at": clock.now(), "decided_by_id": actor.id}
    done = db.session.execute(waiting.values(said).execution_options(synchronize_session=False))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("这条补录已经答复过了。"))
