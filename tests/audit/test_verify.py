"""The chain finds every change of the log and names the first bad row (safety.md G-15, G-16)."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from liaison.audit.actions import append, verify
from liaison.audit.chain import LINKED, link, walk
from liaison.audit.guards import NOBODY_YET
from liaison.audit.models import AuditHead, AuditText
from liaison.core.db import db

Chain = list[list[Any]]
SEQ, PREV, HASH = 0, len(LINKED) - 1, len(LINKED)


def _chain(length: int, prev: str = NOBODY_YET, first: int = 1) -> Iterator[list[Any]]:
    """A chain as rows of the database, without one."""
    for seq in range(first, first + length):
        at = f"2026-11-18T12:40:{seq % 60:02}.{seq % 1_000_000:06}Z"
        row: list[Any] = [seq, at, seq % 7 or None, None, "10.0.0.1", "test.done", str(seq), "ok", "{}", ""]
        row += ["sha256", prev]
        prev = link(row)
        yield [*row, prev]


def _edit(rows: Chain, chance: random.Random) -> int:
    place = chance.randrange(len(rows))
    column = chance.randrange(1, HASH + 1)
    value = rows[place][column]
    rows[place][column] = (value or 0) + 1 if not isinstance(value, str) else value + "x"
    return place + 1


def _delete(rows: Chain, chance: random.Random) -> int:
    place = chance.randrange(len(rows) - 1)
    del rows[place]
    return place + 1


def _insert(rows: Chain, chance: random.Random) -> int:
    place = chance.randrange(1, len(rows))
    forged = [*rows[place][:PREV], rows[place - 1][HASH]]
    rows.insert(place, [*forged, link(forged)] if chance.random() < 0.5 else list(rows[place]))
    return place + 2  # the forged one may be right in itself; then the one after it is not


def _insert_renumbered(rows: Chain, chance: random.Random) -> int:
    place = _insert(rows, chance)
    for seq, row in enumerate(rows, start=1):
        row[SEQ] = seq
    return place


def _swap(rows: Chain, chance: random.Random) -> int:
    one, two = sorted(chance.sample(range(len(rows)), 2))
    for column in range(1, HASH + 1):
        rows[one][column], rows[two][column] = rows[two][column], rows[one][column]
    return one + 1


def _cut(rows: Chain, chance: random.Random) -> int:
    place = chance.randrange(len(rows))
    del rows[place:]
    return place + 1


def _rewrite(rows: Chain, chance: random.Random) -> int:
    """An edit by somebody who knows how rows are hashed: the row after it tells."""
    place = chance.randrange(len(rows))
    rows[place][5] = "nothing.happened"
    rows[place][HASH] = link(rows[place][:HASH])
    return place + 2


TAMPERING = [_edit, _rewrite, _delete, _insert, _insert_renumbered, _swap, _cut]


def test_a_thousand_tamperings_are_all_found() -> None:
    chance, length = random.Random(20261118), 40
    whole = list(_chain(length))
    anchor = (length, whole[-1][HASH])
    for turn in range(1000):
        rows = [list(row) for row in whole]
        tamper = TAMPERING[turn % len(TAMPERING)]
        latest = tamper(rows, chance)
        if rows == whole:
            continue
        found = walk(rows, [anchor])
        assert found.first_bad is not None, f"{tamper.__name__} was not found"
        assert found.first_bad <= latest + 1, f"{tamper.__name__} at {latest} was found at {found.first_bad}"


def test_a_chain_rewritten_to_its_end_is_found_by_the_anchor() -> None:
    rows = list(_chain(20))
    noted = [(20, rows[-1][HASH])]
    rows[4][5] = "nothing.happened"
    prev = rows[3][HASH]
    for row in rows[4:]:
        row[PREV] = prev
        row[HASH] = prev = link(row[:HASH])
    assert walk(rows).is_whole
    assert walk(rows, noted).first_bad == 20


@pytest.mark.parametrize(
    ("tamper", "reasons"),
    [
        (_delete, {"a row is missing"}),
        (_edit, {"the row was changed", "it does not follow the row before"}),
        (_cut, {"the end is cut off"}),
    ],
)
def test_it_says_what_is_wrong(tamper: Any, reasons: set[str]) -> None:
    rows = list(_chain(20))
    anchor = (20, rows[-1][HASH])
    tamper(rows, random.Random(7))
    assert walk(rows, [anchor]).reason in reasons


def test_a_whole_chain_gives_no_false_alarm() -> None:
    assert walk(_chain(500)).rows == 500
    assert walk([]).is_whole


def test_a_long_chain_is_walked_without_keeping_it() -> None:
    rows = [tuple(row) for row in _chain(5_000)]
    tracemalloc.start()
    assert walk(iter(rows)).rows == 5_000
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


@pytest.fixture
def unguarded(app: Any, database: str) -> Iterator[Any]:
    """A log of nine rows, and an intruder whom no trigger stops."""
    for n in range(9):
        append(None, "test.done", object=str(n), text="" if n else "eine Notiz")
    db.session.commit()
    if database == "postgresql":
        db.session.execute(text("SET session_replication_role = replica"))
        yield db.session
        db.session.rollback()
        db.session.execute(text("SET session_replication_role = DEFAULT"))
        db.session.commit()
        return
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_row'")
    for name in db.session.scalars(triggers).all():
        db.session.execute(text(f"DROP TRIGGER {name}"))
    yield db.session
    db.session.rollback()


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit_row SET object = 'other' WHERE seq = 4", 4),
        ("UPDATE audit_row SET actor_id = 1 WHERE seq = 1", 1),
        ("DELETE FROM audit_row WHERE seq = 6", 6),
        ("DELETE FROM audit_row WHERE seq > 7", 8),
        ("UPDATE audit_text SET text = 'eine andere' WHERE seq = 1", 1),
        ("UPDATE audit_head SET hash = 'x' WHERE id = 1", 9),
    ],
)
def test_the_database_itself_is_checked(unguarded: Any, statement: str, first_bad: int) -> None:
    assert verify().is_whole
    unguarded.execute(text(statement))
    found = verify()
    assert (found.is_whole, found.first_bad) == (False, first_bad)


def test_a_cut_that_also_moved_the_head_needs_the_anchor(unguarded: Any) -> None:
    last = unguarded.execute(select(AuditHead.seq, AuditHead.hash)).one()
    unguarded.execute(text("DELETE FROM audit_row WHERE seq > 7"))
    unguarded.execute(text("UPDATE audit_head SET seq = 7, hash = (SELECT hash FROM audit_row WHERE seq = 7)"))
    assert verify().is_whole
    assert verify(tuple(last)).first_bad == 8


def test_a_check_costs_three_statements(app: Any, queries: Any) -> None:
    for n in range(30):
        append(None, "test.done", object=str(n))
    with queries() as asked:
        assert verify().rows == 30
    assert len(asked) == 3  # the head, the rows, the texts


def test_a_text_nobody_committed_to_is_found(app: Any) -> None:
    append(None, "test.done")
    db.session.execute(insert(AuditText).values(seq=1, salt="s", text="nie zugesagt"))
    assert verify().first_bad == 1
