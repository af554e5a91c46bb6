"""The database: one Base, column types, and an engine set up the same way everywhere.

SQLite and PostgreSQL behave alike here: foreign keys on, UTC moments, one writer at a time
where a request writes (safety.md R8). Measured reasons are in stack.md §0 and safety.md §4.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    CompoundSelect,
    DateTime,
    Dialect,
    Enum,
    Executable,
    Integer,
    MetaData,
    Select,
    Table,
    TypeDecorator,
    any_,
    bindparam,
    event,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, CursorResult, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def _check_name(constraint: CheckConstraint, _table: Table) -> str:
    """A rule has its own name; the check of a word list is called after its column, as one table may
    hold the same list twice (PostgreSQL refuses two constraints of one name)."""
    columns = list(constraint.columns)
    return columns[0].name if constraint._type_bound and columns else str(constraint.name)  # noqa: SLF001 (no public way)


NAMES: dict[str, Any] = {  # so that every constraint can be named in a migration, on both databases
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(own_constraint_name)s",
    "own_constraint_name": _check_name,
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only for INTEGER keys


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Row:
    """Mixin: every table has one whole-number key."""

    id: Mapped[int] = mapped_column(Key, primary_key=True)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment. A naive one is refused: it would mean another hour elsewhere."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """In one step: a page of figures reads tens of thousands of moments."""
        return _moment_of_text if dialect.name == "sqlite" else _moment


def _moment_of_text(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(f"{stored}+00:00")


def _moment(stored: datetime | None) -> datetime | None:
    return None if stored is None else stored.astimezone(UTC)


def choice(words: type[StrEnum]) -> Enum:
    """A column type that stores the English value of a word and is checked by the database."""
    longest = max(len(word.value) for word in words)
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=max(longest, 24),
        values_callable=lambda them: [word.value for word in them],
        name=words.__name__.lower(),
    )


db: SQLAlchemy = SQLAlchemy(model_class=Base, disable_autonaming=True)

_writing: ContextVar[bool] = ContextVar("writing", default=True)


def run(statement: Executable, given: Mapping[str, Any] | list[Mapping[str, Any]] | None = None) -> CursorResult[Any]:
    """One statement in the transaction of the session, past its bookkeeping of entities.

    For columns that are read and rows that are written: it costs half of `db.session.execute`. What is pending
    is written first; entities loaded before stay as they were.
    """
    db.session.flush()
    return db.session.connection().execute(statement, given)


def among(keys: Iterable[int]) -> Select[Any]:
    """For `.in_`: any number of keys as one value, where a list would pass the limit of parameters."""
    given = literal(json.dumps(list(keys)))
    if db.engine.dialect.name == "sqlite":
        return select(func.json_each(given).table_valued("value").c.value)
    return select(sql_cast(func.json_array_elements_text(sql_cast(given, JSON)).column_valued(), BigInteger))


def one_of(column: Any, keys: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Is it one of these keys: read through the index of the column in one walk, however many there are.

    For `IN` PostgreSQL goes down the index anew for each key, or reads the whole table where it expects many.
    """
    if db.engine.dialect.name == "sqlite":
        return cast(ColumnElement[bool], column.in_(keys))
    return cast(ColumnElement[bool], column == any_(func.array(keys.scalar_subquery(), type_=ARRAY(BigInteger))))


def add(model: type[Base], *rows: Mapping[str, Any]) -> None:
    """Write rows into a model's table: columns and values. The statement is built once."""
    run(_adding(model), list(rows) if len(rows) > 1 else rows[0])


def add_one(model: type[Base], row: Mapping[str, Any]) -> int:
    """Write one row and return its key."""
    return int(run(_adding_one(model), row).scalar_one())


def add_each(model: type[Base], rows: list[Mapping[str, Any]]) -> list[int]:
    """Write rows with the same columns and return their keys, in their order."""
    return list(run(_adding_each(model), rows).scalars())


def insert_or(model: type[Base], dialect: str = "") -> Any:
    """An INSERT that may say what to do `on_conflict_…`. `dialect`: for a statement that is built once and kept."""
    return _INSERTS[dialect or db.engine.dialect.name](table(model))


_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def change(model: type[Base], key: int, **columns: Any) -> None:
    """Change columns of the row with this key."""
    run(_changing(model), {"this_row": key, **columns})


@cache
def _adding(model: type[Base]) -> Any:
    return insert(table(model))


@cache
def _adding_one(model: type[Base]) -> Any:
    return insert(table(model)).returning(table(model).c.id)


@cache
def _adding_each(model: type[Base]) -> Any:
    return insert(table(model)).returning(table(model).c.id, sort_by_parameter_order=True)


@cache
def _changing(model: type[Base]) -> Any:
    return update(table(model)).where(table(model).c.id == bindparam("this_row"))


def table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def read_only(value: bool) -> None:
    """Say whether the transactions of this request only read (GET) or write."""
    _writing.set(not value)


@contextmanager
def writing() -> Iterator[None]:
    """A write of its own inside a request that otherwise reads: a look recorded, a session kept alive.

    Ends the reading transaction first (SQLite cannot turn a read into a write safely) and commits.
    """
    db.session.rollback()
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """A long look inside a job that otherwise writes: nobody's write waits for it. What was pending is lost."""
    db.session.rollback()
    token = _writing.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        _writing.reset(token)


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "secure_delete=ON",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def engine_options(url: str) -> dict[str, Any]:
    """Pool and server settings for a database address."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 5}}
    return {
        "pool_pre_ping": False,
        "pool_size": 8,
        "connect_args": {
            "options": "-c timezone=UTC -c lock_timeout=4000 -c statement_timeout=15000"
            " -c idle_in_transaction_session_timeout=30000"
        },
    }
