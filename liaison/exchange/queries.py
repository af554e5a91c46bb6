"""What an import must know: how places and categories are called here, and which files came before."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import or_, select

from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.models import ImportBatch, RosterImport
from liaison.people.models import Person, RoleGrant, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from liaison.tickets.models import Category

RECENT = 10


def place_finder() -> Callable[[str], int | None]:
    """Name, other name or code of an open unit → its key; a name that means two places is not known."""
    wanted = select(Unit.id, Unit.name, Unit.code, Unit.aliases).where(
        or_(Unit.closed_on.is_(None), Unit.closed_on > clock.today())
    )
    known: dict[str, int | None] = {}
    for row in db.session.execute(wanted):
        for name in {_plain(name) for name in (row.name, row.code, *row.aliases.split())}:
            known[name] = row.id if name not in known else None
    return lambda name: known.get(_plain(name))


def category_finder() -> Callable[[str], int | None]:
    """Name or code of a category → its key."""
    rows = db.session.execute(select(Category.id, Category.code, Category.name, Category.name_en)).all()
    known = {_plain(name): row.id for row in rows for name in (row.code, row.code.lstrip("0"), row.name, row.name_en)}
    return lambda name: known.get(_plain(name))


def earlier(digest: str) -> Any | None:
    """When and by whom this very file was imported before: at, name, row_count."""
    wanted = select(ImportBatch.at, Person.name, ImportBatch.row_count).join(Person, Person.id == ImportBatch.by_id)
    return db.session.execute(wanted.where(ImportBatch.digest == digest)).one_or_none()


def recent() -> Sequence[Any]:
    """The last imports, newest first."""
    wanted = select(ImportBatch.at, Person.name, ImportBatch.row_count).join(Person, Person.id == ImportBatch.by_id)
    return db.session.execute(wanted.order_by(ImportBatch.id.desc()).limit(RECENT)).all()


def first_clerk() -> str | None:
    """Login of the clerk in whose name a command files where nobody is named."""
    clerks = select(Person.login).join(RoleGrant, RoleGrant.person_id == Person.id)
    active = clerks.where(RoleGrant.role == Role.CLERK, valid(RoleGrant, clock.today()), Person.is_active)
    return db.session.scalar(active.order_by(Person.id).limit(1))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()


def recent_rosters() -> Sequence[Any]:
    """The last imports of rosters, newest first: id, at, name, counts, undone_at."""
    columns = (RosterImport.id, RosterImport.at, Person.name, RosterImport.counts, RosterImport.undone_at)
    wanted = select(*columns).join(Person, Person.id == RosterImport.by_id)
    return db.session.execute(wanted.order_by(RosterImport.id.desc()).limit(RECENT)).all()
