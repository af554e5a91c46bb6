"""附件1、附件2 say which version of the locked month they print, and what was corrected since, with its date."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from liaison.contacts import locking
from liaison.contacts.models import Contact
from tests import cast
from tests.core.test_english import english

LATE = "11月9日补录10月30日进宿舍"
VERSION_1, VERSION_2 = "第 1 版（11月6日存档）", "第 2 版（11月9日更正）"


@pytest.fixture
def october(file, frozen):
    """李书记's visit of the 23rd; he confirmed his form on the 2nd, 陈副校长 never did; the month is locked."""
    file("li", "2026-10-23 19:00")
    return frozen("2026-11-02 10:00")


@pytest.fixture
def confirmed(october, sign_in_as):
    page = address("li")
    assert sign_in_as("li").submit(page, to=f"{page}/confirm").status_code == 303
    return october


@pytest.fixture
def locked(confirmed):
    confirmed.to("2026-11-06 01:00")
    locking.freeze_locked()
    confirmed.to("2026-11-09 10:00")
    return confirmed


def address(login):
    return f"/forms/2026-10/a1/{cast.person(login).id}"


def agree(db, contact_id, sign_in_as, what="late"):
    contact = db.session.get_one(Contact, contact_id)
    said = {"version": str(contact.version), "decision": "approve"}
    assert sign_in_as("director").send(f"/contacts/{contact.number}/{what}", said).status_code == 303
    locking.freeze_locked()


def test_a_month_that_is_not_locked_says_so(october, sign_in_as):
    assert "数据版本：本月尚未锁定" in sign_in_as("li").get(address("li")).text


def test_a_locked_month_says_its_version(locked, sign_in_as):
    page = sign_in_as("li").get(address("li")).text
    assert f"数据版本：{VERSION_1}</p>" in page
    assert "更正" not in page


def test_what_came_after_the_confirmation_is_named_and_not_in_the_form(db, locked, file, sign_in_as):
    agree(db, file("li", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    page = sign_in_as("li").get(address("li")).text
    assert f"数据版本：{VERSION_1}，现为第 2 版" in page
    assert f"确认以后更正：{LATE}（未列入本表）。" in page
    assert "10月30日</span>" not in page


def test_a_form_nobody_confirmed_prints_the_corrected_month_and_says_so(db, locked, file, sign_in_as):
    agree(db, file("chen", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    page = sign_in_as("director").get(address("chen")).text
    assert f"数据版本：{VERSION_2}</p>" in page
    assert f"更正：{LATE}（已列入本表）。" in page
    assert "10月30日</span>" in page


def test_who_was_not_there_has_no_correction(db, locked, file, sign_in_as):
    agree(db, file("chen", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    assert "补录" not in sign_in_as("li").get(address("li")).text


def test_what_the_director_declined_is_none(db, locked, file, sign_in_as):
    contact = db.session.get_one(Contact, file("chen", "2026-10-30 19:00", late="那天网络不通"))
    said = {"version": str(contact.version), "decision": "decline", "answer": "行程里没有"}
    sign_in_as("director").send(f"/contacts/{contact.number}/late", said)
    assert "补录" not in sign_in_as("director").get(address("chen")).text


def test_a_record_put_right_is_named_also_where_it_left_the_month(db, locked, sign_in_as):
    contact = db.session.query(Contact).one()
    page = f"/contacts/{contact.number}/amend"
    typed = {"held_at": "2026-09-30T19:00", "reason": "记错了一个月"}
    assert sign_in_as("li").submit(page, typed, to=page).status_code == 303
    db.session.expire_all()
    agree(db, contact.id, sign_in_as, "amendment")
    said = "确认以后更正：11月9日更正10月23日进宿舍，改到9月30日（未列入本表）。"
    assert said in sign_in_as("li").get(address("li")).text
    september = f"/forms/2026-09/a1/{cast.person('li').id}"
    assert "更正：11月9日更正10月23日进宿舍，改到9月30日（已列入本表）。" in sign_in_as("li").get(september).text


def test_print_word_and_excel_say_the_same(db, locked, file, sign_in_as):
    agree(db, file("li", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    version, said = f"数据版本：{VERSION_1}，现为第 2 版", f"确认以后更正：{LATE}（未列入本表）。"
    assert said in sign_in_as("li").get(f"{address('li')}/print").text
    word = Document(BytesIO(sign_in_as("li").get(f"{address('li')}/form.docx").data))
    assert {version, said} <= {paragraph.text for paragraph in word.paragraphs}
    export = {"as_what": "xlsx", "purpose": "报送"}
    book = load_workbook(BytesIO(sign_in_as("director").send("/forms/2026-10/a1/export", export).data))
    rows = [row for row in book["附件1"].iter_rows(values_only=True) if row[0] == "李书记"]
    assert {row[-2:] for row in rows} == {(version, said)}


def test_in_english_it_is_english(db, locked, file, sign_in_as):
    agree(db, file("li", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    page = english(sign_in_as, "li").get(address("li")).text
    assert "version 1 (kept 6 Nov); now version 2" in page
    assert "9 Nov: late entry of 30 Oct, " in page
