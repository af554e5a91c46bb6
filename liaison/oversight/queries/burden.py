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


def moves(month: Scope) -> tuple[dict[str, int], dict[str, int]]:
    """Moves of tickets → how often: those of staff, and those nobody was signed in for."""
    at, is_staff = TicketEvent.at, TicketEvent.actor_id.is_not(None).label("is_staff")
    wanted = select(TicketEvent.move, is_staff, func.count().label("n"))
    by_staff, by_nobody = dict[str, int](), dict[str, int]()
    for row in run(wanted.where(at >= month.begin, at < month.end).group_by(TicketEvent.move, is_staff)):
        (by_staff if row.is_staff else by_nobody)[row.move] = int(row.n)
    return by_staff, by_nobody


def beside(month: Scope) -> dict[str, int]:
    """Contacts filed, confirmations of contacts filed in the month and of its forms → how often."""
    found: dict[str, int] = {}
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
