"""`flask audit verify` answers with 0 or 1, and is itself recorded (safety.md R36)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from liaison.audit.actions import append
from liaison.audit.commands import verify_command
from liaison.audit.models import AuditHead, AuditRow
from liaison.core.db import db


def _run(*args: str) -> Any:
    return CliRunner().invoke(verify_command, list(args))


def _anchor() -> str:
    seq, noted = db.session.execute(select(AuditHead.seq, AuditHead.hash)).one()
    return f"{seq}:{noted}"


@pytest.fixture(autouse=True)
def three_rows(app: Any) -> None:
    for n in range(3):
        append(None, "test.done", object=str(n))
    db.session.commit()


def test_a_whole_chain_is_zero_and_prints_its_anchor(app: Any) -> None:
    anchor = _anchor()
    result = _run()
    assert result.exit_code == 0
    assert "3 行" in result.output
    assert anchor in result.output
    assert _run("--anchor", anchor).exit_code == 0


def test_a_wrong_anchor_is_one_and_names_the_row(app: Any) -> None:
    result = _run("--anchor", "2:" + "0" * 64)
    assert result.exit_code == 1
    assert "第 2 行" in result.output


def test_a_cut_behind_the_anchor_is_one(app: Any) -> None:
    result = _run("--anchor", "9:" + "0" * 64)
    assert result.exit_code == 1
    assert "第 4 行" in result.output


@pytest.mark.parametrize("anchor", ["x", "1:kurz", "drei:" + "0" * 64])
def test_an_anchor_that_is_none_is_said(app: Any, anchor: str) -> None:
    assert _run("--anchor", anchor).exit_code == 2


def test_the_check_is_recorded(app: Any) -> None:
    _run()
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).one()
    assert (row.deed, row.result) == ("audit.verified", "ok")
    assert json.loads(row.detail) == {"anchored": False, "first_bad": None, "rows": 3}


def test_a_broken_chain_is_said_even_when_nothing_more_can_be_written(app: Any) -> None:
    db.session.execute(text("UPDATE audit_head SET seq = 2"))
    db.session.commit()
    result = _run()
    assert result.exit_code == 1
    assert "没能写入" in result.output
