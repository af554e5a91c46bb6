"""What the dashboard needs beside its world: names in one statement, and earlier periods counted where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import run
from liaison.oversight.figures.scope import Scope
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.tickets.models import Category, Ticket, TicketEvent
from liaison.tickets.queries.visible import alike, given, visible
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Kind

S = State
OUTSIDE = {S.MERGED, S.SPLIT, S.REDIRECTED, S.HANDED_OFF, S.WITHDRAWN}
ANSWERED = {S.FEEDBACK_PENDING, S.FEEDBACK_GIVEN, S.CALLBACK, S.CLOSED}  # the states that follow a final answer


@dataclass(frozen=True)
class Counted:
    """A cohort on its day: how many, how many with a final answer, how many shut."""

    scope: Scope
    tickets: int
    answered: int
    closed: int


def names(places: Iterable[int], tickets: Iterable[int], actor: Actor) -> dict[str, dict[int, str]]:
    """Names by sort and key: `unit`, `category`, `place`, each in its order; `ticket`: titles of those he may see."""
    asked = (
        _named("category", Category.id, Category.name, Category.id),
        _named("unit", Unit.id, Unit.name, Unit.order).where(Unit.can_receive_tickets),
        _named("place", Unit.id, Unit.name, Unit.order).where(Unit.id.in_(set(places))),
        _named("ticket", Ticket.id, Ticket.title, Ticket.id).where(Ticket.id.in_(set(tickets)), visible(alike(actor))),
    )
    found: dict[str, dict[int, str]] = defaultdict(dict)
    every = union_all(*asked).subquery()
    for row in run(select(every).order_by(every.c.sort, every.c.place, every.c.id), given(actor)):
        found[row.sort][row.id] = row.name
    return found


def _named(sort: str, key: Any, name: Any, place: Any) -> Select[Any]:
    return select(literal(sort).label("sort"), key.label("id"), name.label("name"), place.label("place"))


def begun(today: date) -> Sequence[Any]:
    """First and last day of the term that began last, and of the one before; calendars reach years ahead."""
    wanted = select(Term.first_monday, Term.last_day).where(Term.first_monday <= today)
    return run(wanted.order_by(Term.first_monday.desc()).limit(2)).all()


def counted(scopes: Sequence[Scope], units: Collection[int] | None = None) -> list[Counted]:
    """Each cohort as it stood on its own day, by the last move made until then. `units`: of these leads only."""
    whose: list[ColumnElement[bool]] = []
    if units is not None:
        whose = [Ticket.lead_unit_id.in_(units), Ticket.confidentiality == Confidentiality.NORMAL]
    each = [_states(n, scope, whose) for n, scope in enumerate(scopes)]
    found: dict[int, dict[State, int]] = defaultdict(dict)
    for row in run(union_all(*each)) if each else ():
        if row.state is not None:  # else it had no event yet; asked here, for PostgreSQL would look everything up twice
            found[row.which][row.state] = row.number
    return [_counted(scope, found[n]) for n, scope in enumerate(scopes)]


def _states(which: int, scope: Scope, whose: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """How many tickets raised in a period stood in which state at the end of its day; now, while it lasts."""
    last: Any = Ticket.state if scope.cut_off > clock.now() else _last_state(scope)
    raised = (Ticket.raised_at >= scope.begin, Ticket.raised_at < scope.end, Ticket.kind != Kind.PRAISE, *whose)
    stood = select(last.label("state")).where(*raised).subquery()
    columns = (literal(which).label("which"), stood.c.state, func.count().label("number"))
    return select(*columns).group_by(stood.c.state)


def _last_state(scope: Scope) -> Any:
    return (
        select(TicketEvent.to_state)
        .where(TicketEvent.ticket_id == Ticket.id, TicketEvent.at < scope.cut_off)
        .order_by(TicketEvent.seq.desc())
        .limit(1)
        .correlate(Ticket)
        .scalar_subquery()
    )


def _counted(scope: Scope, states: Mapping[State, int]) -> Counted:
    tickets = sum(n for state, n in states.items() if state not in OUTSIDE)
    answered = sum(n for state, n in states.items() if state in ANSWERED)
    return Counted(scope, tickets, answered, states.get(S.CLOSED, 0))
