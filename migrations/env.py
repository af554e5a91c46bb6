"""How a migration runs, on both databases. Alembic loads this file; `flask db` is the way in.

One transaction for each step, nothing by halves. Two traps of SQLite are met here (stack.md §0, 4):
rebuilding a table while foreign keys are watched deletes the rows that point to it, so they are not
watched meanwhile and every reference is checked before the step is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger, Connection

from liaison.core.db import Base, Moment, db

HEAD = Path(__file__).parent / ".head"
ONE_AT_A_TIME = 7_305_466  # any number: the advisory lock of two web machines that start together


def run() -> None:
    with db.engine.connect() as connection:
        try:
            with _prepared(connection):
                _configure(connection)
                with context.begin_transaction():
                    context.run_migrations()
        finally:
            connection.invalidate()  # its settings are for migrations only


def _configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite changes constraints only by rebuilding the table
        transactional_ddl=True,
        transaction_per_migration=True,
        compare_type=True,
        render_item=_render,
        on_version_apply=_check_references,
        process_revision_directives=_number,
    )


@contextmanager
def _prepared(connection: Connection) -> Iterator[None]:
    """Timeouts and a lock on PostgreSQL (safety.md G-21); foreign keys unwatched on SQLite."""
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.execute("PRAGMA foreign_keys=OFF")
    else:
        cursor.execute("SET lock_timeout = 0")
        cursor.execute(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
        cursor.execute("SET lock_timeout = '4s'; SET statement_timeout = '5s'")
        connection.connection.commit()
    cursor.close()
    yield


def _check_references(ctx: Any, **_step: Any) -> None:
    if ctx.dialect.name == "sqlite":
        lost = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"this step leaves rows that point nowhere: {lost[:10]}")


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Our column types in SQLAlchemy's words: an old migration must not change with the code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, BigInteger):
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


def _number(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """The next number in reading order, and the note in .head on which two branches collide in git."""
    for script in directives:
        script.rev_id = f"{int(HEAD.read_text() or 0) + 1:04d}"
        HEAD.write_text(script.rev_id + "\n")


run()
