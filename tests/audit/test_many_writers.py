"""Many at once never fork the chain (safety.md R32, G-16)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from liaison.audit.actions import append, verify
from liaison.core.db import db, read_only

WRITERS, EACH = 8, 25


def test_two_hundred_rows_by_eight_writers_make_one_chain(app: Any) -> None:
    def write(writer: int) -> None:
        with app.app_context():
            read_only(False)
            for n in range(EACH):
                append(None, "test.done", object=f"{writer}-{n}")
                db.session.commit()

    db.session.remove()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    found = verify()
    assert (found.is_whole, found.rows) == (True, WRITERS * EACH)


def test_a_check_while_others_write_gives_no_false_alarm(app: Any) -> None:
    def write(_n: int) -> None:
        with app.app_context():
            for _row in range(EACH):
                append(None, "test.done")
                db.session.commit()

    def check(_n: int) -> bool:
        with app.app_context():
            read_only(True)
            return all(verify().is_whole for _time in range(10))

    db.session.remove()
    with ThreadPoolExecutor(4) as pool:
        writing, checking = pool.map(write, range(2)), pool.map(check, range(2))
        list(writing)
        assert all(checking)
