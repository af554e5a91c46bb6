"""What can be done with a slip: leave, delete, open, let a handler open, seal anew. Nothing here commits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from liaison.audit import actions as audit
from liaison.core.clock import now
from liaison.core.db import add, change, db, run
from liaison.core.errors import BadInput, Conflict, NotAllowed, NotVisible
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.slips import queries, sealing
from liaison.slips.models import Slip, SlipGrant
from liaison.slips.words import CONSENT, Purpose, SlipChannel
from liaison.tickets.models import Ticket, Voice


def leave(actor: Actor, voice_id: int, channel: SlipChannel, value: str) -> None:
    """Keep a way to answer this voice, sealed; an earlier one of the same voice is deleted.

    The actor is the holder of the code, or the filer who was asked to write it down. Raises NotVisible where this
    university lets no slips be left.
    """
    if not sealing.is_offered():
        raise NotVisible
    forget(actor, voice_id)
    row = {
        "voice_id": voice_id,
        "channel": channel,
        "value": sealing.sealed(value),
        "consent_version": CONSENT,
        "consented_at": now(),
        "left_by_id": actor.id,
    }
    add(Slip, row)
    _record(actor, "slip.left", voice_id)


def forget(actor: Actor, voice_id: int) -> bool:
    """Delete what was left with a voice, at once. False where there is nothing."""
    one = queries.of_voice(voice_id)
    if one is None:
        return False
    _erase([one.id])
    _record(actor, "slip.deleted", voice_id)
    return True


def forget_expired() -> int:
    """Delete the slips of matters that ended long enough ago; returns how many (see `expiring`)."""
    over = queries.expired()
    if over:
        _erase(over)
        audit.append(None, "slip.expired", slips=over)
    return len(over)


def look(actor: Actor, ticket: Ticket, slip_id: int, purpose: Purpose | None, reason: str) -> tuple[Any, str | None]:
    """One look: the slip and what stands in it, recorded with what for. By a grant the reason is the grant's.

    NotVisible for whom the table does not let in; BadInput without a purpose. The value is None where its key is gone.
    """
    granted = queries.grant(actor, ticket)
    slip = queries.kept(ticket, slip_id)
    if slip is None or not (granted or queries.opens_with_a_reason(actor, ticket)):
        raise NotVisible(ticket.number)
    if granted:
        reason = granted.reason
    elif purpose is None or not reason:
        raise BadInput(reason=_("请写一句为什么要看。"))
    for_what = purpose.value if purpose else "grant"
    audit.append(actor.id, "slip.opened", object=ticket.number, text=reason, voice=slip.voice_id, purpose=for_what)
    return slip, sealing.opened(slip.value)


def let_in(actor: Actor, ticket: Ticket, reason: str) -> None:
    """The named handler may open the slips of this ticket until the episode is handled, for this reason."""
    if not queries.may_grant(actor, ticket):
        raise NotAllowed(ticket.number)
    row = {
        "ticket_id": ticket.id,
        "episode": ticket.episode,
        "person_id": ticket.handler_id,
        "reason": reason,
        "granted_by_id": actor.id,
        "granted_at": now(),
    }
    given = {"ticket": ticket.id, "episode": ticket.episode, "person": ticket.handler_id}
    if run(queries.GRANT, given).first() is not None:
        raise Conflict(_("这位经办人已经可以看了。"))
    add(SlipGrant, row)
    audit.append(actor.id, "slip.granted", object=ticket.number, text=reason, to=ticket.handler_id)


def rotate() -> tuple[int, int]:
    """Seal everything anew with the key in use: how many, and how many nobody can read any more."""
    done = lost = 0
    for slip in queries.all_kept():
        value = sealing.renewed(slip.value)
        if value is None:
            lost += 1
        else:
            change(Slip, slip.id, value=value)
            done += 1
    audit.append(None, "slip.resealed", done=done, lost=lost)
    return done, lost


def _erase(slips: list[int]) -> None:
    gone = update(Slip).where(Slip.id.in_(slips)).values(value="", deleted_at=now())
    db.session.execute(gone.execution_options(synchronize_session=False))


def _record(actor: Actor, deed: str, voice_id: int) -> None:
    """The holder's address would say who he is: it is left out."""
    ticket = db.session.query(Ticket.number).join(Voice, Voice.ticket_id == Ticket.id).filter(Voice.id == voice_id)
    audit.append(actor.id, deed, object=ticket.scalar(), with_address=actor.id is not None, voice=voice_id)
