"""Sheets 01 and 02: every row judged, every fault named by row and column."""

from datetime import date, datetime

import pytest
from flask import Flask
from flask_babel import Babel

from liaison.calendars import sheets
from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.core.spreadsheets import Unreadable
from tests.calendars.files import DAY_HEAD, NEW_YEAR, SHIFTED, TERM_HEAD, TERM_LINE, csv, xlsx

AUTUMN = TermRow(
    academic_year="2026-2027",
    term_no=1,
    name="2026-2027学年第一学期",
    first_monday=date(2026, 9, 7),
    last_day=date(2027, 1, 24),
    teaching_weeks=18,
    exam_weeks=2,
    exempt_weeks="12",
    vacation_from=date(2027, 1, 25),
    vacation_until=date(2027, 2, 28),
    note="秋假",
)
NOTICE = "国办发明电〔2026〕9号"
DAYS = [
    DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027, "元旦", NOTICE),
    DayRow(date(2027, 1, 10), ExceptionKind.WORK, 2027, "元旦", NOTICE),
]


@pytest.fixture(autouse=True)
def _page():
    app = Flask("words")
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_both_sheets_come_as_csv_in_the_encodings_of_the_country(encoding):
    assert sheets.read(csv(TERM_HEAD, TERM_LINE, encoding=encoding)).terms == [AUTUMN]
    assert sheets.read(csv(DAY_HEAD, NEW_YEAR, SHIFTED, encoding=encoding)).days == DAYS


def test_a_workbook_may_hold_both_with_titles_above_and_real_dates():
    monday = datetime(2026, 9, 7)  # noqa: DTZ001 – a workbook knows no time zone
    term = ["2026-2027", 1, "2026-2027学年第一学期", monday, 18.0, 2, "2027年1月24日"]
    term += [46412, "2027/2/28", "12", "秋假"]
    days = [["节假日与调休"], DAY_HEAD.split(","), [date(2027, 1, 1), "休", "元旦", NOTICE, 2027]]
    days += [["２０２７．１．１０", "班", "元旦", NOTICE, "２０２７"]]
    found = sheets.read(xlsx(学期校历=[["示例大学校历"], [], TERM_HEAD.split(","), term], 节假日与调休=days))
    assert (found.terms, found.days, found.faults) == ([AUTUMN], DAYS, [])


def test_columns_come_in_any_order_by_either_name_and_the_rest_is_not_taken():
    head = "year,kind,民族,day,name,依据"
    found = sheets.read(csv(head, f"2027,休,x,2027-01-01,元旦,{NOTICE}"))
    assert found.days == DAYS[:1]
    assert found.unused == ["民族"]


def test_the_vacation_may_stand_in_one_cell():
    head = "学年,学期,学期名称,第一周周一,教学周数,学期结束日,教职工放假起/止"
    found = sheets.read(csv(head, "2026-2027,1,第一学期,2026-09-07,18,2027-01-24,2027-01-25 / 2027-02-28"))
    assert (found.terms[0].vacation_from, found.terms[0].vacation_until) == (date(2027, 1, 25), date(2027, 2, 28))


def test_a_year_may_be_marked_as_not_yet_published():
    found = sheets.read(csv(f"{DAY_HEAD},公布", f"{NEW_YEAR},未公布"))
    assert [row.is_published for row in found.days] == [False]
    assert found.years == [2027]


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("2026-09-07", "2026-09-08", "第一周周一", "不是周一"),
        ("2026-09-07", "九月七日", "第一周周一", "读不出日期"),
        ("2026-09-07", "2026-02-30", "第一周周一", "读不出日期"),
        ("2026-2027,", "2026-2028,", "学年", "请写成 2026-2027"),
        ("2026-2027,1,", "2026-2027,4,", "学期", "1 到 3"),
        (",18,", ",十八,", "教学周数", "整数"),
        (",18,", ",,", "教学周数", "整数"),
        ("2027-01-24", "2026-12-24", "学期结束日", "早于第 20 周"),
        ("2027-01-25,", ",", "教职工放假止", "要么都填"),
        ("2027-02-28", "2027-01-20", "教职工放假止", "从早到晚"),
        ("2027-02-28", "2027-07-28", "教职工放假止", "最长 120 天"),
        ("实习周 12", "实习周 40", "不计联系周次", "1 到 20"),
        ("2026-2027学年第一学期", "", "学期名称", "请填写"),
    ],
)
def test_a_fault_in_a_term_names_row_and_column(old, new, column, words):
    assert old in TERM_LINE
    found = sheets.read(csv("校历", TERM_HEAD, TERM_LINE.replace(old, new, 1)))
    assert found.terms == []
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, column)]
    assert words in found.faults[0].words


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("休", "假", "类型", "休、班"),
        ("2027-01-01", "", "日期", "请填写"),
        (",2027", ",2030", "年度", "差得太远"),
        (",2027", ",", "年度", "整数"),
        ("元旦", "元" * 41, "名称", "最多 40"),
    ],
)
def test_a_fault_in_a_day_names_row_and_column(old, new, column, words):
    found = sheets.read(csv(DAY_HEAD, SHIFTED, NEW_YEAR.replace(old, new, 1)))
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, column)]
    assert words in found.faults[0].words


def test_an_identity_number_is_refused_wherever_it_stands():
    found = sheets.read(csv(DAY_HEAD, NEW_YEAR.replace("元旦", "11010519900307123X")))
    assert found.days == []
    assert "身份证号" in found.faults[0].words


def test_rows_that_contradict_each_other_are_refused():
    twice = sheets.read(csv(DAY_HEAD, NEW_YEAR, NEW_YEAR.replace("休", "班")))
    assert "出现了两次" in twice.faults[0].words
    marks = sheets.read(csv(f"{DAY_HEAD},公布", f"{NEW_YEAR},未公布", f"{SHIFTED},已公布"))
    assert "既写了已公布" in marks.faults[0].words
    spring = TERM_LINE.replace("2026-2027,1,", "2026-2027,2,")
    assert "重叠" in sheets.read(csv(TERM_HEAD, TERM_LINE, spring)).faults[0].words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (csv("单位号,单位名称", "1,后勤保障处"), "没有找到校历的列"),
        (csv(DAY_HEAD), "没有数据行"),
        (b"\xff\xfe\x00\x00\x81", "读不懂"),
        (b"PK\x03\x04 broken", "打不开"),
        (csv(*[""] * 6, DAY_HEAD, NEW_YEAR), "没有找到校历的列"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_with_a_sentence(data, words):
    with pytest.raises(Unreadable, match=words):
        sheets.read(data)
