"""核实: somebody who neither handled nor dispatched it says what he found (domain.md §4.8 and the end of §4.3).

In the call-backs the result is a move; on a file that is answered or shut it is a row, and a false answer obliges
the office to decide on reopening within two working days.
"""

from __future__ import annotations

from typing import Any

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core.clock import now
from liaison.core.db import add, change
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.notifications.actions import Holders
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.actions import notices, noting
from liaison.tickets.actions.beside import note
from liaison.tickets.actions.effects.checking import found
from liaison.tickets.actions.moving import make_move, refuse_late
from liaison.tickets.models import Check, Ticket
from liaison.tickets.models.tellings import CheckKind
from liaison.tickets.queries import facts as reading
from liaison.tickets.queries import visible
from liaison.tickets.queries.checks import ANSWERED
from workflows.engine import Subject
from workflows.parts import OFFICE
from workflows.ticket_guards import CALLBACK_ATTEMPTS, checker_is_somebody_else
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, Confidentiality

WRONG = {CheckResult.PARTLY, CheckResult.FALSE}


def check(
    ticket: Ticket, result: CheckResult, kind: CheckKind, *, actor: Actor, version: int | None, **given: Any
) -> str:
    """Record what was found. Returns what was done: a move's name, `attempt` or `look`. Commits nothing.

    NotAllowed, Conflict or BadInput as for a move; `note` must say what is not as the answer has it.
    """
    _refuse_unsaid(result, given.get("note"))
    if ticket.state is not State.CALLBACK:
        return look(ticket, result, kind, actor=actor, version=version, **given)
    if result is CheckResult.UNREACHED:
        return _unreached(ticket, actor, version)
    name = _move(ticket, result)
    told = {**given, "reason": given.get("note") or ""} if result in WRONG else given
    make_move(ticket, name, actor=actor, version=version, check_result=result, kind=kind, **told)
    return name


def _move(ticket: Ticket, result: CheckResult) -> str:
    if result is CheckResult.TRUE:
        return "check_ok"
    return "check_mismatch" if ticket.dispatched_at else "check_mismatch_onspot"


def _unreached(ticket: Ticket, actor: Actor, version: int | None) -> str:
    """A call nobody answered; the second one ends the call-back, and the file stays 未核实."""
    refuse_own(ticket, actor)
    noting.say(ticket, "attempt", actor=actor, version=version)
    if reading.facts_for(actor, ticket).callback_attempts < CALLBACK_ATTEMPTS:
        return "attempt"
    make_move(ticket, "check_unreached", actor=actor, check_result=CheckResult.UNREACHED)
    return "check_unreached"


def look(
    ticket: Ticket, result: CheckResult, kind: CheckKind, *, actor: Actor, version: int | None, **given: Any
) -> str:
    """A check without a move, on a file that is answered or shut."""
    _refuse_early(ticket, version)
    _refuse_others(ticket, actor)
    return _seen(ticket, result, kind, actor, given)


def at_visit(ticket: Ticket, result: CheckResult, *, actor: Actor, version: int | None, note: str, contact: str) -> str:
    """走访核实: that he was there, on this contact, is for the caller to know. Refused as `look` is."""
    _refuse_unsaid(result, note)
    _refuse_early(ticket, version)
    return _seen(ticket, result, CheckKind.VISIT, actor, {"note": note}, contact=contact)


def _seen(
    ticket: Ticket, result: CheckResult, kind: CheckKind, actor: Actor, given: dict[str, Any], **data: Any
) -> str:
    refuse_own(ticket, actor)
    data |= {"result": result.value, "kind": kind.value}
    seq = note(ticket, "look", actor, data, reason=str(given.get("note") or ""))
    add(Check, found(ticket, kind, result, given, by_id=actor.id, at=now()))
    if result is not CheckResult.UNREACHED:
        change(Ticket, ticket.id, checked=result, checked_at=now())
    if result in WRONG:
        notices.beside(ticket, "ticket.check_false", _office(ticket), seq=seq, besides=actor.id)
    audit.append(actor.id, "ticket.look", object=ticket.number, result_found=result.value)
    return "look"


def _refuse_unsaid(result: CheckResult, words: str | None) -> None:
    if result in WRONG and not (words or "").strip():
        raise BadInput(note=_("请写清哪里和答复不一致，办理单位会看到。"))


def _refuse_early(ticket: Ticket, version: int | None) -> None:
    refuse_late(ticket, version)
    if ticket.state not in ANSWERED or ticket.handled_at is None:
        raise Conflict(_("现在是“%(state)s”，还没有可以核实的结果。", state=_(ticket.state.label)))


def _office(ticket: Ticket) -> Holders:
    is_normal = ticket.confidentiality is Confidentiality.NORMAL
    return Holders(anywhere=(Role.CLERK if is_normal else Role.CONFIDENTIAL,))


def may_check(ticket: Ticket, actor: Actor) -> str:
    """Why this person does not check this ticket; empty = he may."""
    try:
        _refuse_others(ticket, actor)
        refuse_own(ticket, actor)
    except (NotAllowed, Conflict) as refused:
        return str(refused)
    return ""


def _refuse_others(ticket: Ticket, actor: Actor) -> None:
    if not parts_of(actor, visible.relation(actor, ticket)) & OFFICE:
        raise NotAllowed(_("核实由党政办公室办理。"))


def refuse_own(ticket: Ticket, actor: Actor) -> None:
    """Nobody checks what he dispatched, or what he or a unit of his handled. Conflict where he would."""
    asked: Subject[Any] = Subject(ticket.state, frozenset(), reading.facts_for(actor, ticket), {})
    if not checker_is_somebody_else(asked):
        raise Conflict(said(tuple(asked.reasons)))
