"""待核实: drawn answers that nobody has looked at yet, and answers somebody found untrue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, literal, or_, select

from liaison.core.db import run
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.models import Person
from liaison.people.words import Role
from liaison.tickets.models import Check, Ticket
from liaison.tickets.models.draws import Lot
from liaison.tickets.queries.lists import SIZE, rows
from liaison.tickets.queries.visible import ME, Alike, alike, given, of, visible
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, Confidentiality

LOT = and_(Lot.ticket_id == Ticket.id, Lot.episode == Ticket.episode)
LOOKED = select(Check.id).where(Check.answer_id == Ticket.answer_id).correlate(Ticket).exists()
DRAWN_AND_SHUT = and_(Ticket.state == State.CLOSED, Lot.why.is_not(None), ~LOOKED)
WAITING = or_(Ticket.state == State.CALLBACK, DRAWN_AND_SHUT)
ANSWERED = (State.CLOSED, State.FEEDBACK_GIVEN)  # here a check changes no state
FALSE = and_(
    Ticket.state.in_(ANSWERED),
    Ticket.checked.in_([CheckResult.PARTLY, CheckResult.FALSE]),
)


def waiting(actor: Actor, asked: Mapping[str, str]) -> Page:
    """What this person may check, the oldest first; never what he dispatched or handled."""
    return _listing(alike(actor), "waiting").page(asked, given(actor))


def to_decide(actor: Actor, asked: Mapping[str, str]) -> Page:
    """Found untrue outside the call-backs: the office reopens it, or says why not."""
    return _listing(alike(actor), "decide").page(asked, given(actor))


def counts(actor: Actor) -> dict[str, int]:
    """`waiting`, `decide`, and `own`: what waits and is his own, so that others look at it."""
    return {row.which: row.tickets for row in run(_counts(alike(actor)), given(actor))}


def of_ticket(ticket_id: int) -> Sequence[Any]:
    """All checks of a ticket, the newest first."""
    columns = (Check.kind, Check.result, Check.solved, Check.satisfied, Check.note, Check.at, Person.name.label("by"))
    wanted = select(*columns).join(Person, Person.id == Check.by_id).where(Check.ticket_id == bindparam("ticket"))
    return run(wanted.order_by(Check.id.desc()), {"ticket": ticket_id}).all()


@cache
def _listing(who: Alike, which: str) -> Listing:
    found = rows().add_columns(Lot.why).outerjoin(Lot, LOT).where(*_conditions(who)[which], visible(who))
    return Listing(found, [Ticket.id], size=SIZE)


@cache
def _counts(who: Alike) -> Any:
    each = [
        select(literal(which).label("which"), func.count(Ticket.id).label("tickets"))
        .select_from(Ticket)
        .outerjoin(Lot, LOT)
        .where(*conditions, visible(who))
        for which, conditions in _conditions(who).items()
    ]
    return each[0].union_all(*each[1:])


def _conditions(who: Alike) -> dict[str, tuple[ColumnElement[bool], ...]]:
    mine = _own(who)
    return {
        "waiting": (WAITING, _level(who), ~mine),
        "own": (WAITING, _level(who), mine),
        "decide": (FALSE, _level(who)),
    }


def _level(who: Alike) -> ColumnElement[bool]:
    """The clerks and the director look at ordinary matters, the confidential officer at the restricted ones."""
    levels = [Confidentiality.NORMAL] if who.roles & {Role.CLERK, Role.DIRECTOR} else []
    levels += [Confidentiality.RESTRICTED] if Role.CONFIDENTIAL in who.roles else []
    return Ticket.confidentiality.in_(levels) if levels else false()


def _own(who: Alike) -> ColumnElement[bool]:
    """Dispatched by him, handled by him or by a unit of his; unknown is not his."""
    own = [func.coalesce(Ticket.dispatched_by_id, 0) == ME, func.coalesce(Ticket.handler_id, 0) == ME]
    if "own_units" in who.ties:
        own.append(func.coalesce(Ticket.lead_unit_id, 0).in_(of("own_units")))
    return or_(*own)
