"""What the process view is mined from: the events of a period, grouped by the database; three statements.

Restricted and sealed matters are left out: their roads are few, and few can be told apart (rulings §13).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from liaison.core.db import run
from liaison.oversight.figures.scope import Scope
from liaison.tickets.models import Ticket, TicketEvent
from workflows.ticket_words import Confidentiality

BETWEEN = ">"
Units = Collection[int] | None


class chinese_day(GenericFunction[Any]):  # noqa: N801 – named as it is called in SQL
    """The Chinese day of a moment, so that the database can count by it."""

    type = Date()
    inherit_cache = True


@compiles(chinese_day, "sqlite")
def _of_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    return f"date({compiler.process(element.clauses, **given)}, '+8 hours')"


@compiles(chinese_day, "postgresql")
def _of_postgresql(element: Any, compiler: Any, **given: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **given)} AT TIME ZONE 'Asia/Shanghai' AS DATE)"


def stays(scope: Scope, units: Units = None) -> Sequence[Any]:
    """How many came from where into which state on which day, and left it on which: grouped."""
    changes = _changes(scope, units).subquery()
    came_on, left_on = chinese_day(changes.c.at).label("came_on"), chinese_day(changes.c.left_at).label("left_on")
    group = (changes.c.from_state, changes.c.to_state, changes.c.is_urgent, came_on, left_on)
    return run(select(*group, func.count().label("n")).group_by(*group)).all()


def paths(scope: Scope, units: Units, most: int) -> tuple[Sequence[Any], int]:
    """The most frequent sequences of states of matters raised in the period; and how many matters there were."""
    changes = _changes(scope, units, with_next=False).subquery()
    whole = func.aggregate_strings(changes.c.to_state, BETWEEN).over(
        partition_by=changes.c.ticket_id, order_by=changes.c.seq, rows=(None, None)
    )
    each = select(whole.label("path"), changes.c.from_state).subquery()
    counted = select(each.c.path, func.count().label("n"), func.sum(func.count()).over().label("raised"))
    wanted = counted.where(each.c.from_state.is_(None)).group_by(each.c.path)  # it came into being in the period
    rows = run(wanted.order_by(func.count().desc(), each.c.path).limit(most)).all()
    return rows, int(rows[0].raised) if rows else 0


def moves(scope: Scope, names: Sequence[str], units: Units = None) -> Sequence[Any]:
    """How often these moves were made, on how many matters."""
    within = (TicketEvent.at >= scope.begin, TicketEvent.at < scope.end)
    counted = select(
        TicketEvent.move,
        func.count().label("times"),
        func.count(TicketEvent.ticket_id.distinct()).label("tickets"),
    ).join(Ticket, Ticket.id == TicketEvent.ticket_id)
    return run(counted.where(*within, TicketEvent.move.in_(names), *_of(units)).group_by(TicketEvent.move)).all()


def _changes(scope: Scope, units: Units, *, with_next: bool = True) -> Select[Any]:
    """Every change of state in the period; `with_next`: with the moment of the next one of the same matter."""
    left_at: Any = func.lead(TicketEvent.at).over(partition_by=TicketEvent.ticket_id, order_by=TicketEvent.seq)
    changed = or_(TicketEvent.from_state.is_(None), TicketEvent.from_state != TicketEvent.to_state)
    return (
        select(
            TicketEvent.ticket_id,
            TicketEvent.seq,
            TicketEvent.at,
            TicketEvent.from_state,
            TicketEvent.to_state,
            Ticket.is_urgent,
            *([left_at.label("left_at")] if with_next else []),
        )
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(TicketEvent.at >= scope.begin, TicketEvent.at < scope.end, changed, *_of(units))
    )


def _of(units: Units) -> tuple[ColumnElement[bool], ...]:
    ordinary = Ticket.confidentiality == Confidentiality.NORMAL
    return (ordinary,) if units is None else (ordinary, Ticket.lead_unit_id.in_(units))
