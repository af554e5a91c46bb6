"""联系前一页: what was said at a place in the last two terms, and what may be told there today (domain.md §4.11).

Ordinary matters only, and of those what the reader may see; nobody who raised one is named.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact
from liaison.contacts.queries.meetings import TOOK_PLACE
from liaison.contacts.queries.visits import HERE, TWO_TERMS
from liaison.core.clock import now
from liaison.core.db import Moment, run
from liaison.people.actor import Actor
from liaison.tickets.models import Answer, Telling, Ticket, TicketEvent, Voice
from liaison.tickets.models.events import KNOWN
from liaison.tickets.queries.visible import FILED, ME, Alike, alike, given, visible
from liaison.tickets.queries.voices import lead_of
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

LEFT_OUT = {State.SPLIT, State.WITHDRAWN, State.REDIRECTED, State.HANDED_OFF}
MOST = 40  # of one place in two terms; the newest
Lead = aliased(Ticket, name="lead")


@dataclass(frozen=True)
class Brief:
    """One phone screen: the last visit; what can be told; what is still open; what was told since, and before."""

    visited_at: datetime | None
    to_tell: list[Any]
    still_open: list[Any]
    told_since: list[Any]
    earlier: list[Any]
    voices: dict[int, list[int]]  # ticket → its voices that the reader may tell face to face

    @property
    def news(self) -> dict[int, int]:
        """What the reader filed himself, and now reads the answer of for the first time: ticket → answer."""
        return {row.id: row.answer_id for row in self.to_tell if row.is_news}

    @property
    def is_empty(self) -> bool:
        return not (self.to_tell or self.still_open or self.told_since or self.earlier)


def brief(actor: Actor, place_id: int) -> Brief:
    """Three statements, whatever the place."""
    rows = run(_raised(alike(actor)), {**given(actor), "place": place_id, "since": now() - TWO_TERMS}).all()
    visited_at = _last_visit(place_id)
    to_tell = [row for row in rows if row.is_untold]
    rest = [row for row in rows if not row.is_untold]
    told = [row for row in rest if not row.is_open]
    since = [row for row in told if visited_at and row.last_told_at and row.last_told_at > visited_at]
    return Brief(
        visited_at,
        to_tell,
        [row for row in rest if row.is_open],
        since,
        [row for row in told if row not in since],
        _untold_voices([row.id for row in to_tell if row.is_own]),
    )


@cache
def _raised(who: Alike) -> Any:
    """The matters of the place; a merged one stands as far as the one it was merged into."""
    is_offered = Lead.answer_id.is_not(None) & Lead.offered_at.is_not(None)
    is_told = select(Telling.id).where(Telling.ticket_id == Lead.id, Telling.answer_id == Lead.answer_id)
    untold = select(Voice.id).where(
        Voice.ticket_id == Ticket.id,
        ~is_told.where(Telling.voice_id == Voice.id).correlate(Voice, Lead).exists(),
    )
    is_filer = func.coalesce(Ticket.filed_for_id, Ticket.filed_by_id) == ME
    is_known = select(TicketEvent.id).where(
        TicketEvent.ticket_id == Ticket.id,
        TicketEvent.move == KNOWN,
        TicketEvent.data["answer"].as_integer() == Lead.answer_id,
    )
    return (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.title,
            Ticket.raised_at,
            Ticket.version,
            Lead.stage,
            Lead.is_open,
            Lead.promised_at,
            Lead.last_told_at,
            Lead.answer_id,
            Answer.outcome,
            Answer.text,
            Answer.expected_on,
            case((is_offered & untold.correlate(Ticket, Lead).exists(), True), else_=False).label("is_untold"),
            case((FILED & Ticket.merged_into_id.is_(None), True), else_=False).label("is_own"),
            case((is_filer & ~is_known.correlate(Ticket, Lead).exists(), True), else_=False).label("is_news"),
        )
        .select_from(Ticket)
        .join(Lead, Lead.id == lead_of(Ticket))
        .outerjoin(Answer, Answer.id == Lead.answer_id)
        .where(
            Ticket.place_id.in_(HERE),
            Ticket.confidentiality == Confidentiality.NORMAL,
            Lead.confidentiality == Confidentiality.NORMAL,
            Ticket.raised_at >= bindparam("since", type_=Moment),
            Ticket.state.not_in(LEFT_OUT),
            visible(who),
        )
        .order_by(Ticket.raised_at.desc(), Ticket.id.desc())
        .limit(MOST)
    )


def _last_visit(place_id: int) -> datetime | None:
    held = (Contact.place_id.in_(HERE), Contact.state.in_(TOOK_PLACE))
    found: datetime | None = run(select(func.max(Contact.held_at)).where(*held), {"place": place_id}).scalar()
    return found


def _untold_voices(ticket_ids: Collection[int]) -> dict[int, list[int]]:
    if not ticket_ids:
        return {}
    told = select(Telling.id).where(Telling.voice_id == Voice.id, Telling.answer_id == Ticket.answer_id)
    wanted = select(Voice.ticket_id, Voice.id).join(Ticket, Ticket.id == Voice.ticket_id)
    untold = wanted.where(Voice.ticket_id.in_(ticket_ids), ~told.exists()).order_by(Voice.id)
    rows: Sequence[Any] = run(untold).all()
    return {one: [row.id for row in rows if row.ticket_id == one] for one in ticket_ids}
