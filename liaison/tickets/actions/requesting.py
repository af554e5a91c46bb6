"""提请: a move its actor may only ask for waits for somebody else's yes (rulings §13, domain.md §4.7).

Proposals and second signatures, extensions, and a co-unit's «not ours»: three small lives, one way to go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import add_one, db, run, table
from liaison.core.errors import BadInput, Conflict, NotAllowed, NotVisible
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.people.actor import Actor
from liaison.tickets.actions import assists, moving, notices
from liaison.tickets.actions.beside import note
from liaison.tickets.models import Request, Ticket
from liaison.tickets.models.requests import Decider, Life, Standing
from liaison.tickets.queries import facts as reading
from liaison.tickets.queries import names, visible
from workflows.engine import MoveRefused, Workflow, decide, offers
from workflows.extensions import EXTENSIONS
from workflows.extensions import State as ExtensionState
from workflows.parts import Part
from workflows.proposals import ASKERS, PROPOSALS, ProposalFacts
from workflows.proposals import State as ProposalState
from workflows.returns import RETURNS
from workflows.returns import State as ReturnState
from workflows.ticket_facts import TicketFacts
from workflows.ticket_words import Confidentiality, LimitClass
from workflows.tickets import TICKETS

CO_RETURN = "co_return"
EXTEND = "extend"
SIGNED_TWICE = {"escalate", "office_approve"}  # the actor's own moves that wait for a second signature
DAYS = {"due_on", "expected_on", "meeting_on"}
LIVES: dict[Life, tuple[Workflow, Any, str, str]] = {  # process, where it waits, the move that says yes, and no
    Life.PROPOSAL: (PROPOSALS, ProposalState.PROPOSED, "confirm", "decline"),
    Life.EXTENSION: (EXTENSIONS, ExtensionState.PENDING, "grant", "refuse"),
    Life.RETURN: (RETURNS, ReturnState.PENDING, "uphold", "refuse"),
}


def may_only_ask(ticket: Ticket, move: str, actor: Actor) -> bool:
    """True where this person asks for the move and somebody else says yes."""
    parts = parts_of(actor, visible.relation(actor, ticket)) if move in ASKERS else frozenset()
    if not parts & ASKERS.get(move, frozenset()):
        return False
    facts = reading.facts_for(actor, ticket) if move in SIGNED_TWICE else TicketFacts()
    return _is_his_to_ask(move, parts, facts)


def askable(ticket: Ticket, parts: frozenset[Part], facts: TicketFacts) -> list[str]:
    """The moves these parts may ask for now: whoever decides could make them."""
    wanted = [move for move, who in ASKERS.items() if parts & who and _is_his_to_ask(move, parts, facts)]
    if not wanted:
        return []
    if facts.extension_asked:
        wanted = [move for move in wanted if move != EXTEND]
    deciders: frozenset[Any] = frozenset().union(*(TICKETS.move(move).by for move in wanted))
    possible = offers(TICKETS, state=ticket.state, parts=deciders, facts=_as_if_agreed(facts))
    return [offer.move.name for offer in possible if offer.move.name in wanted and not offer.reasons]


def _is_his_to_ask(move: str, parts: frozenset[Part], facts: TicketFacts) -> bool:
    if move in SIGNED_TWICE:
        return _waits_for_second(move, facts)
    return not parts & TICKETS.move(move).by


def _waits_for_second(move: str, facts: TicketFacts) -> bool:
    if move == "escalate":
        return not facts.approved_by_supervisor
    return facts.hot and facts.answer_outcome == "D" and not facts.second_signature


def _as_if_agreed(facts: TicketFacts) -> TicketFacts:
    return replace(facts, approved_by_supervisor=True, second_signature=True)


def ask(ticket: Ticket, move: str, *, actor: Actor, version: int | None = None, **given: Any) -> int:
    """Leave a request for a move; returns its key. Refused as the move itself would be (409, 422), or 403."""
    facts = _as_if_agreed(reading.facts_for(actor, ticket, given))
    parts = _parts(ticket, actor)
    life = Life.EXTENSION if move == EXTEND else Life.PROPOSAL
    known = moving.what_is_known(ticket, move, given)
    if life is Life.EXTENSION:
        _small(EXTENSIONS, "ask", None, parts, facts, known)
    else:
        _small(PROPOSALS, "propose", None, parts, ProposalFacts(move=move), {"move": move})
    moving.decide_move(ticket, move, TICKETS.move(move).by, facts, known, version)
    return _leave(ticket, life, move, actor, given, _decider(ticket, move))


def give_back(ticket: Ticket, assignment_id: int, *, actor: Actor, version: int | None = None, **given: Any) -> int:
    """A co-unit says «not ours» with reason, duty clause and the right owner; the office waives it or keeps it."""
    moving.refuse_late(ticket, version)
    row = assists.load(ticket, assignment_id)
    facts = TicketFacts(
        days_since_dispatch=reading.working_days_since(row.dispatched_at),
        returned_by_lead=_was_refused(assignment_id),
    )
    its_own = assists.parts(ticket, row, actor) & {Part.CO_HEAD}  # the head of the lead waives it instead
    _small(RETURNS, "ask", None, its_own, facts, given)
    given["suggested"] = names.unit(int(given["suggested_unit"]))
    return _leave(ticket, Life.RETURN, CO_RETURN, actor, given, _decider(ticket, CO_RETURN), assignment_id)


def decides(life: Life, parts: frozenset[Part], facts: TicketFacts) -> bool:
    """Whether these parts say yes or no to an extension or a co-unit's return."""
    process, waiting, agree, _no = LIVES[life]
    known = replace(facts, return_count=0) if life is Life.RETURN else facts
    found = offers(process, state=waiting, parts=parts, facts=known)
    return any(offer.move.name == agree and not offer.reasons for offer in found)


def load(ticket: Ticket, key: int) -> Request:
    """A request of this ticket; NotVisible where it is another's."""
    found = db.session.get(Request, key)
    if found is None or found.ticket_id != ticket.id:
        raise NotVisible(f"request {key}")
    return found


def settle(
    ticket: Ticket, request: Request, yes: bool, *, actor: Actor, version: int | None = None, reason: str = ""
) -> None:
    """Say yes or no. A yes makes the move where it is the decider's to make; a signature lets its actor go on."""
    moving.refuse_late(ticket, version)
    if request.standing is not Standing.OPEN or request.state not in (None, ticket.state):
        raise Conflict(_("这项提请已经有了决定。"))
    process, waiting, agree, decline = LIVES[request.life]
    facts: Any = reading.facts_for(actor, ticket)
    if request.life is Life.PROPOSAL:
        facts = ProposalFacts(move=request.move, actor_proposed=request.asked_by_id == actor.id)
    if request.life is Life.RETURN:
        facts = replace(facts, return_count=0)
    _small(process, agree if yes else decline, waiting, _parts(ticket, actor), facts, {"reason": reason})
    _carry_out(ticket, request, yes, actor, reason)
    _close(request, yes, actor, reason)
    text = _text_of(request, yes)
    notices.beside(ticket, text, [request.asked_by_id], seq=ticket.event_count, besides=actor.id)
    audit.append(actor.id, f"request.{'agreed' if yes else 'declined'}", object=ticket.number, move=request.move)


def _carry_out(ticket: Ticket, request: Request, yes: bool, actor: Actor, reason: str) -> None:
    if yes and request.life is Life.RETURN:
        assists.let_off(ticket, request.asking, actor, reason)
    elif yes and request.move not in SIGNED_TWICE:
        moving.make_move(ticket, request.move, actor=actor, **_typed(request.given))
    else:
        data = {"move": request.move, "request": request.id}
        note(ticket, "agree" if yes else "decline", actor, data, reason=reason)


def _text_of(request: Request, yes: bool) -> str:
    if request.life is Life.EXTENSION:
        return "ticket.extend" if yes else "ticket.refuse_extension"
    return "ticket.agreed" if yes else "ticket.declined"


def _leave(
    ticket: Ticket, life: Life, move: str, actor: Actor, given: Mapping[str, Any], decider: Decider, asking: int = 0
) -> int:
    run(_LAPSING, {"of_ticket": ticket.id, "present": ticket.state, **_lapsed()})
    if run(_OPEN, {"ticket": ticket.id, "asked_move": move, "unit_row": asking}).first() is not None:
        raise Conflict(_("已经提请过，等决定出来再说。"))
    kept = {name: _plain(value) for name, value in given.items() if value not in (None, "", [], {})}
    row = {
        "ticket_id": ticket.id,
        "life": life,
        "move": move,
        "asking": asking,
        "episode": ticket.episode,
        "state": None if life is Life.RETURN else ticket.state,
        "given": kept,
        "decider": decider,
        "asked_by_id": actor.id,
        "asked_at": clock.now(),
        "standing": Standing.OPEN,
        "reason": "",
    }
    key = add_one(Request, row)
    is_extension = life is Life.EXTENSION
    said_so = {"move": move, "request": key, **{name: kept[name] for name in DAYS & kept.keys()}}
    deed = "ask_extension" if is_extension else "propose"
    seq = note(ticket, deed, actor, said_so, reason=str(given.get("reason") or ""))
    text = "ticket.ask_extension" if is_extension else "ticket.proposed"
    notices.beside(ticket, text, _whom(ticket, decider), seq=seq, besides=actor.id)
    audit.append(actor.id, "request.asked", object=ticket.number, move=move)
    return key


def _lapsed() -> dict[str, Any]:
    return {"standing": Standing.LAPSED, "decided_at": clock.now()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the move wants it: days as days."""
    found = dict(given)
    for name in DAYS & found.keys():
        found[name] = date.fromisoformat(found[name]) if found[name] else None
    if "milestones" in found:
        found["milestones"] = [date.fromisoformat(day) for day in found["milestones"]]
    return found


def _decider(ticket: Ticket, move: str) -> Decider:
    if move in SIGNED_TWICE:
        return Decider.LEADER
    if ticket.confidentiality is not Confidentiality.NORMAL and move != "redirect":
        return Decider.CONFIDENTIAL
    is_clerks = move == CO_RETURN or (move == EXTEND and ticket.limit_class is LimitClass.GENERAL)
    return Decider.OFFICE if is_clerks else Decider.DIRECTOR


def _whom(ticket: Ticket, decider: Decider) -> Any:
    if decider is Decider.LEADER:
        return names.supervisors(ticket.lead_unit_id)
    return notices.DECIDERS[decider]


def _close(request: Request, yes: bool, actor: Actor, reason: str) -> None:
    decided = {
        "standing": Standing.AGREED if yes else Standing.DECLINED,
        "decided_by_id": actor.id,
        "decided_at": clock.now(),
        "reason": reason[:500],
    }
    if run(_CLOSING, {"this_request": request.id, **decided}).rowcount != 1:
        db.session.rollback()
        raise Conflict(_("这项提请已经有了决定。"))
    db.session.expire(request)


def _parts(ticket: Ticket, actor: Actor) -> frozenset[Part]:
    return parts_of(actor, visible.relation(actor, ticket))


def _small(process: Workflow, move: str, state: Any, parts: Any, facts: Any, given: Mapping[str, Any]) -> None:
    """Ask a small life; its refusals become what the page can say."""
    try:
        decide(process, move, state=state, parts=parts, facts=facts, given=given)
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        if refused.kind == "needs":
            raise BadInput(**dict.fromkeys(refused.missing, said(refused.reasons[:1]))) from None
        raise Conflict(said(refused.reasons)) from None


def _was_refused(assignment_id: int) -> bool:
    return run(_REFUSED, {"unit_row": assignment_id}).first() is not None


_COLUMNS = table(Request).c
_OPEN = select(Request.id).where(
    Request.ticket_id == bindparam("ticket"),
    Request.move == bindparam("asked_move"),
    Request.asking == bindparam("unit_row"),
    Request.standing == Standing.OPEN,
)
_REFUSED = select(Request.id).where(Request.asking == bindparam("unit_row"), Request.standing == Standing.DECLINED)
_LAPSING = update(table(Request)).where(  # the ticket has moved on: nobody need decide any more
    _COLUMNS.ticket_id == bindparam("of_ticket"),
    _COLUMNS.standing == Standing.OPEN,
    _COLUMNS.state != bindparam("present", type_=_COLUMNS.state.type),
)
_CLOSING = update(table(Request)).where(_COLUMNS.id == bindparam("this_request"), _COLUMNS.standing == Standing.OPEN)
