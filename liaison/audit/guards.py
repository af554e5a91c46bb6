"""What the database itself refuses: changing or removing rows of an append-only table (safety.md R35).

The statements are the same for `create_all` and for the migrations, which run them one by one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, event

NOBODY_YET = "0" * 64  # what stands before the first row of the chain


def append_only(table: str, key: str = "id") -> dict[str, list[str]]:
    """The statements that make a table append-only, per dialect (`sqlite`, `postgresql`).

    They also refuse INSERT OR REPLACE on SQLite and TRUNCATE on PostgreSQL: both remove rows
    without a DELETE.
    """
    return {"sqlite": _sqlite(table, key), "postgresql": _postgresql(table)}


def never_changed(table: str) -> dict[str, list[str]]:
    """The statements after which rows of a table are added or removed as a whole, never changed."""
    return {"sqlite": _sqlite(table, "id")[:1], "postgresql": _postgresql_unchanged(table)}


def follow_head() -> dict[str, list[str]]:
    """The head of the chain is born with its table and moves with every new row: no second statement needed."""
    born = f"INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '{NOBODY_YET}')"  # noqa: S608 – a constant
    move = "UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1;"
    trigger = "CREATE TRIGGER audit_row_moves_head AFTER INSERT ON audit_row"
    body = f"AS $$ BEGIN {move} RETURN NULL; END $$ LANGUAGE plpgsql"
    return {
        "sqlite": [born, f"{trigger} BEGIN {move} END"],
        "postgresql": [
            born,
            f"CREATE OR REPLACE FUNCTION move_audit_head() RETURNS trigger {body}",
            f"{trigger} FOR EACH ROW EXECUTE FUNCTION move_audit_head()",
        ],
    }


def run_after_create(table: Table, statements: dict[str, list[str]]) -> None:
    """Run the statements whenever `create_all` makes the table."""

    def run(_table: Any, connection: Connection, **_kw: Any) -> None:
        for statement in statements[connection.dialect.name]:
            connection.exec_driver_sql(statement)

    event.listen(table, "after_create", run)


def _sqlite(table: str, key: str) -> list[str]:
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 – names of ours, no input
    refusal = f"SELECT RAISE(ABORT, '{table} is append-only')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refusal}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refusal}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} BEGIN {refusal}; END",
    ]


_REFUSAL = "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'"
_REFUSE = f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN {_REFUSAL}; END $$ LANGUAGE plpgsql"


def _postgresql_unchanged(table: str) -> list[str]:
    run = "EXECUTE FUNCTION refuse_change()"
    return [_REFUSE, f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {run}"]


def _postgresql(table: str) -> list[str]:
    run = "EXECUTE FUNCTION refuse_change()"
    return [
        _REFUSE,
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
    ]
