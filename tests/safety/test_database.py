"""The database is set up as safety.md R8 wants it: read back, not believed."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from liaison.core.db import read_only
from liaison.tickets.models import Voice
from tests.factories import make_ticket
from tests.safety.direct import direct
from workflows.ticket_states import State

SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
POSTGRESQL = {
    "TimeZone": "UTC",
    "lock_timeout": "4s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
    "transaction_isolation": "read committed",
}


def test_every_connection_has_its_settings(app, db, database):
    for _ in range(3):
        with db.engine.connect() as connection:
            if database == "sqlite":
                found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in SQLITE}
                assert found == SQLITE
            else:
                found = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in POSTGRESQL}
                assert found == POSTGRESQL


def test_a_row_that_points_nowhere_is_refused(db):
    voice = db.session.get_one(Voice, db.session.scalar(db.select(Voice.id).filter_by(ticket_id=make_ticket().id)))
    voice.ticket_id = 987_654
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


@pytest.mark.parametrize("is_reading", [True, False])
def test_who_writes_takes_the_lock_before_he_reads(app, db, database, queries, is_reading):
    """A deferred BEGIN that reads and then writes fails at once when somebody else wrote (safety.md, finding 2)."""
    if database != "sqlite":
        return
    begun = []
    db.session.commit()
    read_only(is_reading)
    try:
        with db.engine.connect() as connection, db.engine.connect() as other:
            connection.execute(text("SELECT 1"))
            other.connection.driver_connection.execute("PRAGMA busy_timeout = 0")
            begun = _can_write(other)
    finally:
        read_only(False)
        db.engine.dispose()  # no impatient connection may stay in the pool
    assert begun is is_reading


def _can_write(connection) -> bool:
    try:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    connection.connection.driver_connection.execute("ROLLBACK")
    return True


@pytest.fixture
def impatient(db, database):
    """Connections that wait a moment only, where the program lets them wait five seconds."""
    statement = "PRAGMA busy_timeout = 20" if database == "sqlite" else "SET lock_timeout = 20"

    def hurry(connection, *_rest) -> None:
        connection.execute(statement)

    event.listen(db.engine, "checkout", hurry)
    yield
    event.remove(db.engine, "checkout", hurry)
    db.engine.dispose()


@pytest.mark.parametrize("who", ["sun", None])
def test_a_busy_database_is_told_and_nothing_breaks(app, db, impatient, who):
    ticket = make_ticket(State.IN_PROGRESS)
    browser = direct(app, who)
    data = {"csrf_token": browser.token(), "version": ticket.version, "note": "水泵已订货"}
    data |= {"login": "wang", "password": "not the right one"}
    address = f"/tickets/{ticket.number}/progress" if who else "/sign-in"
    db.session.commit()
    with db.engine.connect() as other, other.begin():
        other.execute(text("UPDATE audit_head SET seq = seq"))
        answer = browser.post(address, data=data)
    assert answer.status_code == 503
    assert "请稍等几秒再试" in answer.text
    assert browser.post(address, data=data).status_code < 500


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE ticket SET state = 'invented'",
        "UPDATE ticket SET state = 'closed'",
        "UPDATE ticket SET state = 'feedback_pending'",
        "UPDATE ticket SET state = 'merged'",
        "UPDATE ticket SET merged_into_id = id",
        "UPDATE ticket SET handled_at = raised_at",
        "UPDATE ticket SET closed_at = raised_at",
        "UPDATE ticket SET number = NULL",
    ],
)
def test_the_database_refuses_what_a_page_might_forget(db, broken):
    make_ticket()
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(broken))
    db.session.rollback()
