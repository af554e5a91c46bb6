"""The one writer of a contact's life: asks the process, writes the row under a guard, and the event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from flask_babel import gettext as _
from sqlalchemy import select, update

from liaison.contacts.actions import crediting
from liaison.contacts.models import REASON_LENGTH, Contact, ContactEvent
from liaison.core import clock, formats
from liaison.core.db import add, db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import said
from liaison.people.actor import Actor
from workflows.contacts import CONTACTS, ContactFacts, State
from workflows.engine import MoveRefused, decide
from workflows.parts import Part


def ask(move: str, *, state: State | None, parts: frozenset[Part], given: Mapping[str, Any] | None = None) -> State:
    """The state a contact would have after this move.

    Raises NotAllowed (not his move), BadInput (something needed is missing), Conflict (wrong state).
    """
    try:
        return State(decide(CONTACTS, move, state=state, parts=parts, facts=ContactFacts(), given=given or {}))
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        if refused.kind == "needs":
            raise BadInput(**dict.fromkeys(refused.missing, said(refused.reasons[:1]))) from None
        raise Conflict(said(refused.reasons)) from None


def change(contact: Contact, version: int, *, events: int = 1, **columns: Any) -> None:
    """The guarded update: of two people at once exactly one finds the row as he saw it (safety.md R9)."""
    raised = {"version": Contact.version + 1, "event_count": Contact.event_count + events}
    guarded = (
        update(Contact)
        .where(Contact.id == contact.id, Contact.version == version, Contact.state == contact.state)
        .values(**raised, **columns)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(guarded).rowcount != 1:  # type: ignore[attr-defined]
        contact_id = contact.id
        db.session.rollback()
        raise Conflict(who_was_faster(contact_id))
    crediting.recount(contact.id)


def who_was_faster(contact_id: int) -> str:
    """«何老师 于今天 10:02 先改了这条记录。»"""
    latest = select(ContactEvent.actor_label, ContactEvent.at).where(ContactEvent.contact_id == contact_id)
    label, at = db.session.execute(latest.order_by(ContactEvent.seq.desc()).limit(1)).one()
    return _("%(who)s 于 %(when)s 先改了这条记录。", who=label, when=formats.moment_words(at))


def event(
    contact_id: int,
    seq: int,
    move: str,
    actor: Actor,
    source: State | None,
    target: State,
    at: datetime | None = None,
    **more: Any,
) -> dict[str, Any]:
    """One row of 流转记录, not yet written; `more` is reason and data (ids, days, choices – never a text)."""
    return {
        "contact_id": contact_id,
        "seq": seq,
        "move": move,
        "from_state": source,
        "to_state": target,
        "actor_id": actor.id,
        "actor_label": actor.label or actor.name,
        "at": at or clock.now(),
        "reason": more.get("reason", ""),
        "data": more.get("data", {}),
        "request_id": g.get("request_id", "") if has_request_context() else "",
    }


def write(*events: dict[str, Any]) -> None:
    """Add events, all in one statement."""
    add(ContactEvent, *events)


def must_say(**said: str) -> None:
    """A reason somebody has to give, by the name of its field. Raises BadInput."""
    ((name, words),) = said.items()
    if not words.strip():
        raise BadInput(**{name: _("请写一句原因。")})
    if len(words) > REASON_LENGTH:
        raise BadInput(**{name: _("请不超过%(n)s个字。", n=REASON_LENGTH)})
