"""修改: a record may be mended until its month is locked (domain.md §2.3, §3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from liaison.contacts.actions import crediting, records
from liaison.contacts.models import Contact, ContactLeader, ContactTarget, HomeVisit, lock_day, locks_at
from liaison.contacts.occasions import Occasion
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.people.actor import Actor
from liaison.programmes.in_force import known

TEXTS = {
    "summary",
    "place_text",
    "title",
    "document_no",
    "help_agreed",
}  # their words do not go into the append-only event


def edit(actor: Actor, contact: Contact, version: int, occasion: Occasion) -> None:
    """Write what changed, with an event naming the fields. Voices keep their words, place and date.

    The caller has asked `queries.details.may_edit`. Raises Conflict (locked, somebody was faster),
    BadInput (moved into a locked month). Commits nothing.
    """
    if contact.is_locked:
        raise Conflict(locked_words(contact))
    if clock.now() >= locks_at(occasion.held_at):
        raise BadInput(held_at=_("这个月已经锁定，不能改到这一天。"))
    write(actor, contact, version, occasion, "edit")


def write(actor: Actor, contact: Contact, version: int, occasion: Occasion, move: str) -> None:
    """What changed, row by row, and the event of this move. Raises Conflict (somebody was faster). Commits nothing."""
    changed = _changed(contact, occasion.columns)
    seq, state = contact.event_count + 1, contact.state
    crediting.forget(_outdated(contact, occasion), contact.held_at)
    records.change(contact, version, **occasion.columns)
    _follow_leaders(contact.id, occasion.leader_ids, actor, changed)
    _follow_targets(contact.id, occasion.target_ids, changed)
    _follow_home_visit(contact.id, occasion.home_visit, changed)
    records.write(records.event(contact.id, seq, move, actor, state, state, data=changed))


def _outdated(contact: Contact, occasion: Occasion) -> set[int]:
    """Who loses it where it was counted: whoever is struck out; everybody, if it moves into another academic year."""
    present, school = _present(contact.id), known().school
    was, becomes = (school.academic_year(clock.local(at).date()) for at in (contact.held_at, occasion.held_at))
    return present - set(occasion.leader_ids) if was == becomes else present


def locked_words(contact: Contact) -> str:
    """Why it cannot be mended any more."""
    month, day = clock.local(contact.held_at).month, lock_day(contact.held_at)
    return _("%(month)s月的联系记录已在次月%(day)s日锁定。要改，请在这条记录里申请更正。", month=month, day=day)


def _changed(row: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Column → [before, after], in words that fit an event; texts by name only."""
    found: dict[str, Any] = {}
    for name, after in wanted.items():
        before = getattr(row, name)
        if before != after:
            found[name] = [] if name in TEXTS else [_plain(before), _plain(after)]
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _follow_leaders(contact_id: int, wanted: tuple[int, ...], actor: Actor, changed: dict[str, Any]) -> None:
    """Who was added confirms for himself, also if he had declined; who stays, or has declined, keeps his word."""
    here, present = ContactLeader.contact_id == contact_id, _present(contact_id)
    gone, added = present - set(wanted), [one for one in wanted if one not in present]
    if gone or added:
        db.session.execute(delete(ContactLeader).where(here, ContactLeader.person_id.in_([*gone, *added])))
    if added:
        confirmed = {actor.id: clock.now()}  # for himself only
        rows = [{"contact_id": contact_id, "person_id": one, "confirmed_at": confirmed.get(one)} for one in added]
        db.session.execute(insert(ContactLeader), rows)
    if gone or added:
        changed["leaders"] = [sorted(present), sorted(wanted)]


def _present(contact_id: int) -> set[int]:
    """Who took part. Whoever declined did not."""
    here = (ContactLeader.contact_id == contact_id, ContactLeader.declined_at.is_(None))
    return set(db.session.scalars(select(ContactLeader.person_id).where(*here)))


def _follow_targets(contact_id: int, wanted: tuple[int, ...], changed: dict[str, Any]) -> None:
    here = ContactTarget.contact_id == contact_id
    present = set(db.session.scalars(select(ContactTarget.unit_id).where(here)))
    if present == set(wanted):
        return
    db.session.execute(delete(ContactTarget).where(here))
    if wanted:
        db.session.execute(insert(ContactTarget), [{"contact_id": contact_id, "unit_id": one} for one in wanted])
    changed["targets"] = [sorted(present), sorted(wanted)]


def _follow_home_visit(contact_id: int, wanted: Mapping[str, Any] | None, changed: dict[str, Any]) -> None:
    present = db.session.get(HomeVisit, contact_id)
    if wanted is None:
        if present is not None:
            db.session.delete(present)
            changed["home_visit"] = []
    elif present is None:
        db.session.add(HomeVisit(contact_id=contact_id, **wanted))
        changed["home_visit"] = []
    else:
        changed |= _changed(present, wanted)
        db.session.execute(update(HomeVisit).where(HomeVisit.contact_id == contact_id).values(**wanted))
