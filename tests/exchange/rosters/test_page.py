"""名册: the page of rosters, from a chosen file to the import and back."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from liaison.audit.models import AuditRow
from liaison.core import files
from liaison.core.db import db
from liaison.exchange.models import RosterImport
from liaison.exchange.rosters.sheets import KINDS
from liaison.people.models import Person, Unit
from tests.calendars.files import xlsx
from tests.exchange.rosters.books import CLASS, ROOM, TEACHER, book, everything
from tests.exchange.rosters.pages import choose, confirm

GOOD = book(person=TEACHER, **{"class": CLASS})


@pytest.fixture
def director(app, sign_in_as):
    for left in files.folder().iterdir():
        left.unlink()
    return sign_in_as("director")


def kept():
    return sorted(path.suffix for path in files.folder().iterdir())


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_page_offers_every_sheet_with_its_template(director):
    page = director.get("/rosters").text
    assert all(kind.tab in page and f"/rosters/templates/{kind.code}.xlsx" in page for kind in KINDS)
    assert "01 学期校历、02 节假日与调休" in page


def test_the_dry_run_tells_what_would_happen_and_writes_nothing(director):
    before = everything()
    page = choose(director, GOOD)
    assert page.status_code == 200
    for words in ("04 人员", "06 班级", "1001 新老师", "JX2601 机械2601班", "确认导入"):
        assert words in page.text
    assert everything() == before


def test_what_is_confirmed_is_written_and_can_be_taken_back(director):
    before = everything()
    page = confirm(director, choose(director, GOOD))
    assert "写入的行" in page.text
    assert db.session.scalars(select(Person.name).filter_by(staff_no="1001")).one() == "新老师"
    assert kept() == [".job"]
    assert "周主任" in director.get("/rosters").text
    answer = director.submit(page.request.path, to=f"{page.request.path}/undo")
    assert answer.status_code == 303
    assert "已撤销 2 行" in director.get(answer.location).text
    assert everything() == before
    assert {"roster.imported", "roster.undone"} <= set(db.session.scalars(select(AuditRow.deed)))


def test_confirming_twice_writes_once(director):
    looked_through = choose(director, GOOD)
    first, second = confirm(director, looked_through), confirm(director, looked_through)
    assert first.request.path == second.request.path
    assert count(RosterImport) == 1


def test_two_dry_runs_of_one_file_write_once(director):
    one, other = choose(director, GOOD), choose(director, GOOD)
    confirm(director, one)
    assert "预检以后名册有了改动" in confirm(director, other).text
    assert count(RosterImport) == 1


def test_a_file_with_faults_offers_nothing_to_confirm(director):
    page = choose(director, book(person=TEACHER | {"unit": "nowhere"}))
    assert "没有编号为“nowhere”的单位。" in page.text
    assert "第 2 行" in page.text
    assert "确认导入" not in page.text


def test_rows_that_are_missing_close_only_when_ticked(director):
    others = [CLASS | {"code": f"C{n}"} for n in range(9)]
    confirm(director, choose(director, book(**{"class": others})))
    left = book(**{"class": [*others[:-1], CLASS | {"code": "mech-2301"}]})
    confirm(director, choose(director, left))
    assert db.session.scalars(select(Unit.closed_on).filter_by(code="C8")).one() is None
    page = choose(director, left)
    assert "“班级”里没有的" in page.text
    confirm(director, page, close="class")
    assert db.session.scalars(select(Unit.closed_on).filter_by(code="C8")).one() is not None


def test_half_a_file_closes_nothing(director):
    confirm(director, choose(director, book(**{"class": [CLASS | {"code": f"C{n}"} for n in range(9)]})))
    page = choose(director, book(**{"class": CLASS | {"code": "C1", "size": 9}}))
    assert "班级：文件里没有的行超过现有的五分之一" in page.text
    refused = confirm(director, page, close="class")
    assert "勾选停用的行里有不能停用的" in refused.text
    assert db.session.scalars(select(Unit.closed_on).filter_by(code="C8")).one() is None


def test_what_must_not_be_kept_is_not_in_what_is_kept(director):
    """民族 goes before anything is stored; a row with an identity number stays out."""
    header = ["工号", "姓名", "单位号", "民族", "备注"]
    rows = [
        header,
        ["1001", "新老师", "mechanical", "汉", ""],
        ["1002", "另一位", "mechanical", "满", "110101199003077758"],
    ]
    page = choose(director, xlsx(人员=rows))
    assert "1 列：民族" in page.text
    assert "像身份证号" in page.text
    assert "第 3 行" in page.text
    (file,) = files.folder().glob("*.kept")
    text = file.read_text("utf-8")
    assert not [words for words in ("汉", "满", "110101", "另一位") if words in text]


def test_zeros_that_a_spreadsheet_lost_are_asked_about(director):
    confirm(director, choose(director, book(person=TEACHER | {"staff_no": "000123"})))
    lost = book(person=TEACHER | {"staff_no": 123, "name": "改了名"})
    page = choose(director, lost)
    assert "前面补 0，补到 6 位" in page.text
    filled = director.get(f"{page.request.path}?zeros=6")
    assert "改动：姓名" in filled.text
    confirm(director, filled)
    assert db.session.scalars(select(Person.name).filter_by(staff_no="000123")).one() == "改了名"
    assert count(Person) == len(everything()["person"])


def test_a_template_filled_in_below_its_example_is_read(director):
    data = director.get("/rosters/templates/all.xlsx").data
    template = load_workbook(io.BytesIO(data))
    assert template["04 人员"]["A1"].value == "工号*"
    template["04 人员"].append(["1001", "新老师", "mechanical", "xin", "在岗"])
    out = io.BytesIO()
    template.save(out)
    page = choose(director, out.getvalue())
    assert "1001 新老师" in page.text
    assert "示例" not in page.text


def test_a_roster_goes_out_with_a_record(director):
    answer = director.send("/rosters/export", {"sheet": "person"})
    sheet = load_workbook(io.BytesIO(answer.data))["04 人员"]
    assert [cell.value for cell in sheet[1]][:3] == ["工号", "姓名", "单位号"]
    row = db.session.scalars(select(AuditRow).filter_by(deed="roster.exported")).one()
    assert row.object == "person"


@pytest.mark.parametrize("login", ["li", "zhang", "wang", "liaison", "auditor", "security"])
def test_others_have_no_such_page(sign_in_as, login):
    assert sign_in_as(login).get("/rosters").status_code == 404


def test_nobody_confirms_what_another_chose(director, sign_in_as):
    page = choose(director, book(dorm=[ROOM]))
    assert sign_in_as("admin").get(page.request.path).status_code == 404
    assert sign_in_as("admin").send(f"{page.request.path}/confirm").status_code == 404


def test_no_file_is_a_sentence_beside_the_field(director):
    page = director.send("/rosters")
    assert page.status_code == 422
    assert "请选一个文件。" in page.text


def test_how_often_the_pages_ask(director, queries):
    page = confirm(director, choose(director, GOOD))
    with queries() as asked:
        director.get("/rosters")
    assert len(asked) == 3  # who is it, what is he, the last imports
    with queries() as asked:
        director.get(page.request.path)
    assert len(asked) == 8  # and the import, its rows, those rows now, what stands on them, by table
    looked_through = choose(director, GOOD)
    with queries() as asked:
        director.get(looked_through.request.path)
    assert len(asked) == 9  # and every table that the sheets speak of, once, whole
