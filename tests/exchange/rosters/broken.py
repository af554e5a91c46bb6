"""Thirty workbooks that must not come in, made here: what a hurried office sends, and what a hostile one might."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.calendars.files import csv, xlsx
from tests.exchange.rosters.books import CLASS, ROOM, TEACHER, book

HEAD = ["工号", "姓名", "单位号"]
ROW = ["1001", "新老师", "mechanical"]
POST = {"staff_no": "zhang", "unit": "logistics", "title": "顾问", "category": "其他", "from_on": "2026-09-01"}
UNIT = {"code": "B1", "name": "新处", "type": "机关部处", "parent": "university", "can_receive_tickets": "否"}
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ID_NUMBER = "11010119900307" + "7758"


def merged() -> bytes:
    """One 单位号 for three people."""
    made = Workbook()
    sheet = made.active
    for row in (HEAD, ROW, ["1002", "另一位", None]):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    return _saved(made)


def formulas() -> bytes:
    """A name put together by a formula that was never computed."""
    return xlsx(人员=[HEAD, ["1001", '="新"&"老师"', "mechanical"]])


def rewritten(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A good workbook with one part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(person=TEACHER))) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, change(good.read(name)) if name == part else good.read(name))
    return out.getvalue()


def bomb() -> bytes:
    """300 MB of nothing in 300 kB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/workbook.xml", "w") as part:
        for _megabyte in range(300):
            part.write(b"0" * 1024**2)
    return out.getvalue()


def entities() -> bytes:
    return rewritten("xl/worksheets/sheet1.xml", lambda xml: ENTITIES.encode() + xml.split(b"?>")[-1])


def external() -> bytes:
    """Its values come from another workbook, and were never fetched."""
    return xlsx(人员=[HEAD, ["1001", "='[人事.xlsx]Sheet1'!A1", "mechanical"]])


def locked() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 100


def truncated() -> bytes:
    return book(person=TEACHER)[:-400]


def wide() -> bytes:
    return xlsx(人员=[[*HEAD, *(f"列{n}" for n in range(58))], [*ROW, *("x" * 58)]])


def names(how_many: int, *more: str) -> bytes:
    """A list of names beside which stands no staff number."""
    return xlsx(名单=[["序号", "姓名", *more], *[[n, f"某{n}", *("x" for _one in more)] for n in range(how_many)]])


def _saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    load_workbook(io.BytesIO(out.getvalue()))  # it is a workbook
    return out.getvalue()


def posts(*rows: dict[str, Any]) -> bytes:
    return book(appointment=[POST | row for row in rows])


BROKEN: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "merged cells": (merged, ("第 3 行", "单位号", "请先取消合并")),
    "formulas without a value": (formulas, ("第 2 行", "姓名", "这一格是公式")),
    "values of another workbook": (external, ("第 2 行", "这一格是公式")),
    "a date that is none": (lambda: posts({"from_on": "2026-02-30"}), ("任职起", "“2026-02-30”读不出日期")),
    "a date in words": (lambda: posts({"from_on": "去年九月"}), ("任职起", "读不出日期")),
    "an end before its beginning": (lambda: posts({"until_on": "2020-01-01"}), ("任职止", "不能早于任职起")),
    "a unit nobody knows": (lambda: book(person=TEACHER | {"unit": "火星"}), ("没有编号为“火星”的单位",)),
    "a parent nobody knows": (lambda: book(org_unit=UNIT | {"parent": "9"}), ("隶属单位号", "没有编号为“9”的单位")),
    "a person nobody knows": (lambda: posts({"staff_no": "77"}), ("没有工号为“77”的教职工",)),
    "a circle in the tree": (
        lambda: book(org_unit=[UNIT | {"code": "B1", "parent": "B2"}, UNIT | {"code": "B2", "parent": "B1"}]),
        ("隶属单位号", "绕了一圈"),
    ),
    "one key twice": (lambda: book(person=[TEACHER, TEACHER | {"name": "别人"}]), ("第 3 行", "和第 2 行重复")),
    "one code in two sheets": (
        lambda: book(org_unit=UNIT | {"code": "JX2601"}, **{"class": CLASS}),
        ("“03 组织机构”第 2 行已经用了这个编号",),
    ),
    "a building that contradicts itself": (
        lambda: book(dorm=[ROOM, ROOM | {"room": "302", "name": "梅园3号楼"}]),
        ("第 3 行", "和第 2 行写的不一样"),
    ),
    "two main posts at once": (
        lambda: posts({"is_principal": "是"}, {"title": "组长", "is_principal": "是"}),
        ("主要职务同时只能有一个",),
    ),
    "a receiver without a head": (
        lambda: book(org_unit=UNIT | {"can_receive_tickets": "是"}),
        ("负责人工号", "承办单位要有部门负责人", "经办人工号"),
    ),
    "words where a number is wanted": (lambda: book(**{"class": CLASS | {"size": "三十来个"}}), ("学生人数", "的整数")),
    "a word that is not on the list": (lambda: posts({"category": "大领导"}), ("职务类别", "请写其中之一")),
    "a link with the wrong sort of unit": (
        lambda: book(link={"staff_no": "li", "type": "社团", "target": "dorm-3", "from_on": "2026-09-01"}),
        ("联系对象编号", "“dorm-3”不是这一类单位"),
    ),
    "a cell that is too long": (lambda: book(person=TEACHER | {"name": "长" * 41}), ("姓名", "最多 40 个字")),
    "a needed column missing": (lambda: xlsx(人员=[["工号", "姓名"], ["1", "x"]]), ("缺少这些列：单位号",)),
    "an identity number in a note": (
        lambda: xlsx(人员=[[*HEAD, "备注"], [*ROW, f"证件 {ID_NUMBER}"]]),
        ("第 2 行", "备注", "像身份证号"),
    ),
    "an identity number in wide digits": (
        lambda: csv(
            "工号,姓名,单位号", f"{ID_NUMBER.translate({n: n + 0xFEE0 for n in range(48, 58)})},新老师,mechanical"
        ),
        ("第 2 行", "像身份证号"),
    ),
    "a list of students": (lambda: names(60, "民族", "政治面貌"), ("疑似学生名单",)),
    "staff rows without numbers": (
        lambda: xlsx(人员=[HEAD, *[["", f"某{n}", "mechanical"] for n in range(50)]]),
        ("疑似学生名单",),
    ),
    "a list of few names": (lambda: names(10), ("没有认出名册的列",)),
    "sixty-one columns": (wide, ("列数超过 60",)),
    "nothing but headings": (lambda: xlsx(人员=[HEAD]), ("没有数据行",)),
    "an empty file": (lambda: b"  \r\n", ("文件是空的",)),
    "a picture with another name": (picture, ("读不懂这个文件",)),
    "a password or an old format": (locked, ("加了密码",)),
    "half a workbook": (truncated, ("打不开这个工作簿",)),
    "a zip of gigabytes": (bomb, ("展开后超过 200 MB",)),
    "an entity bomb": (entities, ("打不开这个工作簿",)),
    "a quote that does not end": (
        lambda: b"\xef\xbb\xbf" + '工号,姓名,单位号\n1,"'.encode() + b"x" * 20_000,
        ("引号",),
    ),
    "text of another script": (lambda: "工号,姓名\n1,é".encode("utf-16"), ("读不懂这个文件",)),
}
