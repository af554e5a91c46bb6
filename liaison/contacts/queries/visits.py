"""走访核实: what was answered at a place before somebody visited it, and nobody has looked at yet (domain.md §4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Contact
from liaison.contacts.queries.meetings import TOOK_PLACE
from liaison.core.db import Key, Moment, run
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.programmes.words import MeetingChannel
from liaison.tickets.models import Answer, Ticket
from liaison.tickets.queries.checks import ANSWERED
from liaison.tickets.queries.visible import ME, Alike, alike, given, of, visible
from workflows.ticket_words import Confidentiality

TWO_TERMS = timedelta(days=365)
MOST = 8  # a corridor is no office
PLACE: Any = bindparam("place", type_=Key)
HERE = select(Unit.id).where(or_(Unit.id == PLACE, Unit.parent_id == PLACE))  # with its rooms


def may_check(actor: Actor, contact: Contact, leader_ids: frozenset[int]) -> bool:
    """At his own visit, or at one of the leader he acts for (domain.md §2.3 «record a Check»)."""
    held = scopes(actor, Action.CHECK_AT_VISIT)
    own = {actor.id} if Scope.OWN in held else set()
    leaders = own | set(actor.leads_for if Scope.DELEGATOR in held else ())
    was_there = contact.state in TOOK_PLACE and contact.channel is MeetingChannel.FACE_TO_FACE
    return was_there and contact.place_id is not None and bool(leaders & leader_ids)


def to_check(actor: Actor, contact: Contact) -> Sequence[Any]:
    """Ordinary matters of the place and its rooms, answered before the visit; never his own work or his unit's."""
    held_at = contact.held_at
    there = {"place": contact.place_id, "until": held_at, "since": held_at - TWO_TERMS}
    return run(_to_check(alike(actor)), {**given(actor), **there}).all()


@cache
def _to_check(who: Alike) -> Any:
    own = [func.coalesce(Ticket.handler_id, 0) == ME, func.coalesce(Ticket.dispatched_by_id, 0) == ME]
    if "own_units" in who.ties:
        own.append(func.coalesce(Ticket.lead_unit_id, 0).in_(of("own_units")))
    wanted = select(Ticket.number, Ticket.title, Ticket.outcome, Ticket.handled_at, Ticket.version, Answer.text)
    return (
        wanted.join(Answer, Answer.id == Ticket.answer_id)
        .where(
            Ticket.place_id.in_(HERE),
            Ticket.confidentiality == Confidentiality.NORMAL,
            Ticket.state.in_(ANSWERED),
            Ticket.handled_at <= bindparam("until", type_=Moment),
            Ticket.handled_at >= bindparam("since", type_=Moment),
            Ticket.checked.is_(None),
            ~or_(*own),
            visible(who),
        )
        .order_by(Ticket.handled_at.desc(), Ticket.id.desc())
        .limit(MOST)
    )
