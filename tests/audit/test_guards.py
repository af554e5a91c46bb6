"""The database refuses to change or remove a row of the log (safety.md R35)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from liaison.audit.actions import append, verify
from liaison.audit.guards import append_only
from liaison.core.db import db

CHANGES = [
    "UPDATE audit_row SET deed = 'x'",
    "UPDATE audit_row SET hash = hash",
    "DELETE FROM audit_row",
    "DELETE FROM audit_row WHERE seq = 1",
]
ONLY = {
    "sqlite": ["INSERT OR REPLACE INTO audit_row SELECT * FROM audit_row WHERE seq = 1"],
    "postgresql": ["TRUNCATE audit_row CASCADE"],
}


@pytest.mark.parametrize("number", range(5))
def test_it_refuses(app: Any, database: str, number: int) -> None:
    append(None, "test.done", object="1")
    append(None, "test.done", object="2")
    db.session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text([*CHANGES, *ONLY[database]][number]))
    db.session.rollback()
    assert verify().rows == 2


def test_any_table_can_be_guarded_so(app: Any, database: str) -> None:
    db.session.execute(text("CREATE TABLE guarded_note (id INTEGER PRIMARY KEY, words VARCHAR(20))"))
    for statement in append_only("guarded_note")[database]:
        db.session.execute(text(statement))
    db.session.execute(text("INSERT INTO guarded_note VALUES (1, 'first')"))
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text("UPDATE guarded_note SET words = 'other'"))
    db.session.rollback()


def test_two_rows_with_the_same_forerunner_are_an_error_not_a_mystery(app: Any) -> None:
    append(None, "test.done")
    db.session.flush()
    fork = "INSERT INTO audit_row SELECT 2, at, actor_id, on_behalf_id, address, deed, object, result, detail,"
    with pytest.raises(DatabaseError):
        db.session.execute(text(f"{fork} commitment, alg, prev, hash FROM audit_row WHERE seq = 1"))
    db.session.rollback()
