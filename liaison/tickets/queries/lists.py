"""Lists of tickets: columns instead of entities, pages by key, one statement each (stack.md §5).

A statement is built once for all who are alike and ask for the same filters; values come in as parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select, union
from sqlalchemy.orm import aliased

from liaison.core.db import run
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.tickets.models import Ticket
from liaison.tickets.queries import filters
from liaison.tickets.queries.visible import Alike, alike, given, visible, ways

SIZE = 25
COUNT_CAP = 1000  # «1000+»: an exact count of everything costs more than it tells
Place, Lead = aliased(Unit), aliased(Unit)


def rows() -> Any:
    """The columns a row of any list shows."""
    return (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.title,
            Ticket.state,
            Ticket.stage,
            Ticket.confidentiality,
            Ticket.is_urgent,
            Ticket.is_hot,
            Ticket.is_open,
            Ticket.voice_count,
            Ticket.next_due_at,
            Ticket.state_since,
            Ticket.raised_at,
            Ticket.closed_at,
            Ticket.told_count,
            Ticket.waits_since,
            Ticket.handled_at,
            Ticket.limit_class,
            Ticket.rule_version,
            Ticket.is_due_provisional,
            Ticket.lead_unit_id,
            Place.name.label("place"),
            Lead.name.label("unit"),
        )
        .outerjoin(Place, Place.id == Ticket.place_id)
        .outerjoin(Lead, Lead.id == Ticket.lead_unit_id)
    )


def index(actor: Actor, asked: Mapping[str, str]) -> Page:
    """Tickets the actor may see, newest first; `asked` holds the filters of the address and the page key.

    With filters the page knows its total, counted to COUNT_CAP at most.
    """
    conditions, values = filters.read(asked)
    who, known = alike(actor), {**given(actor), **values}
    found = _listing(who, conditions).page(asked, known)
    if not conditions:
        return found
    is_whole = not (found.before or found.after)
    total = len(found.rows) if is_whole else int(run(_count(who, conditions), known).scalar_one())
    return replace(found, total=total)


def from_contact(actor: Actor, contact_id: int) -> Sequence[Any]:
    """The tickets a contact gave rise to, as far as this actor may see them."""
    return run(_of_contact(alike(actor)), {**given(actor), "contact": contact_id}).all()


@lru_cache(maxsize=500)
def _listing(who: Alike, conditions: filters.Conditions) -> Listing:
    """By number of the row, which is the order of filing; a term is a stretch of days, so it is read by day."""
    if _has(filters.TERM, conditions):
        by_day = rows().where(visible(who), *conditions)
        return Listing(by_day, [Ticket.raised_at, Ticket.id], size=SIZE, is_descending=True)
    if _is_walked_once(who, conditions):
        return Listing(rows().where(visible(who), *conditions), [Ticket.id], size=SIZE, is_descending=True)
    each = [way.and_also(*conditions) for way in ways(who)]
    return Listing(rows(), [Ticket.id], size=SIZE, is_descending=True, ways=each)


@lru_cache(maxsize=500)
def _count(who: Alike, conditions: filters.Conditions) -> Any:
    if _has(filters.TERM, conditions) or _is_walked_once(who, conditions):
        capped = select(Ticket.id).where(visible(who), *conditions).limit(COUNT_CAP).subquery()
        return select(func.count()).select_from(capped)
    each = [select(way.key.label("key")).where(way.and_also(*conditions).condition) for way in ways(who)]
    found = union(*(select(one.limit(COUNT_CAP).subquery().c.key) for one in each)).limit(COUNT_CAP).subquery()
    return select(func.count()).select_from(found)


def _is_walked_once(who: Alike, conditions: filters.Conditions) -> bool:
    """Everything is visible, or words are searched, which is too dear to be done for every way."""
    return not ways(who) or _has(filters.TEXT, conditions)


def _has(wanted: Any, conditions: filters.Conditions) -> bool:
    return any(one is wanted for one in conditions)  # == between conditions makes a third one


@lru_cache(maxsize=100)
def _of_contact(who: Alike) -> Any:
    return rows().where(Ticket.contact_id == bindparam("contact"), visible(who)).order_by(Ticket.id)
