"""条目完成表: person by requirement as a workbook, for the office only, each copy with its purpose (domain.md §5.4)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from liaison.audit.models import AuditRow, AuditText
from liaison.contacts.queries import present
from liaison.core import jobs, paging
from liaison.programmes.words import ContactKind
from tests.oversight.test_duties import autumn as autumn

WHERE = "/progress?programme=MOE19&period=2026-11"


@pytest.fixture(autouse=True)
def _patience(monkeypatch: Any) -> None:
    """Short files come at once, however slow this machine is."""
    monkeypatch.setattr(jobs, "PATIENCE", 30)


def take(browser: Any, purpose: str = "月度例会") -> Any:
    return browser.submit(WHERE, {"purpose": purpose}, to=WHERE)


def read(answer: Any) -> tuple[list[dict[str, Any]], str]:
    book = load_workbook(BytesIO(answer.data))
    rows = list(book["条目完成表"].iter_rows(values_only=True))
    said = " ".join(str(row[0].value) for row in book["说明"])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]], said


def face_to_face(row: dict[str, Any]) -> list[Any]:
    return [row[f"每周面对面接触学生：{what}"] for what in ("完成", "要求", "状态")]


def test_one_row_for_each_person_in_organisational_order(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    held("chen", "2026-11-18 20:40", ContactKind.ENTER_DORM)  # who did more does not come first
    db.session.commit()
    rows, said = read(take(sign_in_as("wang")))
    names = [row["姓名"] for row in rows]
    assert names.index("李书记") < names.index("陈副校长") < names.index("许副校长")
    assert face_to_face(rows[names.index("陈副校长")]) == [1, 4, "需关注"]  # as the page: 1 / 4 周
    assert face_to_face(rows[names.index("李书记")])[:2] == [0, 4]
    for words in ("2026年11月", "内部资料", "2026-11-19 10:00 生成", "王老师", "用途：月度例会", "不排名"):
        assert words in said


def test_nobody_is_lost_between_two_pages(autumn: None, sign_in_as: Any, monkeypatch: Any) -> None:
    whole = read(take(sign_in_as("wang")))[0]
    monkeypatch.setattr(paging.page, "__kwdefaults__", {"size": 2, "is_descending": False})
    assert len(whole) == 3
    assert read(take(sign_in_as("wang")))[0] == whole


def test_what_waits_and_what_asks_for_a_part_stands_in_the_remarks(
    autumn: None, held: Any, post_of: Any, sign_in_as: Any, db: Any
) -> None:
    held("li", "2026-11-18 20:40", ContactKind.ENTER_DORM, by="liaison")
    db.session.commit()
    row = next(row for row in read(take(sign_in_as("wang")))[0] if row["姓名"] == "李书记")
    assert "1 次待本人确认" in row["备注"]
    assert face_to_face(row)[0] == 0


def test_a_copy_taken_while_numbers_change_says_so(
    autumn: None, held: Any, sign_in_as: Any, db: Any, monkeypatch: Any
) -> None:
    assert "正在更新" not in read(take(sign_in_as("director")))[1]
    held("chen", "2026-11-18 20:40", ContactKind.ENTER_DORM)
    db.session.commit()
    monkeypatch.setattr(present, "AFRESH", 0)
    assert "正在更新" in read(take(sign_in_as("director")))[1]


def test_the_paper_is_chinese_whoever_takes_it(autumn: None, sign_in_as: Any, db: Any) -> None:
    browser = sign_in_as("wang")
    before = read(take(browser))
    browser.submit(WHERE, {"language": "en"}, to="/language")
    assert "Table of requirements" in browser.get(WHERE).text
    assert read(take(browser)) == before


def test_it_is_recorded_who_took_what_for_what(autumn: None, sign_in_as: Any, db: Any) -> None:
    take(sign_in_as("wang"))
    row = db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "progress.exported")).one()
    assert (row.object, "sha256" in row.detail) == ("MOE19 2026-11", True)
    assert db.session.scalar(db.select(AuditText.text).where(AuditText.seq == row.seq)) == "月度例会"


def test_without_a_purpose_nothing_leaves(autumn: None, sign_in_as: Any, db: Any) -> None:
    refused = take(sign_in_as("wang"), purpose="")
    assert (refused.status_code, "请写一句用途。" in refused.text) == (422, True)
    assert not db.session.scalar(db.select(AuditRow.seq).where(AuditRow.deed == "progress.exported"))


@pytest.mark.parametrize("login", ["li", "zhang", "liaison", "auditor"])
def test_nobody_else_takes_it(autumn: None, sign_in_as: Any, login: str) -> None:
    """Two people's figures stand side by side on the office's papers only (promise B26)."""
    browser = sign_in_as(login)
    assert browser.send(WHERE, {"purpose": "月度例会"}).status_code == 404


def test_without_sign_in_there_is_the_sign_in(client: Any) -> None:
    assert "/sign-in" in client.get("/progress").location
