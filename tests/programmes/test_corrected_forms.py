"""附件1、附件2 say which version of the locked month they print, and what was corrected since, with its date."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from liaison.contacts import locking
from liaison.contacts.actions import amending, confirming
from liaison.contacts.models import Amendment, Contact
from liaison.contacts.occasions import COLUMNS, Occasion
from liaison.oversight.queries import record_corrections
from tests import cast
from tests.core.test_english import english
from tests.factories import actor, at

LATE = "11月9日补录10月30日进宿舍"
EARLY = "11月2日本人确认时，早于第 1 版（11月6日存档）"
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
    page = sign_in_as("director").get(address("chen")).text
    assert f"数据版本：{VERSION_1}</p>" in page
    assert "更正" not in page


def test_what_was_confirmed_before_the_lock_is_older_than_version_1(locked, sign_in_as):
    page = sign_in_as("li").get(address("li")).text
    assert f"数据版本：{EARLY}</p>" in page
    assert "确认以后" not in page  # nothing came between


def test_what_was_entered_in_time_after_the_confirmation_is_named_and_not_in_the_form(db, confirmed, file, sign_in_as):
    """A visit of the 31st, filed on 4 November; version 1 holds it, what he confirmed does not."""
    confirmed.to("2026-11-04 10:00")
    file("li", "2026-10-31 19:00", at_once=True)
    confirmed.to("2026-11-06 01:00")
    locking.freeze_locked()
    page = sign_in_as("li").get(address("li")).text
    assert f"数据版本：{EARLY}</p>" in page
    assert "确认以后记录：11月4日记入10月31日进宿舍（未列入本表）。" in page
    assert "10月31日</span>" not in page


def test_so_is_what_was_mended_in_time(db, confirmed, sign_in_as):
    confirmed.to("2026-11-04 10:00")
    page = f"/contacts/{db.session.query(Contact).one().number}/edit"
    assert sign_in_as("li").submit(page, {"held_at": "2026-10-24T19:00"}, to=page).status_code == 303
    shown = sign_in_as("li").get(address("li")).text
    assert "数据版本：本月尚未锁定" in shown
    assert "确认以后记录：11月4日修改10月24日进宿舍（未列入本表）。" in shown


def test_what_left_the_month_in_time_is_said_to_have_changed_it(db, confirmed, sign_in_as):
    confirmed.to("2026-11-04 10:00")
    page = f"/contacts/{db.session.query(Contact).one().number}/edit"
    assert sign_in_as("li").submit(page, {"held_at": "2026-11-01T19:00"}, to=page).status_code == 303
    assert "确认以后本月内容有变动（未列入本表）。" in sign_in_as("li").get(address("li")).text


def test_what_came_after_the_confirmation_is_named_and_not_in_the_form(db, locked, file, sign_in_as):
    agree(db, file("li", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    page = sign_in_as("li").get(address("li")).text
    assert f"数据版本：{EARLY}，现为第 2 版" in page
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


def test_a_record_put_right_is_no_news_to_whoever_does_not_stand_by_it(db, locked, file, sign_in_as):
    """陈副校长 was named in it and declined; 许副校长 was added by the correction and has not answered."""
    contact_id = file("li", "2026-10-30 19:00", beside=("chen",), late="那天网络不通")
    agree(db, contact_id, sign_in_as)
    answer(db, contact_id, confirming.reject, "chen", "那天没有去")
    put_right(db, contact_id, leaders=("li", "noise-leader"))
    forms = {who: sign_in_as("director").get(address(who)).text for who in ("li", "chen", "noise-leader")}
    assert {who: "更正10月30日进宿舍" in page for who, page in forms.items()} == {
        "li": True,
        "chen": False,
        "noise-leader": False,
    }
    answer(db, contact_id, confirming.confirm, "noise-leader")
    assert "更正10月30日进宿舍（已列入本表）" in sign_in_as("director").get(address("noise-leader")).text


def test_whoever_stood_by_it_and_was_struck_out_reads_so(db, locked, file, sign_in_as):
    contact_id = file("li", "2026-10-30 19:00", beside=("chen",), late="那天网络不通")
    answer(db, contact_id, confirming.confirm, "chen")
    agree(db, contact_id, sign_in_as)
    put_right(db, contact_id, leaders=("li",))
    page = sign_in_as("director").get(address("chen")).text
    assert "更正：11月9日更正10月30日进宿舍（已列入本表）。" in page
    assert "10月30日</span>" not in page


def test_only_what_touched_the_month_is_read(db, locked, file, sign_in_as):
    put_right(db, db.session.query(Contact).one().id, held_at=at("2026-09-30 19:00"))
    read = {month: len(record_corrections.put_right(date(2026, month, 1))) for month in (8, 9, 10, 11)}
    assert read == {8: 0, 9: 1, 10: 1, 11: 0}


def answer(db, contact_id, deed, who, *more):
    contact = db.session.get_one(Contact, contact_id)
    deed(actor(who), contact, contact.version, *more)
    db.session.commit()


def put_right(db, contact_id, leaders=("li",), **what):
    """Asked for by 李书记, agreed to by the director."""
    contact = db.session.get_one(Contact, contact_id)
    facts = {name: getattr(contact, name) for name in COLUMNS} | what
    wanted = Occasion(leader_ids=tuple(cast.person(who).id for who in leaders), **facts)
    amending.ask(actor("li"), contact, contact.version, wanted, "记错了")
    db.session.commit()
    asked = db.session.query(Amendment).filter_by(is_approved=None).one()
    amending.decide(actor("director"), contact, contact.version, asked, is_approved=True)
    db.session.commit()


def test_print_word_and_excel_say_the_same(db, locked, file, sign_in_as):
    agree(db, file("li", "2026-10-30 19:00", late="那天网络不通"), sign_in_as)
    version, said = f"数据版本：{EARLY}，现为第 2 版", f"确认以后更正：{LATE}（未列入本表）。"
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
    assert "confirmed on 2 Nov, before version 1 (kept 6 Nov); now version 2" in page
    assert "9 Nov: late entry of 30 Oct, " in page
