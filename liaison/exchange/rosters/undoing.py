"""撤销: an import taken back within seven days, row by row; what something later stands on stays, and says so.

Restored are the columns that the import changed, and added rows go; only the counter of changes of a row
(`version`) goes on, because a restored row was changed once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, literal, select, union_all, update

from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import Base, db, run, table
from liaison.core.errors import Conflict
from liaison.exchange.models import RosterChange, RosterImport
from liaison.exchange.rosters import writing
from liaison.exchange.rosters.packing import packed, unpacked
from liaison.exchange.rosters.shelves import SHELVES
from liaison.people.actor import Actor
from liaison.programmes.actions import progress
from liaison.programmes.derived import DERIVED

KEPT = timedelta(days=7)
MADE_ANEW = {table(one) for one in DERIVED}  # nothing stands on a row because we have counted from it
Place = tuple[str, int]  # table and key of a row


@dataclass(frozen=True)
class Look:
    """What taking an import back would do: the changes that go back, and those that stay, each with the reason.

    A change is a row of `RosterChange`, read as columns: there may be a hundred thousand.
    """

    back: list[Any]
    stay: list[tuple[Any, str]]


def may_undo(one: RosterImport) -> bool:
    return one.undone_at is None and clock.now() <= one.at + KEPT


def look(one: RosterImport) -> Look:
    """Reads only."""
    where = (RosterChange.import_id == one.id, RosterChange.is_undone.is_(False))
    changes = list(run(select(*table(RosterChange).c).where(*where).order_by(RosterChange.id)))
    reasons = _touched(changes)
    _stood_on(changes, reasons)
    stay = [(change, reasons[_place(change)]) for change in changes if _place(change) in reasons]
    return Look([change for change in changes if _place(change) not in reasons], stay)


def undo(one: RosterImport, actor: Actor) -> Look:
    """Take back what can be taken back. Conflict when it was undone before, or is too old. Commits nothing."""
    if not may_undo(one):
        raise Conflict(_("这次导入已经撤销过，或者超过了七天。"))
    mine = update(table(RosterImport)).where(
        table(RosterImport).c.id == one.id, table(RosterImport).c.undone_at.is_(None)
    )
    if run(mine.values(undone_at=clock.now(), undone_by_id=actor.id)).rowcount != 1:
        raise Conflict(_("这次导入已经撤销过，或者超过了七天。"))
    found = look(one)
    _restore([change for change in found.back if change.before is not None])
    _remove([change for change in found.back if change.before is None])
    for part in _parts([change.id for change in found.back]):
        run(update(table(RosterChange)).where(table(RosterChange).c.id.in_(part)).values(is_undone=True))
    audit.append(actor.id, "roster.undone", object=str(one.id), back=len(found.back), stayed=len(found.stay))
    db.session.expire_all()
    return found


def forget_old() -> int:
    """What an import changed is not kept longer than it can be undone. Commits nothing."""
    old = select(RosterImport.id).where(RosterImport.at < clock.now() - KEPT)
    return int(run(delete(table(RosterChange)).where(table(RosterChange).c.import_id.in_(old))).rowcount)


def _touched(changes: list[Any]) -> dict[Place, str]:
    """Rows that somebody changed since."""
    reasons: dict[Place, str] = {}
    by_table: dict[str, list[Any]] = defaultdict(list)
    for change in changes:
        by_table[change.of_table].append(change)
    for shelf, rows in by_table.items():
        now = {row["id"]: packed(row) for row in writing.rows_of(_model(shelf), [row.row_key for row in rows])}
        for change in rows:
            there = now.get(change.row_key)
            if there is None or any(there[name] != value for name, value in change.after.items()):
                reasons[_place(change)] = _("后来又改过")
    return reasons


def _stood_on(changes: list[Any], reasons: dict[Place, str]) -> None:
    """Added rows on which something else stands, again and again until no more are found."""
    mine = {_place(change): change for change in changes}
    stands = [stand for shelf in SHELVES for stand in _standing_on(shelf, changes)]
    before = -1
    while before != len(reasons):
        before = len(reasons)
        for on, by, column in stands:
            if on not in reasons and not _goes_too(mine.get(by), by in reasons, column, on):
                reasons[on] = _("已被%(what)s用到", what=_what(by[0]))


def _goes_too(change: Any, stays: bool, column: str, on: Place) -> bool:
    """Does what stands there go with the same undoing, or stand elsewhere after it?"""
    if change is None or stays:
        return False
    return change.before is None or change.before.get(column, on[1]) != on[1]


def _standing_on(shelf: str, changes: list[Any]) -> Iterator[tuple[Place, Place, str]]:
    """Whatever points to a row that the import added: that row, who points to it, by which column. One statement."""
    added = [change for change in changes if change.of_table == shelf and change.before is None]
    pointing = [
        (other.name, next(iter(other.primary_key.columns)), other.c[key.parent.name])
        for other in Base.metadata.sorted_tables
        if other not in MADE_ANEW
        for key in other.foreign_keys
        if key.column.table is table(_model(shelf))
    ]
    if not added or not pointing:
        return
    theirs = (RosterChange.import_id == added[0].import_id, RosterChange.of_table == shelf)
    keys = select(RosterChange.row_key).where(*theirs, RosterChange.before.is_(None))
    each = [
        select(literal(name).label("name"), literal(column.name).label("column"), own.label("by"), column.label("on"))
        .where(column.in_(keys))
        for name, own, column in pointing
    ]  # fmt: skip
    found: Sequence[Any] = run(union_all(*each)).all()
    yield from (((shelf, row.on), (row.name, row.by), row.column) for row in found)


def _restore(changes: list[Any]) -> None:
    groups: dict[tuple[str, tuple[str, ...]], list[Any]] = defaultdict(list)
    for change in changes:
        groups[change.of_table, tuple(sorted(change.after))].append(change)
    for (shelf, _columns), group in groups.items():
        model = _model(shelf)
        writing.update_rows(model, [(change.row_key, unpacked(model, change.before or {})) for change in group])


def _remove(changes: list[Any]) -> None:
    """The last first: what stands on another row was added after it."""
    for shelf in reversed(SHELVES):
        keys = sorted((change.row_key for change in changes if change.of_table == shelf), reverse=True)
        for part in _parts(keys):
            if shelf == "person":
                progress.forget(part)
            run(delete(table(_model(shelf))).where(table(_model(shelf)).c.id.in_(part)))


def _what(name: str) -> str:
    return {
        "ticket": _("事项"),
        "voice": _("事项"),
        "assignment": _("事项"),
        "contact": _("联系记录"),
        "post": _("任职"),
        "link": _("联系点"),
        "unit": _("下级单位"),
        "role_grant": _("角色"),
        "person": _("人员"),
        "sign_in": _("登录"),
    }.get(name, _("后来的记录"))


def _place(change: Any) -> Place:
    return change.of_table, change.row_key


def _model(shelf: str) -> type[Base]:
    return SHELVES[shelf].model


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(keys), writing.AT_ONCE):
        yield keys[at : at + writing.AT_ONCE]
