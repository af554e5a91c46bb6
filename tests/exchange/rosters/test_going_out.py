"""导出: what is there goes out in the columns in which it comes in; taken in again it changes nothing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from liaison.calendars.models import Term
from liaison.core.db import db
from liaison.exchange.rosters import editions, workbooks
from liaison.exchange.rosters.sheets import BY_CODE, KINDS
from liaison.people.models import Person
from tests.exchange.rosters.books import CLASS, ROOM, TEACHER, book, everything, planned, taken_in
from tests.factories import category_id

pytestmark = pytest.mark.usefixtures("app")
POST = {"staff_no": "1001", "unit": "mechanical", "title": "副院长", "category": "中层副职", "from_on": "2026-09-01"}
OFFICE = {"code": "B1", "name": "机械教研室", "type": "教研室", "parent": "mechanical", "can_receive_tickets": "否"}
PLAN = {"staff_no": "zhang", "academic_year": "2026-2027", "duty": "后勤", "group_carriers": "话剧社、JX2601"}
CATEGORY = {"code": "03", "name": "水电", "unit": "logistics", "limit_class": "一般", "words": "热水 停电"}
EVERY = {
    "org_unit": OFFICE,
    "person": [TEACHER, TEACHER | {"staff_no": "0042", "login": "ling", "name": "零老师"}],
    "appointment": POST | {"is_principal": "是", "rank": "副处", "until_on": "2030-08-31"},
    "class": CLASS,
    "dorm": [ROOM | {"aliases": "三号楼、竹3"}, ROOM | {"room": "302", "aliases": None}],
    "club": {"code": "C1", "name": "话剧社", "type": "社团", "unit": "library"},
    "course": {"code": "9001", "name": "形势与政策", "term": "2026-2027-1", "unit": "mechanical", "is_ideology": "是"},
    "place": {"code": "P1", "name": "二食堂", "type": "食堂", "campus": "本部", "manager": "logistics"},
    "link": [
        {"staff_no": "li", "type": "班级", "target": "JX2601", "from_on": "2026-09-01", "liaison": "liaison"},
        {"staff_no": "li", "type": "青年教师", "target": "1001", "from_on": "2026-09-01"},
        {"staff_no": "li", "type": "其他", "target": "P1", "from_on": "2026-09-01"},
    ],
    "carrier_plan": PLAN,
    "absence": {"staff_no": "chen", "from_on": "2026-10-12", "until_on": "2026-10-30", "type": "培训"},
    "dispatch_catalogue": CATEGORY,
    "legacy_ticket": [
        {"number": "7", "received_on": "2019-03-05", "text": "路灯不亮", "unit": "后勤保障处", "outcome": "A"},
        {"received_on": "2018-09-01", "text": "食堂太早关门", "source": "书记信箱"},
    ],
}


@pytest.fixture
def filled():
    autumn = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    db.session.add(Term(name="第一学期", academic_year="2026-2027", term_no=1, **autumn))
    category_id("03")
    db.session.commit()
    taken_in(book(**EVERY), login="director")


def test_every_sheet_comes_in(filled):
    assert set(EVERY) == set(BY_CODE) - editions.NEEDS.keys()  # those are in test_editions


def test_what_goes_out_and_comes_in_changes_nothing(filled):
    before = everything()
    data, count = workbooks.export(KINDS)
    plan = planned(data, "director")
    assert (plan.faults, [step.wish.label for step in plan.steps]) == ([], [])
    assert sum(plan.same.values()) >= count - 30
    taken_in(data, *BY_CODE, login="director")
    assert everything() == before


def test_numbers_keep_their_zeros_and_nothing_calculates(filled):
    db.session.scalars(select(Person).filter_by(staff_no="0042")).one().name = "=1+1"
    data, _count = workbooks.export([BY_CODE["person"]])
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))["04 人员"]]
    kinds = {cell.data_type for row in load_workbook(io.BytesIO(data))["04 人员"] for cell in row if cell.value}
    assert ["0042", "=1+1"] in [row[:2] for row in rows]
    assert kinds == {"s"}
