"""Workbooks as an office sends them: rows by the codes of the columns, headings from the one table of sheets."""

from __future__ import annotations

from typing import Any

from liaison.core.db import Base, db
from liaison.exchange.rosters import closing, planning, reading, writing
from liaison.exchange.rosters.sheets import BY_CODE
from tests.calendars.files import xlsx
from tests.factories import actor

TEACHER = {"staff_no": "1001", "name": "新老师", "unit": "mechanical", "login": "xin", "standing": "在岗"}
CLASS = {"code": "JX2601", "name": "机械2601班", "college": "mechanical", "grade": "2026", "size": 30}
ROOM = {"building": "ZY3", "name": "竹园3号楼", "campus": "本部", "room": "301", "size": 4, "manager": "logistics"}


def lines(code: str, *rows: dict[str, Any]) -> list[list[Any]]:
    """Headings of every column that a row uses, and the rows."""
    used = [column for column in BY_CODE[code].columns if any(column.code in row for row in rows)]
    return [[column.title for column in used], *[[row.get(column.code) for column in used] for row in rows]]


def book(**sheets: Any) -> bytes:
    """A workbook: sheet code = one row or a list of rows."""
    listed = {code: rows if isinstance(rows, list) else [rows] for code, rows in sheets.items()}
    return xlsx(**{BY_CODE[code].title: lines(code, *rows) for code, rows in listed.items()})


def planned(data: bytes, login: str = "admin", zeros: int = 0) -> planning.Plan:
    return planning.plan(reading.unpacked(reading.read(data).packed()), actor(login), zeros=zeros)


def taken_in(data: bytes, *close: str, login: str = "admin") -> int:
    """Read, planned, written, committed; the key of the import."""
    plan = planned(data, login)
    assert not plan.faults, plan.faults
    key = writing.write(plan, closing.closings(plan, actor(login)), close, actor(login), lambda _done, _of: None)
    db.session.commit()
    return key


def everything(*besides: str) -> dict[str, set[Any]]:
    """All rows of all tables, without the counter of changes; to compare before and after."""
    left_out = {"audit_row", "audit_head", "audit_text", "sign_in", "lease", "roster_import", "roster_change", *besides}
    db.session.expire_all()
    return {
        one.name: {tuple(map(repr, row)) for row in db.session.execute(one.select().with_only_columns(*_told(one)))}
        for one in Base.metadata.sorted_tables
        if one.name not in left_out
    }


def _told(one: Any) -> list[Any]:
    return [column for column in one.columns if not (column.name == "version" and one.name != "catalogue_line")]
