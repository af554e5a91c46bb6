"""The list of contacts, newest first, and what waits for a leader's word. Columns, not entities."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased

from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.queries.visible import ways
from liaison.core import clock
from liaison.core.db import db, run
from liaison.core.paging import BETWEEN, Page, page
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from liaison.programmes.words import ContactKind
from liaison.tickets.models import Voice
from workflows.contacts import State

SIZE = 25
SEPARATOR = "、"
WAITING = (State.TO_CONFIRM, State.CONFIRMED)  # confirmed by one leader, it may still wait for another
UNANSWERED = (ContactLeader.confirmed_at.is_(None), ContactLeader.declined_at.is_(None), Contact.state.in_(WAITING))
Filer = aliased(Person, name="filer")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def index(actor: Actor, asked: Mapping[str, str]) -> Page:
    """25 visible contacts, newest first; `asked` holds the filters of the address and the page key."""
    narrowed = _narrowed(asked)
    pages = [
        page(lines().where(way, *narrowed), [Contact.held_at, Contact.id], asked, size=SIZE, is_descending=True)
        for way in ways(actor)
    ]
    return pages[0] if len(pages) == 1 else _merged(pages, is_back=bool(asked.get("before")))


def _merged(pages: list[Page], *, is_back: bool) -> Page:
    """One page out of several of the same stretch: a contact may be visible in more than one way."""
    unique = {row.id: row for page in pages for row in page.rows}
    rows = sorted(unique.values(), key=lambda row: (row.held_at, row.id), reverse=True)
    kept, is_cut = (rows[-SIZE:] if is_back else rows[:SIZE]), len(rows) > SIZE
    has_before = any(page.before for page in pages) or (is_back and is_cut)
    has_after = any(page.after for page in pages) or (not is_back and is_cut)
    return Page(kept, _key(kept[0]) if has_before else None, _key(kept[-1]) if has_after else None)


def _key(row: Any) -> str:
    return f"{row.held_at}{BETWEEN}{row.id}"


def of_ids(ids: Collection[int]) -> Sequence[Any]:
    """These contacts, the oldest first. Whom a reader may see is asked by the caller."""
    wanted = lines().where(Contact.id.in_(ids)).order_by(Contact.held_at, Contact.id)
    return db.session.execute(wanted).all() if ids else []


def to_confirm(actor: Actor) -> Sequence[Any]:
    """What others filed for this leader and he has not yet answered; the oldest first, 25 at most."""
    return db.session.execute(_to_confirm(), {"person_id": actor.id}).all()


def number_to_confirm(actor: Actor) -> int:
    """How many those are, however many."""
    mine = select(func.count()).select_from(ContactLeader).join(Contact, Contact.id == ContactLeader.contact_id)
    return int(run(mine.where(ContactLeader.person_id == actor.id, *UNANSWERED)).scalar_one())


def all_to_confirm() -> Sequence[Any]:
    """The same for everybody, as numbers with their leader; the oldest first."""
    wanted = select(ContactLeader.person_id, Contact.number).join(Contact, Contact.id == ContactLeader.contact_id)
    return db.session.execute(wanted.where(*UNANSWERED).order_by(Contact.held_at, Contact.id)).all()


@cache
def _to_confirm() -> Any:
    waits = (ContactLeader.person_id == bindparam("person_id"), *UNANSWERED)
    return (
        lines()
        .add_columns(Contact.version, Filer.name.label("filer"))
        .join(ContactLeader, ContactLeader.contact_id == Contact.id)
        .join(Filer, Filer.id == Contact.filed_by_id)
        .where(*waits)
        .order_by(Contact.held_at, Contact.id)
        .limit(SIZE)
    )


@cache
def lines() -> Any:
    """The columns a row of any list shows; `leaders` and `voices` are counted in the same statement."""
    voices = select(func.count()).where(Voice.contact_id == Contact.id, Voice.extract_of_id.is_(None))
    return select(
        Contact.id,
        Contact.number,
        Contact.held_at,
        Contact.state,
        Contact.kind,
        Contact.second_kind,
        Contact.channel,
        Contact.is_late,
        Contact.place_id,
        func.coalesce(Unit.name, Contact.place_text).label("place"),
        _leaders().label("leaders"),
        voices.scalar_subquery().label("voices"),
    ).outerjoin(Unit, Unit.id == Contact.place_id)


def _leaders() -> Any:
    """The names of those who took part, in one text."""
    part = aliased(ContactLeader)
    names = func.aggregate_strings(cast(Person.name, String), SEPARATOR)
    wanted = select(names).join(part, part.person_id == Person.id)
    return wanted.where(part.contact_id == Contact.id, part.declined_at.is_(None)).scalar_subquery()


def _narrowed(asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """What the address asks for; words that mean nothing are passed over."""
    conditions: list[ColumnElement[bool]] = [Contact.state != State.PLANNED]  # those are no records yet
    if asked.get("kind") in set(ContactKind):
        kind = ContactKind(asked["kind"])
        conditions.append(or_(Contact.kind == kind, Contact.second_kind == kind))
    first = first_day(asked.get("month", ""))
    if first:
        following = (first + timedelta(days=31)).replace(day=1)
        conditions += [Contact.held_at >= clock.moment(first), Contact.held_at < clock.moment(following)]
    return conditions


def first_day(month: str) -> date | None:
    """The first day of 2026-11; None for what is no month."""
    year, _, number = month.partition("-")
    try:
        first = date(int(year), int(number), 1)
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None
