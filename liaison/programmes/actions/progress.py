"""Keep lines: what is stored becomes what was judged, row by row, and only where something differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, false, insert, literal, select, update

from liaison.core.clock import now
from liaison.core.db import Base, Moment, add, db, insert_or, run, table
from liaison.programmes.derived import DERIVED, Credit, Progress, ProgressChange, ProgressState
from liaison.programmes.reckoning import Line
from liaison.programmes.stored import credit_rows, row_of

Columns = Mapping[Any, Any]
DATED = ("person_id", "code", "period_key", "first_on", "last_on", "required", "done")


def claim(marks: Mapping[int, str], academic_year: str) -> None:
    """Say of which facts the lines of these people will be made. Call it before their contacts are read.

    The rows stay locked to the end of the transaction: of two contacts filed at once for one person the second
    waits, and then sees the first. In the order of keys, so that nobody waits for each other.
    """
    at = now()
    rows: list[Mapping[str, Any]] = [
        {"person_id": one, "academic_year": academic_year, "mark": marks[one], "computed_at": at}
        for one in sorted(marks)
    ]
    if rows:
        run(_claiming(db.engine.dialect.name), rows)


def keep(lines_of: Mapping[int, list[Line]], keys: Collection[str]) -> None:
    """Make the stored lines and credits of these people, within these periods, equal to the given ones."""
    ids = list(lines_of)
    lines = [row_of(one, line) for one in ids for line in lines_of[one]]
    credited = [row for one in ids for row in credit_rows(one, lines_of[one])]
    _replace(Credit, ("contact_id", "person_id", "requirement_id"), credited, ids, keys)
    before, after = _replace(Progress, ("person_id", "code", "period_key"), lines, ids, keys)
    _date(before, after)


def _replace(
    model: type[Base], key: tuple[str, ...], wanted: list[dict[str, Any]], ids: list[int], keys: Collection[str]
) -> tuple[dict[Any, Columns], dict[Any, Columns]]:
    """One statement to read; then at most one each to delete, change and add. What stood by key, and what stands."""
    columns = table(model).c
    mine = select(*columns).where(columns.person_id.in_(ids), columns.period_key.in_(sorted(keys)))
    there: dict[Any, Columns] = {_key(row, key): row for row in run(mine).mappings()}
    target: dict[Any, Columns] = {_key(row, key): row for row in wanted}
    gone = [row["id"] for one, row in there.items() if one not in target]
    changed: list[Mapping[str, Any]] = [
        {**row, "this_row": there[one]["id"]}
        for one, row in target.items()
        if one in there and _differ(row, there[one])
    ]
    fresh: list[Mapping[str, Any]] = [row for one, row in target.items() if one not in there]
    if gone:
        run(delete(table(model)).where(columns.id.in_(gone)))
    if changed:
        run(_changing(model, tuple(changed[0])), changed)
    if fresh:
        run(_adding(model, key, db.engine.dialect.name), fresh)
    return there, target


def _date(before: Mapping[Any, Columns], after: Mapping[Any, Columns]) -> None:
    """Write down from when on a line stands as it does, where its count is another one."""
    changed = [(row, True) for key, row in after.items() if key not in before or _counts(row) != _counts(before[key])]
    gone = [(row, False) for key, row in before.items() if key not in after]
    if rows := [_dated(row, is_there) for row, is_there in [*changed, *gone]]:
        add(ProgressChange, *rows)


def _counts(row: Columns) -> tuple[Any, ...]:
    return row["required"], row["done"]


def _dated(row: Columns, is_there: bool) -> dict[str, Any]:
    return {name: row[name] for name in DATED} | {"is_there": is_there, "at": now()}


def _key(row: Columns, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _differ(wanted: Columns, there: Columns) -> bool:
    return any(there[name] != value for name, value in wanted.items())


@cache
def _changing(model: type[Base], names: tuple[str, ...]) -> Any:
    values: dict[str, Any] = {name: bindparam(name) for name in names if name != "this_row"}
    return update(table(model)).where(table(model).c.id == bindparam("this_row")).values(values)


@cache
def _adding(model: type[Base], key: tuple[str, ...], dialect: str) -> Any:
    """A credit that is there in another year moves: the contact has another day now, or the year another border."""
    wanted = insert_or(model, dialect)
    others = {one.name: one for one in wanted.excluded if one.name not in {*key, "id"}}
    return wanted.on_conflict_do_update(index_elements=key, set_=others)


@cache
def _claiming(dialect: str) -> Any:
    wanted = insert_or(ProgressState, dialect)
    renewed = {"mark": wanted.excluded.mark, "computed_at": wanted.excluded.computed_at}
    return wanted.on_conflict_do_update(index_elements=["person_id", "academic_year"], set_=renewed)


def forget(person_ids: Collection[int] | None = None) -> None:
    """Take away everything derived of these people (None: of everybody), so that it is made from nothing, or so that
    they may go. What stood on earlier days stays written down."""
    columns = table(Progress).c
    gone = select(*(columns[name] for name in DATED), false(), literal(now(), Moment)).where(*_of(Progress, person_ids))
    run(insert(table(ProgressChange)).from_select([*DATED, "is_there", "at"], gone))
    for model in DERIVED:
        run(delete(table(model)).where(*_of(model, person_ids)))


def _of(model: type[Base], person_ids: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if person_ids is None else [table(model).c.person_id.in_(person_ids)]
