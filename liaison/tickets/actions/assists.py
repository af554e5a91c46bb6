"""协办: the small life of a co-assignment (domain.md §4.7). Answering is the move T19 of the ticket itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.calendars import limits
from liaison.calendars.working_days import working_days_between
from liaison.core import clock
from liaison.core.db import add, change, db
from liaison.core.errors import BadInput, Conflict, NotAllowed, NotVisible
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.notifications.actions import Holders
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.actions import notices, readers
from liaison.tickets.actions.beside import note
from liaison.tickets.actions.moving import refuse_late
from liaison.tickets.clocks import DEFAULT_CLASS
from liaison.tickets.models import Assignment, Ticket
from liaison.tickets.models.work import Duty, Ending
from liaison.tickets.queries import names, visible
from liaison.tickets.queries import readers as reading
from workflows.assists import ASSISTS, AssistFacts
from workflows.assists import State as AssistState
from workflows.engine import MoveRefused, decide
from workflows.parts import Part
from workflows.ticket_guards import RETURN_DAYS
from workflows.ticket_states import Stage, State
from workflows.ticket_words import Confidentiality

SUBMITTED = {State.DEPT_REVIEW, State.OFFICE_REVIEW}  # and everything in the last stage
DEEDS = {"ask": "ask_co", "sign": "sign_co", "send_back": "send_back_co", "waive": "waive_co"}


def load(ticket: Ticket, key: int) -> Assignment:
    """A co-assignment of this ticket; NotVisible where it is another's."""
    found = db.session.get(Assignment, key)
    if found is None or found.ticket_id != ticket.id or found.duty is not Duty.CO:
        raise NotVisible(f"assignment {key}")
    return found


def parts(ticket: Ticket, row: Any, actor: Actor) -> frozenset[Part]:
    """The parts an actor plays for this co-assignment: a head of another co-unit is none of its heads."""
    return parts_of(actor, visible.relation(actor, ticket, [(row.unit_id, row.handler_id)]))


def facts(ticket: Ticket, unit_id: int | None) -> AssistFacts:
    return AssistFacts(
        unit_complained_of=unit_id in reading.whom_it_is_about(ticket)[1],
        ticket_merged=ticket.state is State.MERGED,
        lead_submitted=ticket.state in SUBMITTED or ticket.stage is Stage.FEEDBACK,
    )


def is_fresh(row: Any) -> bool:
    """Asked at most two working days ago: the time to say «not ours» (T14)."""
    since = clock.local(row.dispatched_at).date()
    return working_days_between(since, clock.today()) <= RETURN_DAYS


def ask(ticket: Ticket, *, actor: Actor, version: int | None = None, **given: Any) -> None:
    """请求协办: one more unit with its own question, after the dispatch. `due_on` may set its day."""
    unit = int(given["unit"]) if given.get("unit") else None
    if ticket.lead_unit_id is None or unit == ticket.lead_unit_id:
        raise Conflict(_("先有主办单位，再请别的单位协办。"))
    who = parts_of(actor, visible.relation(actor, ticket, []))
    _decide(ticket, "ask", None, who, facts(ticket, unit), given, version)
    due = _due(ticket, given.get("due_on"))
    row = {
        "ticket_id": ticket.id,
        "unit_id": unit,
        "duty": Duty.CO,
        "episode": ticket.episode,
        "question": str(given["question"])[:500],
        "state": AssistState.ASKED,
        "dispatched_at": clock.now(),
        "dispatched_by_id": actor.id,
        "sign_due_at": limits.sign_due(clock.now(), ticket.limit_class or DEFAULT_CLASS, ticket.rule_version),
        "due_at": due,
        "original_due_at": due,
    }
    add(Assignment, row)
    if ticket.confidentiality is not Confidentiality.NORMAL:
        readers.name_heads(ticket, int(given["unit"]))
    _noted(ticket, "ask", actor, unit, "", notices.of_unit(unit), "ticket.ask_co")


def move(ticket: Ticket, row: Assignment, name: str, *, actor: Actor, version: int | None = None, **given: Any) -> None:
    """签收, 退回重答 or 免除 of one co-assignment; raises as make_move does. Commits nothing."""
    _decide(ticket, name, row.state, parts(ticket, row, actor), facts(ticket, row.unit_id), given, version)
    changed: dict[str, Any] = {"state": AFTER[name]}
    if name == "sign":
        changed |= {"handler_id": int(given["handler"]), "signed_at": row.signed_at or clock.now()}
    if name == "send_back":
        changed |= {"answered_at": None, "answered_by_id": None}  # its clock never stopped
    if name == "waive":
        changed |= _waived()
    change(Assignment, row.id, **changed)
    db.session.expire(row)
    text = {"send_back": "ticket.send_back_co", "waive": "ticket.waive_co"}.get(name, "")
    heads: Any = Holders(anywhere=_office(ticket) if name == "waive" else (), there=(Role.HEAD,), unit_id=row.unit_id)
    _noted(ticket, name, actor, row.unit_id, str(given.get("reason") or ""), heads, text)


def let_off(ticket: Ticket, key: int, actor: Actor, reason: str) -> None:
    """The office agreed that it is not this unit's: its obligation ends as waived."""
    row = load(ticket, key)
    change(Assignment, key, state=AssistState.WAIVED, **_waived())
    db.session.expire(row)
    _noted(
        ticket, "waive", actor, row.unit_id, reason, Holders(there=(Role.HEAD,), unit_id=row.unit_id), "ticket.waive_co"
    )


AFTER = {"sign": AssistState.SIGNED, "send_back": AssistState.SIGNED, "waive": AssistState.WAIVED}


def _waived() -> dict[str, Any]:
    return {"ending": Ending.WAIVED, "ended_at": clock.now()}


def _office(ticket: Ticket) -> tuple[Role, ...]:
    """The clerk sees that it was waived and may ask again."""
    return (Role.CLERK if ticket.confidentiality is Confidentiality.NORMAL else Role.CONFIDENTIAL,)


def _due(ticket: Ticket, day: date | None) -> datetime | None:
    if ticket.due_at is None:
        return clock.end_of(day) if day else None
    if day is not None:
        return min(clock.end_of(day), ticket.due_at)
    by = limits.days_of(ticket.limit_class, ticket.rule_version)
    return limits.co_due(ticket.due_at, urgent=ticket.is_urgent, by=by)


def _noted(ticket: Ticket, name: str, actor: Actor, unit_id: int | None, reason: str, people: Any, text: str) -> None:
    seq = note(ticket, DEEDS[name], actor, {"unit": names.unit(unit_id)}, reason=reason)
    if text:
        notices.beside(ticket, text, people, seq=seq, besides=actor.id)
    audit.append(actor.id, f"assist.{name}", object=ticket.number)


def _decide(
    ticket: Ticket, name: str, state: Any, who: Any, known: AssistFacts, given: Mapping[str, Any], version: int | None
) -> AssistState:
    refuse_late(ticket, version)
    try:
        return cast(AssistState, decide(ASSISTS, name, state=state, parts=who, facts=known, given=given))
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        if refused.kind == "needs":
            raise BadInput(**dict.fromkeys(refused.missing, said(refused.reasons[:1]))) from None
        raise Conflict(said(refused.reasons)) from None
