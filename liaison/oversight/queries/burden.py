"""How often everybody was asked for something in a month: deeds and reminders, in five statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, exists, func, select

from liaison.contacts.models import Contact, ContactLeader
from liaison.core.db import run
from liaison.notifications import digest
from liaison.notifications.models import Notice
from liaison.oversight import burden
from liaison.oversight.figures.scope import Scope
from liaison.programmes.models import MonthlyForm
from liaison.tickets.models import TicketEvent, Voice


@dataclass(frozen=True)
class Notices:
    """每日汇总, and the others one by one; to how many people."""

    digests: int
    others: int
    people: int


def times(month: Scope) -> dict[str, int]:
    """Moves of tickets, contacts filed, confirmations of contacts filed in the month and of forms → how often."""
    at = TicketEvent.at
    moves = (
        select(TicketEvent.move, func.count().label("n"))
        .where(at >= month.begin, at < month.end)
        .group_by(TicketEvent.move)
    )
    found = {str(row.move): int(row.n) for row in run(moves)}
    filed = (Contact.filed_at >= month.begin, Contact.filed_at < month.end)
    with_voice = case((exists().where(Voice.contact_id == Contact.id), 1), else_=0)
    wanted: Any = select(func.count().label("all"), func.sum(with_voice).label("heard"))
    contacts = run(wanted.select_from(Contact).where(*filed)).one()
    by_others = (ContactLeader.confirmed_at.is_not(None), ContactLeader.person_id != Contact.filed_by_id)
    confirmed = select(func.count()).select_from(Contact).join(ContactLeader, ContactLeader.contact_id == Contact.id)
    of_month = (MonthlyForm.month == month.first, MonthlyForm.confirmed_at.is_not(None))
    found[burden.CONTACT_WITH_VOICE] = int(contacts.heard or 0)
    found[burden.CONTACT] = int(contacts.all) - found[burden.CONTACT_WITH_VOICE]
    found[burden.CONFIRMED] = int(run(confirmed.where(*filed, *by_others)).scalar_one())
    found[burden.MONTHLY_FORM] = int(run(select(func.count()).where(*of_month)).scalar_one())
    return found


def notices(month: Scope) -> Notices:
    is_digest = case((Notice.text_key == digest.TEXT, 1), else_=0)
    wanted: Any = select(
        func.count().label("all"),
        func.sum(is_digest).label("digests"),
        func.count(Notice.recipient_id.distinct()).label("people"),
    )
    found = run(wanted.where(Notice.created_at >= month.begin, Notice.created_at < month.end)).one()
    digests = int(found.digests or 0)
    return Notices(digests, int(found.all) - digests, int(found.people))
