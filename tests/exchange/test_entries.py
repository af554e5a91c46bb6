"""One row becomes a voice, or sentences that say what is wrong with it."""

from __future__ import annotations

import pytest

from liaison.exchange.entries import Entry, entries
from liaison.exchange.sheets import read
from tests.factories import at

GOOD = "三楼的热水器坏了"
PLACES, CATEGORIES = {"3号楼": 7}, {"03": 3}


@pytest.fixture(autouse=True)
def wednesday(frozen):
    frozen("2026-11-18 10:00")


def entry(line: str, header: str = "内容,地点,类别,日期") -> Entry:
    (found,) = entries(read(f"{header}\n{line}\n".encode()), PLACES.get, CATEGORIES.get)
    return found


def test_a_whole_row(app):
    found = entry(f"{GOOD},3号楼,03,2026-11-02")
    assert (found.row, found.text, found.place_id, found.category_id) == (2, GOOD, 7, 3)
    assert found.raised_at == at("2026-11-02 12:00")
    assert found.errors == found.warnings == []


def test_the_text_alone_is_enough(app):
    found = entry(f"{GOOD},,,")
    assert (found.place_id, found.category_id, found.raised_at) == (None, None, at("2026-11-18 10:00"))
    assert found.errors == found.warnings == []


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-11-02", "2026-11-02 12:00"),
        ("2026/11/2", "2026-11-02 12:00"),
        ("2026.11.2", "2026-11-02 12:00"),
        ("2026年11月2日", "2026-11-02 12:00"),
        ("２０２６-11-02", "2026-11-02 12:00"),
        ("2026-11-02 08:05:09", "2026-11-02 08:05"),
        ("2026-11-02T20:40", "2026-11-02 20:40"),
        ("46328", "2026-11-02 12:00"),  # as spreadsheets count days
        ("2026-11-18", "2026-11-18 10:00"),  # today at noon is not yet
    ],
)
def test_days_are_read_as_people_write_them(app, said, moment):
    assert entry(f"{GOOD},,,{said}").raised_at == at(moment)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("短,,,", "不到 5 个字"),
        (f"{'长' * 1001},,,", "1001 个字"),
        (f"{GOOD}，我的身份证号是11010519491231002X,,,", "身份证号"),
        (f"{GOOD},11010519491231002X,,", "身份证号"),  # in any column
        (f"{GOOD},,,2026-11-19", "今天之后"),
        (f"{GOOD},,,2026-11-18 10:01", "今天之后"),
        (f"{GOOD},,,1999-12-31", "太早"),
        (f"{GOOD},,,上个星期", "读不出来"),
        (f"{GOOD},,,2026-02-30", "读不出来"),
        (f"{GOOD},3号楼,03,2026-11-02,多出一格", "比表头多"),
    ],
)
def test_what_keeps_a_row_out(app, line, words):
    (sentence,) = entry(line).errors
    assert words in sentence


def test_unknown_names_keep_nothing_out(app):
    found = entry(f"{GOOD},月亮楼,99,2026-11-02")
    assert (found.place_id, found.category_id, found.errors) == (None, None, [])
    assert ["地点“月亮楼”不在名录里，先不填。", "类别“99”不在分类里，留待研判。"] == found.warnings


def test_hints_of_the_lint_are_told_but_keep_nothing_out(app):
    found = entry(f"{GOOD}，请打13800138000,,,")
    assert found.errors == []
    assert "个人信息" in found.warnings[0]


def test_title_and_body_become_one_text(app):
    assert entry("水房没有灯,三楼水房的灯坏了两周,", "标题,内容,日期").text == "水房没有灯\n三楼水房的灯坏了两周"
    assert entry("三楼水房,三楼水房的灯坏了两周,", "标题,内容,日期").text == "三楼水房的灯坏了两周"
