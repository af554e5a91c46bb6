"""确认与退回: a leader stands by what was filed in his name, or says it was otherwise (domain.md §4.7)."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update

from liaison.contacts.actions import amending, records
from liaison.contacts.models import Contact, ContactLeader
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import Conflict, NotAllowed
from liaison.people.actor import Actor
from workflows.contacts import State
from workflows.parts import Part

LEADER = frozenset({Part.LEADER})


def confirm(actor: Actor, contact: Contact, version: int) -> None:
    """One tap: this leader was there. The record stands as soon as one of its leaders says so.

    Raises NotAllowed (not filed for him), Conflict (answered before, or somebody was faster).
    """
    _must_be_waiting(actor, contact)
    target = contact.state
    if contact.state is not State.CONFIRMED:
        target = records.ask("confirm", state=contact.state, parts=LEADER)
    _answer(actor, contact, version, "confirm", target, column="confirmed_at")


def reject(actor: Actor, contact: Contact, version: int, reason: str) -> None:
    """This leader was not there, or not so. Without another leader left the record is cancelled.

    A correction that waits ends with it. Raises BadInput (no reason), NotAllowed, Conflict.
    """
    _must_be_waiting(actor, contact)
    cancelled = records.ask("reject", state=State.TO_CONFIRM, parts=LEADER, given={"reason": reason})
    target = contact.state if _others_left(actor, contact) else cancelled
    _answer(actor, contact, version, "reject", target, column="declined_at", reason=reason)
    if target is cancelled:
        amending.end(actor, contact.id)


def _must_be_waiting(actor: Actor, contact: Contact) -> None:
    wanted = select(ContactLeader.confirmed_at, ContactLeader.declined_at)
    mine = wanted.where(ContactLeader.contact_id == contact.id, ContactLeader.person_id == actor.id)
    row = db.session.execute(mine).one_or_none()
    if row is None:
        raise NotAllowed
    if row.confirmed_at or row.declined_at:
        raise Conflict(_("这条记录您已经答复过了。"))


def _others_left(actor: Actor, contact: Contact) -> bool:
    others = select(ContactLeader.id).where(
        ContactLeader.contact_id == contact.id,
        ContactLeader.person_id != actor.id,
        ContactLeader.declined_at.is_(None),
    )
    return db.session.scalar(others.limit(1)) is not None


def _answer(
    actor: Actor, contact: Contact, version: int, move: str, target: State, *, column: str, reason: str = ""
) -> None:
    source, seq, at = contact.state, contact.event_count + 1, clock.now()
    records.change(contact, version, state=target)
    mine = update(ContactLeader).where(ContactLeader.contact_id == contact.id, ContactLeader.person_id == actor.id)
    db.session.execute(mine.values({column: at}))
    records.write(records.event(contact.id, seq, move, actor, source, target, at, reason=reason))
