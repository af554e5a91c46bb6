"""查阅申请: what an auditor asked for, what waits for a decision, and what may still be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from liaison.access import Action, Scope, scopes
from liaison.core.clock import now
from liaison.core.db import Moment, db, run
from liaison.core.errors import NotVisible
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.models import Person
from liaison.tickets.models import Ticket
from liaison.tickets.models.confidential import Dossier
from liaison.tickets.queries import visible
from workflows.dossiers import State


def may_ask(actor: Actor) -> bool:
    return Scope.OWN in scopes(actor, Action.READ_DOSSIERS)


def listed(actor: Actor, asked: Mapping[str, str]) -> Page:
    """His own requests, or – for those who decide – everybody's about matters they may see; the newest first."""
    if may_ask(actor):
        return _LISTING.page(asked, {"me": actor.id})
    who = visible.alike(actor)
    decided = Listing(_ROWS.where(visible.visible(who)), [Dossier.id], is_descending=True)
    return decided.page(asked, visible.given(actor))


def load(key: int) -> Dossier:
    found = db.session.get(Dossier, key)
    if found is None:
        raise NotVisible(f"dossier {key}")
    return found


def number_of(dossier: Dossier) -> str:
    return str(db.session.scalar(select(Ticket.number).where(Ticket.id == dossier.ticket_id)))


def is_running(actor: Actor, ticket_id: int) -> bool:
    """Whether he has asked and waits, or may read it still."""
    return run(_RUNNING, {"ticket": ticket_id, "me": actor.id, "now": now()}).first() is not None


_asker, _decider = aliased(Person), aliased(Person)
_COLUMNS = ("id", "reason", "asked_at", "asked_by_id", "state", "answer", "decided_at", "until_at")
_ROWS: Any = (
    select(
        *[getattr(Dossier, name) for name in _COLUMNS],
        Ticket.number,
        _asker.name.label("asked_by"),
        _decider.name.label("decided_by"),
    )
    .join(Ticket, Ticket.id == Dossier.ticket_id)
    .join(_asker, _asker.id == Dossier.asked_by_id)
    .outerjoin(_decider, _decider.id == Dossier.decided_by_id)
)
_LISTING = Listing(_ROWS.where(Dossier.asked_by_id == bindparam("me")), [Dossier.id], is_descending=True)
_RUNNING = select(Dossier.id).where(
    Dossier.ticket_id == bindparam("ticket"),
    Dossier.asked_by_id == bindparam("me"),
    or_(
        Dossier.state == State.PROPOSED,
        and_(Dossier.state == State.CONFIRMED, Dossier.until_at > bindparam("now", type_=Moment)),
    ),
)
