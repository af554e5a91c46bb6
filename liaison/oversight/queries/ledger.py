"""台账: one row per ticket this person may see, row by row from the database; orders likewise (domain.md §5.4).

A restricted matter shows its number and its dates, never its title, place, category or unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from liaison.core import clock
from liaison.core.db import db, run
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.tickets.models import Category, Ticket
from liaison.tickets.queries import orders as of_orders
from liaison.tickets.queries.visible import alike, given, visible

AT_ONCE = 2000
Place, Lead = aliased(Unit), aliased(Unit)
COLUMNS = (
    "number confidentiality stage state kind title voice_count told_count raised_at dispatched_at due_at"
    " original_due_at outcome handled_at checked closed_at episode"
).split()


def tickets(actor: Actor, first: date, last: date) -> Select[Any]:
    """Raised on these days, in the order of filing."""
    named = (Category.name.label("category"), Place.name.label("place"), Lead.name.label("unit"))
    wanted = (
        select(*(getattr(Ticket, name) for name in COLUMNS), *named)
        .outerjoin(Category, Category.id == Ticket.category_id)
        .outerjoin(Place, Place.id == Ticket.place_id)
        .outerjoin(Lead, Lead.id == Ticket.lead_unit_id)
        .where(Ticket.raised_at >= clock.moment(first), Ticket.raised_at < clock.end_of(last), visible(alike(actor)))
    )
    return wanted.order_by(Ticket.id)


def orders(actor: Actor, first: date, last: date) -> Select[Any]:
    """督办单 proposed on these days, as far as this person sees them."""
    return of_orders.between(actor, clock.moment(first), clock.end_of(last))  # type: ignore[no-any-return]


def number(wanted: Select[Any], actor: Actor) -> int:
    """How many rows there will be."""
    counted = wanted.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return int(run(counted, given(actor)).scalar_one())


def each(wanted: Select[Any], actor: Actor) -> Iterator[Any]:
    """Past the mapper, with an open cursor: the memory does not grow with the rows."""
    options = {"yield_per": AT_ONCE}
    with db.session.connection().execute(wanted, given(actor), execution_options=options) as rows:
        yield from rows
