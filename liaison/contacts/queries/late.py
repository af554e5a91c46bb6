"""补录: what waits for the director, and how one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from liaison.contacts.models import Contact, LateEntry
from liaison.contacts.queries.lists import Filer, lines
from liaison.core.db import db
from workflows.contacts import State

UNDECIDED = (LateEntry.is_approved.is_(None), Contact.state != State.CANCELLED)
MOST = 100  # shown at once, the oldest first


@dataclass(frozen=True)
class Standing:
    reason: str
    answer: str
    is_approved: bool | None

    @property
    def words(self) -> str:
        if self.is_approved is None:
            return _("补录，待主任批准")
        return _("补录，已批准") if self.is_approved else _("补录，未批准")


def standing(contact: Contact) -> Standing | None:
    entry = db.session.get(LateEntry, contact.id)
    return Standing(entry.reason, entry.answer, entry.is_approved) if entry else None


def pending() -> Sequence[Any]:
    """What nobody has decided, the oldest first: lines of the list with reason and filer."""
    wanted = (
        lines()
        .add_columns(LateEntry.reason, Contact.filed_at, Contact.version, Filer.name.label("filer"))
        .join(LateEntry, LateEntry.contact_id == Contact.id)
        .join(Filer, Filer.id == Contact.filed_by_id)
        .where(*UNDECIDED)
        .order_by(LateEntry.asked_at, Contact.id)
    )
    return db.session.execute(wanted.limit(MOST)).all()


def pending_count() -> int:
    wanted = select(func.count()).select_from(LateEntry).join(Contact, Contact.id == LateEntry.contact_id)
    return db.session.scalar(wanted.where(*UNDECIDED)) or 0
