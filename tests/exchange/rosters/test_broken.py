"""Workbooks that must not come in: each gets a clear report, and leaves nothing behind."""

from __future__ import annotations

import pytest

from liaison.core import files
from tests.calendars.files import csv, xlsx
from tests.exchange.rosters.books import TEACHER, book, everything
from tests.exchange.rosters.broken import BROKEN
from tests.exchange.rosters.pages import choose


@pytest.fixture
def director(app, sign_in_as):
    for left in files.folder().iterdir():
        left.unlink()
    return sign_in_as("director")


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_reported_and_leaves_nothing(director, name):
    data, words = BROKEN[name][0](), BROKEN[name][1]
    before = everything()
    page = choose(director, data)
    assert [said for said in words if said not in page.text] == []
    assert "确认导入" not in page.text
    assert everything() == before


def test_there_are_thirty():
    assert len(BROKEN) >= 30


def test_what_cannot_be_read_is_not_kept(director):
    for name in ("a list of students", "a zip of gigabytes", "a picture with another name"):
        choose(director, BROKEN[name][0]())
    assert list(files.folder().glob("*.kept")) == []


@pytest.mark.parametrize(
    "data",
    [
        csv("职工号*,姓 名,部门编码".replace(" ", ""), "１００１,新老师,mechanical", encoding="gb18030"),
        csv("示例大学人员表", "", "STAFF_NO,name,unit", "1001,新老师,mechanical"),
        xlsx(人员=[["2026年人员名册"], [None], ["单位号", "姓名", "工号"], ["mechanical", "新老师", 1001.0]]),
        xlsx(Sheet1=[["工号", "姓名", "单位号", "民族"], ["1001", "新老师", "mechanical", "汉"]]),
    ],
    ids=["GB18030 and wide digits", "a title above", "a title, numbers, other order", "a column too many"],
)
def test_what_can_be_understood_is(director, data):
    page = choose(director, data)
    assert "1001 新老师" in page.text
    assert "确认导入" in page.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (book(person=[TEACHER, TEACHER | {"staff_no": "2", "login": "er"}]), "同名：另有工号 1001"),
        (book(person=TEACHER | {"name": "王老师"}), "同名：另有工号 wang"),
        (
            book(
                appointment={
                    "staff_no": "chen",
                    "unit": "university",
                    "title": "党委书记",
                    "category": "党委书记",
                    "from_on": "2026-09-01",
                }
            ),
            "同一时间另有一位党委书记",
        ),
    ],
)
def test_what_is_only_odd_is_a_warning(director, data, words):
    page = choose(director, data)
    assert words in page.text
    assert "确认导入" in page.text
