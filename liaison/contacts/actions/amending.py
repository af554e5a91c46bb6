"""更正: a record of a locked month may still be put right; its leader asks, the director agrees (domain.md §2.3).

Agreed to, the record says what was true, counts so in its month, and the frozen month gets a 更正; what was printed
stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import IntegrityError

from liaison.audit.actions import append
from liaison.contacts.actions import editing, records
from liaison.contacts.models import Amendment, Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.words import Headcount
from liaison.core import clock
from liaison.core.db import add, db, run, table
from liaison.core.errors import Conflict
from liaison.people.actor import Actor
from liaison.programmes.words import ConsentForm, ContactKind, MeetingChannel, VisitMode

READ: dict[str, Callable[[Any], Any]] = {  # how a stored value becomes one of an Occasion again
    "held_at": datetime.fromisoformat,
    "kind": ContactKind,
    "second_kind": ContactKind,
    "channel": MeetingChannel,
    "headcount": Headcount,
    "reported_on": date.fromisoformat,
    "leader_ids": tuple,
    "target_ids": tuple,
    "home_visit": lambda visit: {name: VISIT.get(name, str)(value) for name, value in visit.items()},
}
VISIT: dict[str, Callable[[Any], Any]] = {
    "mode": VisitMode,
    "consent": ConsentForm,
    "consented_on": date.fromisoformat,
}


def ask(actor: Actor, contact: Contact, version: int, occasion: Occasion, reason: str) -> None:
    """Ask for a record to say this instead. The caller has asked `queries.amendments.may_ask`.

    Raises BadInput (no reason), Conflict (not locked: simply mend it; asked already; somebody was faster).
    Commits nothing.
    """
    if not contact.is_locked:
        raise Conflict(_("这个月还没有锁定，直接修改就可以。"))
    records.must_say(reason=reason)
    row = {"contact_id": contact.id, "wanted": plain(occasion), "reason": reason.strip(), "answer": ""}
    state, seq = contact.state, contact.event_count + 1
    try:
        add(Amendment, {**row, "asked_at": clock.now(), "asked_by_id": actor.id})
    except IntegrityError:
        db.session.rollback()
        raise Conflict(_("这条记录已经申请过更正，正等主任答复。")) from None
    records.change(contact, version)
    records.write(records.event(contact.id, seq, "ask_amend", actor, state, state, reason=reason.strip()))


def decide(
    actor: Actor, contact: Contact, version: int, amendment: Amendment, *, is_approved: bool, answer: str = ""
) -> None:
    """Once and for all.

    Raises BadInput (no reason for a no), Conflict (decided before, changed since, speaks of what is gone).
    """
    if not is_approved:
        records.must_say(answer=answer)
    occasion = occasion_of(amendment.wanted)
    _decide_once(actor, amendment.id, is_approved, answer.strip())
    if is_approved:
        _write(actor, contact, version, occasion)
    else:
        state, seq = contact.state, contact.event_count + 1
        records.change(contact, version)
        records.write(records.event(contact.id, seq, "decline_amend", actor, state, state, reason=answer.strip()))
    append(actor.id, "contact.amendment_decided", object=contact.number, is_approved=is_approved)


def _write(actor: Actor, contact: Contact, version: int, occasion: Occasion) -> None:
    try:
        editing.write(actor, contact, version, occasion, "amend")
    except IntegrityError:  # no foreign key keeps what a request only names
        db.session.rollback()
        raise Conflict(_("更正里写的单位、人员或课程已经删除。请写明原因退回，由本人重新申请。")) from None


def end(actor: Actor, contact_id: int) -> None:
    """Whatever waits of a record that is cancelled ends with it, and keeps no words. Commits nothing."""
    _answer(table(Amendment).c.contact_id == contact_id, actor, is_approved=False, answer=_("记录已取消。"))


def plain(occasion: Occasion) -> dict[str, Any]:
    """An Occasion as JSON keeps it."""
    return {name: _plain(value) for name, value in vars(occasion).items() if value is not None}


def occasion_of(wanted: Mapping[str, Any]) -> Occasion:
    """And back."""
    return Occasion(**{name: READ[name](value) if name in READ else value for name, value in wanted.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else getattr(value, "value", value)


def _decide_once(actor: Actor, key: int, is_approved: bool, answer: str) -> None:
    if _answer(table(Amendment).c.id == key, actor, is_approved=is_approved, answer=answer) != 1:
        raise Conflict(_("这次更正已经答复过了。"))


def _answer(which: ColumnElement[bool], actor: Actor, *, is_approved: bool, answer: str) -> int:
    said = {"is_approved": is_approved, "answer": answer, "decided_at": clock.now(), "decided_by_id": actor.id}
    waiting = update(table(Amendment)).where(which, table(Amendment).c.is_approved.is_(None))
    return int(run(waiting.values(**said, wanted={})).rowcount)
