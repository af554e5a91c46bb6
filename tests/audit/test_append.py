"""One writer: what a row holds, in whose transaction, at what cost (safety.md R31–R34)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from liaison.audit.actions import append, erase_text, verify
from liaison.audit.chain import commitment
from liaison.audit.models import AuditHead, AuditRow, AuditText
from liaison.core.db import db
from liaison.people.actions import accounts
from tests.cast import person


def _last() -> AuditRow:
    return db.session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).one()


def test_a_row_says_who_for_whom_when_what_and_with_what_result(app: Any, frozen: Any) -> None:
    frozen("2026-11-18 20:40")
    liaison, leader = person("liaison").id, person("li").id
    append(liaison, "contact.filed", object="2026-000042", on_behalf_id=leader, kinds=2, at="dorm-3")
    row = _last()
    assert (row.actor_id, row.on_behalf_id, row.deed, row.object, row.result) == (
        liaison,
        leader,
        "contact.filed",
        "2026-000042",
        "ok",
    )
    assert row.at == "2026-11-18T12:40:00.000000Z"
    assert json.loads(row.detail) == {"kinds": 2, "at": "dorm-3"}


def test_every_duty_of_the_standard_is_there(app: Any) -> None:
    """等保 8.1.4.3 b: time, user, event, object, result – none may be empty but a user nobody is."""
    columns = AuditRow.__table__.c
    assert {column.name for column in columns if column.nullable} == {"actor_id", "on_behalf_id"}


def test_the_address_of_the_request_is_kept(client: Any) -> None:
    client.submit("/sign-in", {"login": "nobody", "password": "egal was es ist"})
    assert _last().address == "127.0.0.1"


def test_each_row_follows_the_one_before(app: Any) -> None:
    for n in range(5):
        append(None, "test.done", object=str(n))
    rows = db.session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert [row.prev for row in rows] == ["0" * 64, *(row.hash for row in rows[:-1])]
    head = db.session.get_one(AuditHead, 1, populate_existing=True)
    assert (head.seq, head.hash) == (5, rows[-1].hash)


def test_a_row_costs_two_statements(app: Any, queries: Any) -> None:
    append(None, "test.done")
    with queries() as asked:
        append(person("wang").id, "test.done", object="2026-000042", n=1)
    assert len(asked) - 1 == 2  # and one to find 王老师


def test_the_row_falls_with_the_deed(app: Any) -> None:
    append(None, "test.done")
    db.session.rollback()
    assert db.session.scalar(select(AuditHead.seq)) == 0
    append(None, "test.done")
    assert _last().seq == 1


def test_the_deed_falls_with_the_row(sign_in_as: Any, monkeypatch: Any, app: Any) -> None:
    """If it cannot be recorded it is not done."""

    def full(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the table is read-only")

    browser = sign_in_as("admin")
    monkeypatch.setattr(accounts, "append", full)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with pytest.raises(AssertionError, match="broke"):
        browser.send("/accounts/wang/deactivate")
    db.session.expire_all()
    assert person("wang").is_active


def test_personal_words_stay_outside_the_chain(app: Any) -> None:
    append(None, "note.made", object="2026-000042", text="张同学说水管又漏了")
    row, kept = _last(), db.session.scalars(select(AuditText)).one()
    assert "漏" not in row.detail + row.object
    assert row.commitment == commitment(kept.salt, "张同学说水管又漏了")


def test_erasing_them_leaves_the_chain_whole(app: Any) -> None:
    append(None, "note.made", text="要删的话")
    append(None, "test.done")
    erase_text(1)
    assert db.session.query(AuditText).count() == 0
    assert verify().is_whole


def test_equal_words_leave_unequal_marks(app: Any) -> None:
    append(None, "note.made", text="一样")
    append(None, "note.made", text="一样")
    first, second = db.session.scalars(select(AuditRow.commitment))
    assert first != second


def test_the_same_detail_is_always_the_same_text(app: Any) -> None:
    append(None, "test.done", b=1, a="楼")
    assert _last().detail == '{"a":"楼","b":1}'
