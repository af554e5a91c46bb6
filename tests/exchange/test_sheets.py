"""Reading a table: what a file may be, which columns are understood, and what is refused as a whole."""

from __future__ import annotations

import pytest

from liaison.exchange import sheets
from liaison.exchange.sheets import Unreadable, read

PLAIN = "内容,地点,类别,日期\n三楼的热水器坏了,3号楼,03,2026-11-02\n"


def cells(data: bytes, **more: str) -> list[dict[str, str]]:
    return [
        {key: row[key] for key in row if key not in ("all", "overflow")} for _number, row in read(data, **more).rows
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_it_reads_what_spreadsheets_write(app, encoding):
    found = cells(PLAIN.encode(encoding))
    assert found == [{"text": "三楼的热水器坏了", "place": "3号楼", "category": "03", "date": "2026-11-02"}]


@pytest.mark.parametrize(
    "header",
    [
        "内容,地点,类别,日期",
        "text,place,category,date",
        " 诉求内容 ,位置,事项分类,时间",
        "ＴＥＸＴ,Place,CATEGORY,Date",
    ],
)
def test_columns_are_known_by_several_names(app, header):
    (row,) = cells(f"{header}\n食堂排队太久了,a,b,c\n".encode())
    assert row == {"text": "食堂排队太久了", "place": "a", "category": "b", "date": "c"}


def test_a_post_with_title_and_body_is_understood(app):
    data = "id,source,time,title,body,campus_category,department\n1,x,2026-09-01,标题,正文有五个字,宿舍住宿,后勤处\n"
    sheet = read(data.encode())
    (row,) = cells(data.encode())
    assert (row["title"], row["text"], row["date"], row["hint"]) == ("标题", "正文有五个字", "2026-09-01", "后勤处")
    assert sheet.unused == ["id", "source"]


def test_the_header_may_stand_below_a_title(app):
    (one,) = read(("意见汇总表,,\n,,\n" + PLAIN.replace("类别,日期", "类别")).encode()).rows
    assert (one[0], one[1]["text"]) == (4, "三楼的热水器坏了")


def test_rows_are_numbered_as_in_the_spreadsheet(app):
    data = '内容\n第一条有两行内容\n\n"第二条\n换了行"\n第三条也在这里\n'
    assert [number for number, _row in read(data.encode()).rows] == [2, 4, 5]


def test_another_column_may_hold_the_day(app):
    data = "内容,时间,走访日期\n三楼的热水器坏了,2026-01-01,2026-11-02\n".encode()
    assert cells(data)[0]["date"] == "2026-01-01"
    assert cells(data, date_column="走访日期")[0]["date"] == "2026-11-02"
    with pytest.raises(Unreadable, match="没有名为“哪天”的列"):
        read(data, date_column="哪天")


@pytest.mark.parametrize(
    "header",
    "姓名 学生姓名 学号 身份证号 民族 宗教信仰 政治面貌 籍贯 出生日期 性别 家庭住址 家长电话 手机号 联系方式 "
    "name student_id Gender ethnic religion phone e-mail".split(),
)
def test_a_column_about_the_person_refuses_the_file(app, header):
    with pytest.raises(Unreadable, match="不能进本系统") as refused:
        read(f"内容,{header}\n三楼的热水器坏了,x\n".encode())
    assert "没有保存" in refused.value.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "没有找到写诉求内容的列"),
        ("地点,日期\n3号楼,2026-11-02\n".encode(), "没有找到写诉求内容的列"),
        ("内容\n\n".encode(), "没有数据行"),
        (b"\xff\xfe\x00\x01\x02", "读不懂这个文件"),
        (b"PK\x03\x04\x14\x00\x00\x00", "读不懂这个文件"),
        ('内容\n"没有收尾的引号\n'.encode() + "长".encode() * 200_000, "不是完整的 CSV"),
        (("内容" + ",x" * 60 + "\n").encode(), "最多 60 列"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(app, data, words):
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_limits_hold(app, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="20 万"):
        read(("内容\n" + "三楼的热水器坏了\n" * 9).encode())
    monkeypatch.setattr(sheets, "MOST_BYTES", 10)
    with pytest.raises(Unreadable, match="20 MB"):
        read(PLAIN.encode())
