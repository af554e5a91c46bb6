"""The one function that makes moves (rulings §5).

It asks the process, writes the row under a guard, the event, the ledger, the notices and the audit
row – all in the caller's transaction, or nothing. Two people at once: one wins, the other learns
who was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.calendars import in_force, limits
from liaison.calendars.working_days import working_days_between
from liaison.core import clock, formats
from liaison.core.db import db, run, table
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.people.actor import Actor
from liaison.tickets import clocks
from liaison.tickets.actions import events, ledger, notices, provisional
from liaison.tickets.models import Ticket
from liaison.tickets.models.publications import Released
from liaison.tickets.queries import facts as reading
from liaison.tickets.queries import visible
from workflows.engine import MoveRefused, decide
from workflows.parts import Part
from workflows.proposals import ASKERS
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import NOT_OPEN, State
from workflows.ticket_words import Confidentiality, LimitClass
from workflows.tickets import TICKETS


@dataclass
class Step:
    """One move while it is being made: what an effect may read, and where it puts what must change."""

    ticket: Ticket
    move: str
    actor: Actor
    given: Mapping[str, Any]
    facts: TicketFacts
    at: datetime
    source: State
    target: State
    voice_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)  # columns of the ticket
    data: dict[str, Any] = field(default_factory=dict)  # of the event: ids, days, choices
    after: list[Callable[[], object]] = field(default_factory=list)  # writes that follow the guarded update
    due: datetime | None = None  # overrides the table's next due
    is_open_date_news: bool = False  # 暂定 comes or goes: the assignments are marked too

    @property
    def reason(self) -> str:
        return str(self.given.get("reason") or self.given.get("question") or self.given.get("note") or "")

    def value(self, column: str) -> Any:
        """The column as it will be."""
        return self.changes.get(column, getattr(self.ticket, column))


class LostRace(Conflict):
    """Somebody else moved it first."""


def make_move(
    ticket: Ticket,
    move: str,
    *,
    actor: Actor,
    version: int | None = None,
    voice_id: int | None = None,
    as_system: bool = False,
    as_holder: bool = False,
    extra: frozenset[Part] = frozenset(),
    at: datetime | None = None,
    **given: Any,
) -> State:
    """Make one move of `workflows/tickets.py` for a ticket the actor may see.

    `version` is the one the actor's page was drawn from (None: the row as loaded).
    `voice_id` names the voice a telling, rating or reopening is about.
    Returns the new state. Raises NotAllowed (403: not his move), Conflict (409: wrong state, a lost
    race, a guard), BadInput (a needed fact is missing). Commits nothing.
    """
    from liaison.tickets.actions.effects import EFFECTS

    moment = at or clock.now()
    facts = reading.facts_for(actor, ticket, given, voice_id)
    given = what_is_known(ticket, move, given)
    if voice_id is not None:
        given["voice"] = str(voice_id)
    parts = _parts(actor, ticket, as_system, as_holder) | extra
    target = decide_move(ticket, move, parts, facts, given, version)
    step = Step(ticket, move, actor, given, facts, moment, ticket.state, target, voice_id)
    EFFECTS.get(move, _nothing)(step)
    _write_row(step, version)
    for write in step.after:
        write()
    if step.is_open_date_news:
        db.session.execute(provisional.mark_assignments(ticket.id, in_force.calendar()))
    ledger.follow(step)
    events.write(
        ticket.id,
        move,
        actor,
        seq=ticket.event_count,
        from_state=step.source,
        to_state=target,
        at=moment,
        reason=step.reason,
        data=step.data,
        acting_for_id=_acting_for(actor, ticket),
    )
    notices.send(step)
    seq, is_staff = ticket.event_count, actor.id is not None
    audit.append(actor.id, f"ticket.{move}", object=ticket.number, with_address=is_staff, to=target.value, seq=seq)
    return target


def permit(ticket: Ticket, move: str, *, actor: Actor, version: int | None) -> None:
    """Raise what make_move would raise whatever was typed: a lost race, the wrong state, not his move.

    Whoever may ask for the move of another passes: his press leaves a request.
    """
    parts = _parts(actor, ticket, False, False)
    asked = TICKETS.move(move).by if parts & ASKERS.get(move, frozenset()) else frozenset()
    try:
        decide_move(ticket, move, parts | asked, TicketFacts(), {}, version)
    except BadInput:
        return


def what_is_known(ticket: Ticket, move: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with what the checks must know besides."""
    ticked = {"deidentified": set(given.get("checklist") or ()) >= {one.value for one in Released}}
    known = notices.known_facts(ticket, given) | days_asked_for(ticket, move, given)
    return known | ticked if move == "publish" else known


FARTHEST = timedelta(days=1000)  # no extension is so long


def days_asked_for(ticket: Ticket, move: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """How long an extension is: working days from the limit as it stands to the day asked for."""
    due_on = given.get("due_on")
    if move != "extend" or ticket.due_at is None or not due_on:
        return {}
    by = limits.days_of(ticket.limit_class, ticket.rule_version)
    due = clock.day_ending_at(ticket.due_at)
    near = min(max(due_on, due - FARTHEST), due + FARTHEST)  # the year 9999 is not counted day by day to be refused
    return {"extension_days": working_days_between(due, near, by)}


def _nothing(_step: Step) -> None:
    """Moves that change the state only."""


def _parts(actor: Actor, ticket: Ticket, as_system: bool, as_holder: bool) -> frozenset[Part]:
    if as_system:
        return frozenset({Part.SYSTEM})
    if as_holder:
        return frozenset({Part.HOLDER})
    return parts_of(actor, visible.relation(actor, ticket))


def decide_move(
    ticket: Ticket,
    move: str,
    parts: frozenset[Any],
    facts: TicketFacts,
    given: Mapping[str, Any],
    version: int | None,
) -> State:
    """Ask the table; turn its refusal into what the page can say."""
    refuse_late(ticket, version)
    try:
        decided = decide(TICKETS, move, state=ticket.state, parts=parts, facts=facts, given=given)
        return cast(State, decided)
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        if refused.kind == "needs":
            raise BadInput(**dict.fromkeys(refused.missing or (move,), said(refused.reasons[:1]))) from None
        if refused.kind == "state":
            raise Conflict(f"{said(refused.reasons)} {who_was_faster(ticket)}".strip()) from None
        raise Conflict(said(refused.reasons)) from None


def refuse_late(ticket: Ticket, version: int | None) -> None:
    """Raise LostRace where somebody moved it since the actor's page was drawn."""
    if version is not None and version != ticket.version:
        raise LostRace(who_was_faster(ticket))


def who_was_faster(ticket: Ticket) -> str:
    """«该事项已由党政办公室 王老师 于 10:02 交办,现为待签收。»"""
    event = reading.last_event(ticket.id)
    if event is None:
        return ""
    done = events.BESIDE.get(event.move) or TICKETS.move(event.move).label
    return _(
        "该事项已由%(who)s于 %(when)s %(done)s,现为“%(state)s”。",
        who=_(event.actor_label),
        when=formats.moment_words(event.at),
        done=_(done),
        state=_(event.to_state.label),
    )


def _write_row(step: Step, version: int | None) -> None:
    """The guarded update: exactly one of two people at once finds the row as he saw it (safety.md R9)."""
    ticket, target = step.ticket, step.target
    is_restricted = step.value("confidentiality") is not Confidentiality.NORMAL
    columns: dict[str, Any] = {}
    if target is not step.source:
        columns |= {
            "state": target,
            "stage": target.stage,
            "ball": clocks.ball_of(target, is_restricted, step.value("handler_id")),
            "is_open": target not in NOT_OPEN,
            "state_since": step.at,
            "next_due_at": step.due or clocks.next_due(target, _moment(step)),
        }
    elif step.due:
        columns["next_due_at"] = step.due
    columns |= step.changes
    if "due_at" in columns:
        mark = clocks.counted_by(columns["due_at"], step.value("limit_class"), step.value("rule_version"))
        step.is_open_date_news = mark["is_due_provisional"] or ticket.is_due_provisional
        step.data["calendar"] = mark["calendar_version"]  # so that the history alone says how a limit was counted
        columns |= mark
    seen = {
        "this_ticket": ticket.id,
        "seen_state": step.source,
        "seen_version": ticket.version if version is None else version,
    }
    count = run(_GUARDED, {**seen, **columns}).scalar_one_or_none()
    if count is None:
        number = ticket.number
        db.session.rollback()
        raise LostRace(_faster_now(number))
    _refresh(ticket, columns, count)


_COLUMNS = table(Ticket).c
_GUARDED = (  # built once: every move passes here
    update(table(Ticket))
    .where(
        _COLUMNS.id == bindparam("this_ticket"),
        _COLUMNS.state == bindparam("seen_state"),
        _COLUMNS.version == bindparam("seen_version"),
    )
    .values(version=_COLUMNS.version + 1, event_count=_COLUMNS.event_count + 1)
    .returning(_COLUMNS.event_count)  # not as loaded: a quiet event may have come between
)


def _faster_now(number: str) -> str:
    """Read again, after the winner has committed, who he was."""
    fresh = db.session.scalar(select(Ticket).where(Ticket.number == number))
    return who_was_faster(fresh) if fresh is not None else ""


def _refresh(ticket: Ticket, columns: dict[str, Any], event_count: int) -> None:
    """Give the loaded entity what was just written, without another read and without a second write."""
    counted = {"version": ticket.version + 1, "event_count": event_count}
    for column, value in {**columns, **counted}.items():
        set_committed_value(ticket, column, value)


def _moment(step: Step) -> clocks.Moment:
    return clocks.Moment(
        at=step.at,
        limit_class=LimitClass(step.value("limit_class") or clocks.DEFAULT_CLASS),
        is_urgent=step.value("is_urgent"),
        due_at=step.value("due_at"),
        rules=step.value("rule_version"),
    )


def _acting_for(actor: Actor, ticket: Ticket) -> int | None:
    """The leader in whose name a liaison acts."""
    return ticket.filed_for_id if ticket.filed_for_id in actor.leads_for else None
