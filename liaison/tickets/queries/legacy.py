"""历史台账: to be read and searched by whom its matters would concern today. No other query knows the table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, true

from liaison.access import Action, Scope
from liaison.core.db import run
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.tickets.models import LegacyTicket
from liaison.tickets.queries.filters import LONGEST, escaped
from liaison.tickets.queries.lists import COUNT_CAP, SIZE
from liaison.tickets.queries.visible import Alike, alike, given, of

L = LegacyTicket
COLUMNS = (L.id, L.number, L.received_on, L.text, L.category, L.unit, L.ended_on, L.outcome, L.source)
SEARCHED = (L.text, L.number, L.unit, L.category, L.source)
FOUND = or_(*(column.ilike(bindparam("words"), escape="/") for column in SEARCHED))


def page(actor: Actor, words: str, asked: Mapping[str, str]) -> Page:
    """The newest first; with words those that hold them."""
    return _listing(alike(actor), bool(words)).page(asked, {**given(actor), **_said(words)})


def count(actor: Actor, words: str) -> int:
    """How many hold the words; counted to COUNT_CAP at most."""
    return int(run(_count(alike(actor)), {**given(actor), **_said(words)}).scalar_one())


def _said(words: str) -> dict[str, str]:
    return {"words": f"%{escaped(words[:LONGEST])}%"}


@cache
def _listing(who: Alike, is_searched: bool) -> Listing:
    wanted: Any = select(*COLUMNS).where(_visible(who), FOUND if is_searched else true())
    return Listing(wanted, [L.received_on, L.id], size=SIZE, is_descending=True)


@cache
def _count(who: Alike) -> Any:
    capped = select(L.id).where(_visible(who), FOUND).limit(COUNT_CAP).subquery()
    return select(func.count()).select_from(capped)


def _visible(who: Alike) -> ColumnElement[bool]:
    """The office and whoever reads every normal ticket; others what their own units, or those they supervise, did."""
    if who.may_see(Action.VIEW_TICKETS, Scope.NORMAL):
        return true()
    ties = [name for name in ("worked", "supervised") if name in who.ties]
    return or_(L.id.is_(None), *(L.unit_id.in_(of(name)) for name in ties))
