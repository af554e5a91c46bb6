"""查阅申请: asked for by the auditor, decided by the director or the confidential officer. Nothing here commits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, update

from liaison.access import Relation, parts_of
from liaison.audit import actions as audit
from liaison.confidential.queries import dossiers as queries
from liaison.core.clock import now
from liaison.core.db import add_one, run, table
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.notifications.actions import Holders, tell
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.models import Ticket
from liaison.tickets.models.confidential import Dossier
from liaison.tickets.queries import readers, visible
from workflows.dossiers import DOSSIERS, DossierFacts, State
from workflows.engine import MoveRefused, decide
from workflows.parts import Part
from workflows.ticket_words import Confidentiality

LASTS = timedelta(hours=72)
PATH = "/dossiers"


def ask(actor: Actor, number: str, reason: str) -> int:
    """The auditor asks for one matter. BadInput where there is no restricted one of this number for him."""
    ticket = visible.restricted(actor, number.strip().upper())
    if ticket is None:
        raise BadInput(number=_("没有找到这个编号的受限事项，请再核对一下。"))
    facts = DossierFacts(is_running=queries.is_running(actor, ticket.id))
    _ask("propose", None, frozenset({Part.AUDITOR}), facts, reason)
    row = {"ticket_id": ticket.id, "asked_by_id": actor.id, "asked_at": now(), "reason": reason, "answer": ""}
    key = add_one(Dossier, {**row, "state": State.PROPOSED})
    _tell(Holders(anywhere=(Role.DIRECTOR, Role.CONFIDENTIAL)), "ticket.dossier_asked", ticket, key, actor)
    audit.append(actor.id, "dossier.asked", object=ticket.number, text=reason)
    return key


def settle(actor: Actor, key: int, yes: bool, reason: str) -> Dossier:
    """Yes or no. A yes lets him read for 72 hours from now. NotVisible for who does not see the matter himself."""
    found = queries.load(key)
    number = queries.number_of(found)
    ticket = visible.load(actor, number)
    facts = DossierFacts(is_restricted=ticket.confidentiality is Confidentiality.RESTRICTED)
    state = _ask("confirm" if yes else "decline", found.state, _parts(actor), facts, reason)
    at = now()
    decided = {"state": state, "decided_by_id": actor.id, "decided_at": at, "answer": reason}
    decided["until_at"] = at + LASTS if yes else None
    if run(_SETTLING, {"this_dossier": key, **decided}).rowcount != 1:
        raise Conflict(_("这份申请已经有了决定。"))
    _tell([found.asked_by_id], "ticket.dossier_opened" if yes else "ticket.dossier_declined", ticket, key, actor)
    if yes:
        _tell(Holders(anywhere=(Role.CONFIDENTIAL,)), "ticket.dossier_confirmed", ticket, key, actor)
    audit.append(actor.id, f"dossier.{state.value}", object=number, text=reason, asked_by=found.asked_by_id)
    return found


def _parts(actor: Actor) -> frozenset[Part]:
    return parts_of(actor, Relation(is_restricted=True))


def _ask(move: str, state: State | None, parts: frozenset[Part], facts: DossierFacts, reason: str) -> State:
    try:
        return State(decide(DOSSIERS, move, state=state, parts=parts, facts=facts, given={"reason": reason}))
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        if refused.kind == "needs":
            raise BadInput(reason=said(refused.reasons[:1])) from None
        raise Conflict(said(refused.reasons)) from None


def _tell(people: Any, text: str, ticket: Ticket, key: int, actor: Actor) -> None:
    """Number and stage only; whom the matter is about hears nothing of it."""
    about, _units = readers.whom_it_is_about(ticket)
    dedupe, besides = f"dossier:{key}:{text}", [*about, actor.id]
    tell(people, text, about=ticket.number, stage=ticket.stage, path=PATH, dedupe=dedupe, besides=besides)


_COLUMNS = table(Dossier).c
_SETTLING = update(table(Dossier)).where(
    _COLUMNS.id == bindparam("this_dossier"), _COLUMNS.state == State.PROPOSED
)  # exactly one of two people at once
