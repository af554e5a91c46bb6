"""Which slips there are, and who may open them. The value itself is asked for only where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import aliased

from liaison.access import Action, Scope, scopes
from liaison.core.clock import now
from liaison.core.db import Key, db, run, table
from liaison.people.actor import Actor
from liaison.people.models import Person
from liaison.settings.in_force import number
from liaison.slips.models import Slip, SlipGrant
from liaison.slips.words import Purpose
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.queries import voices
from workflows.ticket_states import NOT_OPEN, State
from workflows.ticket_words import Confidentiality

SHORTEST = timedelta(days=7)  # no setting lets a slip live less after the end


def of_ticket(ticket: Ticket) -> Sequence[Any]:
    """The slips kept for the voices of a ticket and of those merged into it: everything but the value."""
    return run(OF_TICKET, _of(ticket)).all()


def kept(ticket: Ticket, slip_id: int) -> Any | None:
    """One slip of this ticket with its ciphertext; nobody reaches another's through a changed address."""
    one = OF_TICKET.add_columns(Slip.value).where(Slip.id == bindparam("slip", type_=Key))
    return run(one, {**_of(ticket), "slip": slip_id}).first()


def _of(ticket: Ticket) -> dict[str, Any]:
    """A merged ticket whose level was raised keeps its slips to its own readers."""
    return {"ticket": ticket.id, "level": ticket.confidentiality}


def of_voice(voice_id: int) -> Any | None:
    """The slip its holder or filer left with a voice."""
    wanted = select(Slip.id, Slip.channel, Slip.value, Slip.consented_at)
    return run(wanted.where(Slip.voice_id == voice_id, Slip.deleted_at.is_(None))).first()


def opens_with_a_reason(actor: Actor, ticket: Ticket) -> bool:
    """The office on ordinary matters, the confidential officer on restricted ones (domain.md §2.3)."""
    return _reaches(actor, Action.VIEW_SLIP, ticket)


def may_grant(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor may let the named handler open the slips of this ticket now."""
    is_worked = ticket.handler_id is not None and ticket.handled_at is None and ticket.is_open
    return is_worked and _reaches(actor, Action.GRANT_SLIP, ticket)


def grant(actor: Actor, ticket: Ticket) -> Any | None:
    """The grant by which this handler may open them; it ends when the episode is handled."""
    if ticket.handler_id != actor.id or ticket.handled_at is not None or not ticket.is_open:
        return None
    return run(GRANT, {"ticket": ticket.id, "episode": ticket.episode, "person": actor.id}).first()


def grants(ticket: Ticket) -> Sequence[Any]:
    """Who was let in, why, by whom: the newest first."""
    return run(GRANTS, {"ticket": ticket.id}).all()


def purposes() -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in Purpose]


def expired() -> list[int]:
    """Slips whose matter ended so many days ago as its owner was promised (rulings §13: for merged ones, the lead)."""
    at = now()
    over = db.session.execute(ENDED, {"before": at - SHORTEST})
    return [row.id for row in over if row.ended_at <= at - timedelta(days=number("slip_days", row.consented_at))]


def was_deleted_since(moment: datetime) -> bool:
    return run(select(Slip.id).where(Slip.deleted_at >= moment).limit(1)).first() is not None


def all_kept() -> Sequence[Any]:
    """Every slip with its ciphertext, for the change of keys."""
    return run(select(Slip.id, Slip.value).where(Slip.deleted_at.is_(None)).order_by(Slip.id)).all()


def _reaches(actor: Actor, action: Action, ticket: Ticket) -> bool:
    needed = {Confidentiality.NORMAL: Scope.NORMAL, Confidentiality.RESTRICTED: Scope.RESTRICTED}
    return needed.get(ticket.confidentiality) in scopes(actor, action)


# --- the statements, built once ------------------------------------------------------------------


LEVEL: Any = bindparam("level", type_=table(Ticket).c.confidentiality.type)


def _of_ticket() -> Any:
    left_by = aliased(Person)
    return (
        select(Slip.id, Slip.channel, Slip.consented_at, Slip.voice_id, Ticket.number, left_by.name.label("left_by"))
        .join(Voice, Voice.id == Slip.voice_id)
        .join(Ticket, Ticket.id == Voice.ticket_id)
        .outerjoin(left_by, left_by.id == Slip.left_by_id)
        .where(voices.OWN_AND_MERGED, Slip.deleted_at.is_(None), Ticket.confidentiality == LEVEL)
        .order_by(Slip.id)
    )


def _ended() -> Any:
    """The end of the ticket a voice now follows, where it has ended."""
    own, lead = aliased(Ticket), aliased(Ticket)
    is_over = and_(lead.state.in_(NOT_OPEN), lead.state != State.MERGED, lead.state_since < bindparam("before"))
    return (
        select(Slip.id, Slip.consented_at, lead.state_since.label("ended_at"))
        .join(Voice, Voice.id == Slip.voice_id)
        .join(own, own.id == Voice.ticket_id)
        .join(lead, lead.id == voices.lead_of(own))
        .where(Slip.deleted_at.is_(None), is_over)
    )


def _granted() -> Any:
    by, to = aliased(Person), aliased(Person)
    wanted = select(
        SlipGrant.reason, SlipGrant.granted_at, SlipGrant.episode, by.name.label("by"), to.name.label("handler")
    )
    return wanted.join(by, by.id == SlipGrant.granted_by_id).join(to, to.id == SlipGrant.person_id)


OF_TICKET = _of_ticket()
ENDED = _ended()
GRANTS = _granted().where(SlipGrant.ticket_id == bindparam("ticket")).order_by(SlipGrant.id.desc())
GRANT = _granted().where(
    SlipGrant.ticket_id == bindparam("ticket"),
    SlipGrant.episode == bindparam("episode"),
    SlipGrant.person_id == bindparam("person"),
)
