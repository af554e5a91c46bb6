"""谁看过, the hand-overs by telephone, and what a filer may still see of a restricted matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select

from liaison.access import Action, Scope, scopes
from liaison.audit.models import AuditRow, AuditText
from liaison.core.clock import now
from liaison.core.db import Moment, run
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.models import Person
from liaison.tickets.models import Ticket
from liaison.tickets.models.confidential import Handoff
from workflows.ticket_words import Confidentiality

LOOKS = ("ticket.looked", "slip.opened", "export.made")
A_DAY = timedelta(hours=24)  # within it the receipt is due (rulings §13)


@dataclass(frozen=True)
class Receipts:
    """移交签收率 (metrics.md `handoff_receipt`): with a receipt within 24 hours ÷ those 24 hours old."""

    all: int
    due: int
    in_time: int


def may_read_looks(actor: Actor, ticket: Ticket) -> bool:
    """The office on ordinary matters, the confidential officer on restricted ones, the auditor on what he sees."""
    found = scopes(actor, Action.READ_LOOKS)
    is_normal = ticket.confidentiality is Confidentiality.NORMAL
    return bool(found & {Scope.ALL, Scope.NORMAL if is_normal else Scope.RESTRICTED})


def looks(number: str, asked: Mapping[str, str]) -> Page:
    """Every look at this ticket and at its slips, the latest first: one statement."""
    return LISTING.page(asked, {"ticket": number})


def title_of(number: str) -> str | None:
    """What a ticket is called: a restricted one has a neutral title."""
    return run(select(Ticket.title).where(Ticket.number == bindparam("number")), {"number": number}).scalar()


def handoffs(asked: Mapping[str, str]) -> Page:
    """Every hand-over, the latest first."""
    return HANDOFFS.page(asked)


def receipts() -> Receipts:
    """How many hand-overs there were, and how many of those due had their receipt in time."""
    row = run(RECEIPTS, {"due": now() - A_DAY}).one()
    return Receipts(row.all, row.due or 0, row.in_time or 0)


def filed_by(actor: Actor, asked: Mapping[str, str]) -> Page:
    """What this person filed that is restricted: number, stage, date only (domain.md §2.3, footnote 3)."""
    return FILED.page(asked, {"me": actor.id})


_LOOKS: Any = (
    select(AuditRow.seq, AuditRow.at, AuditRow.deed, Person.name.label("who"), AuditText.text.label("why"))
    .outerjoin(Person, Person.id == AuditRow.actor_id)
    .outerjoin(AuditText, AuditText.seq == AuditRow.seq)
    .where(AuditRow.object == bindparam("ticket"), AuditRow.deed.in_(LOOKS), AuditRow.result == "ok")
)
_KEPT = (Handoff.id, Handoff.type, Handoff.receiver, Handoff.called_at, Handoff.receipt, Handoff.receipt_at)
_HANDOFFS: Any = select(*_KEPT, Ticket.number).outerjoin(Ticket, Ticket.id == Handoff.ticket_id)
_SHOWN = (Ticket.id, Ticket.number, Ticket.stage, Ticket.state, Ticket.raised_at, Ticket.is_open)
_FILED: Any = select(*_SHOWN).where(
    or_(Ticket.filed_by_id == bindparam("me"), Ticket.filed_for_id == bindparam("me")),
    Ticket.confidentiality != Confidentiality.NORMAL,
)
LISTING, HANDOFFS, FILED = (
    Listing(statement, [key], is_descending=True)
    for statement, key in ((_LOOKS, AuditRow.seq), (_HANDOFFS, Handoff.id), (_FILED, Ticket.id))
)


def _receipts() -> Any:
    is_due = Handoff.called_at <= bindparam("due", type_=Moment)
    in_time = and_(is_due, Handoff.receipt_at.is_not(None), Handoff.is_in_time)
    return select(
        func.count(Handoff.id).label("all"),
        func.sum(case((is_due, 1), else_=0)).label("due"),
        func.sum(case((in_time, 1), else_=0)).label("in_time"),
    )


RECEIPTS = _receipts()
