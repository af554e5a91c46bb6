"""记录表: its person stands by it with one tap; what was confirmed is kept as it was (domain.md §3.3, §3.9)."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from liaison.audit.actions import append
from liaison.audit.chain import canonical
from liaison.contacts.models import locks_at
from liaison.core.clock import moment, now, today
from liaison.core.db import db
from liaison.core.errors import Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.oversight.queries import record_forms as queries
from liaison.oversight.queries.record_holders import last_of
from liaison.oversight.record_forms import RecordForm
from liaison.people.actor import Actor
from liaison.programmes.models import MonthlyForm
from liaison.programmes.words import MonthlyFormKind


def confirm(
    actor: Actor, kind: MonthlyFormKind, month: date, person_id: int, *, seen: str, words: str | None = None
) -> None:
    """One tap. `seen`: the mark of what was on the page; `words`: 工作内容 of 附件2 as it stood in the field.

    Pressed twice it changes nothing. Raises NotVisible, NotAllowed (another's form), Conflict (the month is not over,
    it is locked, or the records changed since the page was drawn).
    """
    holder = queries.holder(actor, kind, month, person_id)
    if person_id != actor.id:
        raise NotAllowed
    if not is_over(month):
        raise Conflict(_("这个月还没有过完，下个月 1 日起可以确认。"))
    kept = queries.kept_of(kind, month, person_id)
    if kept and is_locked(month):
        raise Conflict(_("这个月已经锁定，记录表以您确认的为准。"))
    generated = queries.as_generated(kind, month, holder)
    if mark_of(generated) != seen:
        raise Conflict(_("刚才有新的记录，表上的内容变了。请再看一眼，然后确认。"))
    own_words = words if words is not None and words != generated.work else None
    form = generated if own_words is None else generated.with_words(own_words)
    if kept and kept.content == form.content:
        return
    _keep(kept or MonthlyForm(person_id=person_id, month=month, kind=kind), form, own_words)
    append(actor.id, "record_form.confirmed", object=f"{month:%Y-%m} {kind.value}")


def is_over(month: date) -> bool:
    """From the 1st of the next month on a form may be confirmed."""
    return today() > last_of(month)


def is_locked(month: date) -> bool:
    return now() >= locks_at(moment(month))


def mark_of(form: RecordForm) -> str:
    """What tells whether the records changed since a page was drawn."""
    return sha256(canonical(form.content).encode()).hexdigest()[:16]


def _keep(row: MonthlyForm, form: RecordForm, own_words: str | None) -> None:
    row.work, row.content, row.confirmed_at = own_words, form.content, now()
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:  # the same tap at the same moment
        db.session.rollback()
        raise Conflict(_("您刚才已经确认了。")) from None
