"""记录表 on its pages: ready on the 1st, confirmed with one tap by its person only, taken by the office."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from liaison.audit.models import AuditRow
from liaison.core import clock
from liaison.oversight.actions import record_forms as actions
from liaison.oversight.forms import record_forms as limits
from liaison.programmes.models import WORK_LENGTH, MonthlyForm
from liaison.programmes.words import ContactKind
from tests import cast
from tests.core.test_english import chinese, english
from tests.factories import actor, at

K = ContactKind
FIRST = "2026-12-01 08:00"


@pytest.fixture
def _december(fujian, frozen):
    frozen(FIRST)


pytestmark = pytest.mark.usefixtures("_december")


def address(login, kind="a1", month="2026-11"):
    return f"/forms/{month}/{kind}/{cast.person(login).id}"


def kept(db):
    db.session.expire_all()
    return db.session.scalars(db.select(MonthlyForm)).all()


# --- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["li", "liaison", "wang", "director"])
def test_he_himself_his_liaison_and_the_office_read_it(sign_in_as, login):
    page = sign_in_as(login).get(address("li"))
    assert page.status_code == 200
    assert "李书记" in page.text


@pytest.mark.parametrize("login", ["chen", "zhang", "noise-liaison", "sun", "auditor", "admin", "security", "desk"])
def test_for_others_it_is_not_there(sign_in_as, login):
    assert sign_in_as(login).get(address("li")).status_code == 404
    assert sign_in_as(login).get(f"{address('li')}/form.docx").status_code == 404


def test_a_visitor_is_sent_to_the_sign_in(client):
    assert "/sign-in" in client.get(address("li")).location


@pytest.mark.parametrize(
    "path", ["/forms/2026-11/a2/{li}", "/forms/2026-13/a1/{li}", "/forms/2026-1/a1/{li}", "/forms/2026-11/a3/{li}"]
)
def test_what_is_no_form_is_not_there(sign_in_as, path):
    assert sign_in_as("li").get(path.format(li=cast.person("li").id)).status_code == 404


def test_nobody_but_the_office_reads_two_people_side_by_side(sign_in_as):
    for login in ("li", "zhang", "liaison"):
        page = sign_in_as(login).get("/forms?month=2026-11&kind=a2").text
        assert "刘老师" not in page
        assert "陈副校长" not in page


# --- one tap -------------------------------------------------------------------------------------


def test_on_the_first_it_is_ready_and_one_tap_confirms_it(db, held, sign_in_as):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="走访新生宿舍")
    browser = sign_in_as("li")
    assert "等您确认" in browser.get("/forms").text
    assert "走访新生宿舍" in browser.get(address("li")).text
    assert browser.submit(address("li"), move="confirm").status_code == 303
    (row,) = kept(db)
    assert (row.confirmed_at, row.work) == (clock.now(), None)
    assert "已确认 今天 08:00" in browser.get("/forms").text
    audited = db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "record_form.confirmed")).one()
    assert audited.object == "2026-11 a1"


def test_pressed_twice_it_confirms_once(db, sign_in_as):
    browser = sign_in_as("li")
    for _press in range(2):
        assert browser.submit(address("li"), move="confirm").status_code == 303
    assert len(kept(db)) == 1
    assert len(db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "record_form.confirmed")).all()) == 1


@pytest.mark.parametrize("login", ["liaison", "wang", "director"])
def test_who_may_look_cannot_confirm(db, sign_in_as, login):
    browser = sign_in_as(login)
    assert 'data-move="confirm"' not in browser.get(address("li")).text
    assert browser.send(f"{address('li')}/confirm", {"seen": "x"}).status_code == 403
    assert not kept(db)


def test_a_month_that_is_not_over_is_shown_and_not_confirmed(db, frozen, held, sign_in_as):
    frozen("2026-11-30 23:00")
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="走访新生宿舍")
    browser = sign_in_as("li")
    page = browser.get(address("li")).text
    assert "走访新生宿舍" in page
    assert "还没有过完" in page
    assert browser.send(f"{address('li')}/confirm", {"seen": "x"}).status_code == 409
    assert not kept(db)


def test_he_confirms_what_he_saw(db, held, sign_in_as):
    browser = sign_in_as("li")
    browser.get(address("li"))
    seen = actions.mark_of(actions.queries.as_generated(*_asked("li")))
    held("li", "2026-11-05 15:00", K.ENTER_DORM)  # his liaison, at the same moment
    answer = browser.send(f"{address('li')}/confirm", {"seen": seen})
    assert answer.status_code == 409
    assert "11月5日" in answer.text
    assert not kept(db)


def _asked(login):
    from liaison.programmes.words import MonthlyFormKind
    from tests.oversight.conftest import NOVEMBER

    kind, who = MonthlyFormKind.FIVE_LINKS, actor(login)
    return kind, NOVEMBER, actions.queries.holder(who, kind, NOVEMBER, who.id)


def test_what_came_after_the_confirmation_is_said_and_printed_once_confirmed_again(held, sign_in_as):
    browser = sign_in_as("li")
    browser.submit(address("li"), move="confirm")
    held("li", "2026-11-28 15:00", K.ENTER_DORM, summary="补记的一次")
    page = browser.get(address("li")).text
    assert "又有新的记录" in page
    assert "补记的一次" not in page  # the paper is still as he confirmed it
    browser.submit(address("li"), move="confirm")
    assert "补记的一次" in browser.get(address("li")).text


def test_after_the_lock_it_stays_as_confirmed(db, held, frozen, sign_in_as):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="走访新生宿舍")
    browser = sign_in_as("li")
    browser.submit(address("li"), move="confirm")
    seen = actions.mark_of(actions.queries.as_generated(*_asked("li")))
    frozen("2026-12-06 00:01")
    contact = held("li", "2026-11-05 15:00", K.ENTER_CLUB, summary="改过的")
    contact.is_late = False
    page = browser.get(address("li")).text
    assert "走访新生宿舍" in page
    assert "改过的" not in page
    assert 'data-move="confirm"' not in page
    assert browser.send(f"{address('li')}/confirm", {"seen": seen}).status_code == 409
    assert "改过的" not in str(kept(db)[0].content)


def test_who_was_late_may_still_confirm_after_the_lock(db, frozen, sign_in_as):
    frozen("2026-12-10 09:00")
    assert sign_in_as("li").submit(address("li"), move="confirm").status_code == 303
    assert kept(db)[0].confirmed_at == at("2026-12-10 09:00")


# --- 附件2 -----------------------------------------------------------------------------------------


def test_the_work_is_there_and_may_be_written_anew(db, held, sign_in_as):
    held("zhang", "2026-11-05 15:00", K.ENTER_DORM, summary="看热水供应")
    browser = sign_in_as("zhang")
    page = address("zhang", "a2")
    assert "看热水供应。</textarea>" in browser.get(page).text
    browser.submit(page, {"work": "查清了三楼的水泵，协调厂家更换。"}, move="confirm")
    (row,) = kept(db)
    assert row.work == row.content["work"] == "查清了三楼的水泵，协调厂家更换。"
    assert "查清了三楼的水泵" in sign_in_as("wang").get(page).text


def test_left_as_generated_it_is_kept_as_generated(db, held, sign_in_as):
    held("zhang", "2026-11-05 15:00", K.ENTER_DORM, summary="看热水供应")
    sign_in_as("zhang").submit(address("zhang", "a2"), move="confirm")
    (row,) = kept(db)
    assert row.work is None
    assert "看热水供应" in row.content["work"]


def test_more_than_five_hundred_characters_come_back_with_nothing_lost(db, sign_in_as):
    text = "长" * (WORK_LENGTH + 1)
    answer = sign_in_as("zhang").submit(address("zhang", "a2"), {"work": text}, move="confirm")
    assert answer.status_code == 422
    assert text in answer.text
    assert not kept(db)


# --- the office ----------------------------------------------------------------------------------


def test_the_office_sees_who_confirmed_in_organisational_order(sign_in_as):
    sign_in_as("zhang").submit(address("zhang", "a2"), move="confirm")
    page = sign_in_as("wang").get("/forms?month=2026-11&kind=a2").text
    assert page.index("周主任") < page.index("张处长") < page.index("刘老师") < page.index("郭院长")
    assert "已确认 1 人" in page
    assert "已确认 今天 08:00" in page


def test_the_list_costs_the_same_however_many_there_are(queries, sign_in_as):
    browser = sign_in_as("wang")
    browser.get("/forms?month=2026-11&kind=a2")
    with queries() as asked:
        browser.get("/forms?month=2026-11&kind=a2")
    assert len(asked) == 8


def take(browser, what, kind="a1", **typed):
    page = f"/forms?month=2026-11&kind={kind}"
    return browser.submit(page, {"as_what": what, **typed}, to=f"/forms/2026-11/{kind}/export")


def test_the_office_takes_all_as_one_word_file(held, sign_in_as):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="=1+1")
    answer = take(sign_in_as("wang"), "docx")
    assert answer.status_code == 200
    document = Document(BytesIO(answer.data))
    assert [table.cell(0, 2).text for table in document.tables] == ["李书记", "陈副校长", "许副校长"]
    assert "=1+1" in [cell.text for cell in document.tables[0].column_cells(4)]


def test_the_office_takes_all_as_a_workbook_in_which_text_stays_text(held, sign_in_as):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="=1+1")
    held("li", "2026-11-06 15:00", K.ENTER_CANTEEN, "canteen-1", summary="@someone")
    sign_in_as("li").submit(address("li"), move="confirm")
    book = load_workbook(BytesIO(take(sign_in_as("wang"), "xlsx").data))
    explained, sheet = book["说明"], book["附件1"]
    assert explained["A2"].value == "2026年11月"
    assert any("内部资料" in str(row[0].value) for row in explained.rows)
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("姓名", "职务")
    assert sheet.freeze_panes == "B2"
    assert len(rows) == 1 + 3 * 12
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert (cells["=1+1"], cells["@someone"]) == ("s", "s")
    assert at(f"{rows[1][7]:%Y-%m-%d %H:%M}") == clock.now()


def test_the_second_annex_as_a_workbook_holds_its_counts_as_numbers(held, sign_in_as):
    held("zhang", "2026-11-05 15:00", K.ENTER_DORM, heard=2)
    sheet = load_workbook(BytesIO(take(sign_in_as("director"), "xlsx", "a2").data))["附件2"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "张处长"]
    assert row[9:11] == (2, 0)


def test_more_than_two_hundred_need_a_purpose(db, monkeypatch, sign_in_as):
    monkeypatch.setattr(limits, "MANY", 2)
    browser = sign_in_as("wang")
    assert take(browser, "docx").status_code == 422
    assert take(browser, "docx", purpose="报党委组织部存档").status_code == 200
    row = db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "record_form.exported")).one()
    assert '"count":3' in row.detail
    assert '"sha256"' in row.detail


@pytest.mark.parametrize("login", ["li", "zhang", "liaison", "auditor", "admin"])
def test_nobody_else_takes_all(sign_in_as, login):
    assert sign_in_as(login).send("/forms/2026-11/a1/export", {"as_what": "docx"}).status_code == 404


# --- one file ------------------------------------------------------------------------------------


def test_one_form_as_word_looks_like_the_annex(db, held, sign_in_as):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="走访 <b>三楼</b> & {{ x }}")
    answer = sign_in_as("li").get(f"{address('li')}/form.docx")
    document = Document(BytesIO(answer.data))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[:3] == ["附件 1", "领导班子成员“五联七进”工作记录表", "填表时间：2026 年 11 月"]
    assert text[3].startswith("收集问题 0 件，已反馈 0 件")
    (table,) = document.tables
    assert [cell.text for cell in table.rows[9].cells[1:]] == ["进班级", "", "", ""]
    assert [cell.text for cell in table.rows[10].cells[1:]] == [
        "进宿舍",
        "3号楼",
        "11月5日",
        "走访 <b>三楼</b> & {{ x }}",
    ]
    assert [cell.text for cell in table.rows[0].cells] == ["姓　名", "姓　名", "李书记", "职　务", "党委书记"]
    footer = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    assert "内部资料" in footer[1]
    assert footer[1].endswith("李书记")
    markup = document.element.xml
    assert markup.count("<w:gridCol ") == 5
    assert 'w:eastAsia="方正小标宋简体"' in markup
    row = db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "record_form.exported")).one()
    assert (row.object, row.actor_id) == ("2026-11 a1", cast.person("li").id)


def test_the_second_annex_as_word_has_its_fields(held, sign_in_as):
    held("zhang", "2026-11-05 15:00", K.ENTER_DORM, summary="看热水供应")
    answer = sign_in_as("zhang").get(f"{address('zhang', 'a2')}/form.docx")
    (table,) = Document(BytesIO(answer.data)).tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "姓名",
        "张处长",
        "部门",
        "后勤保障处",
        "职务",
        "后勤保障处处长",
    ]
    assert [row.cells[1].text for row in table.rows[1:6]] == ["工作职能", "业务主体", "个人专长", "教师", "学生"]
    assert "看热水供应" in table.rows[6].cells[1].text


def test_the_print_view_is_the_form_alone_with_the_mark_of_its_reader(db, held, sign_in_as):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, summary="走访新生宿舍")
    page = sign_in_as("wang").get(f"{address('li')}/print").text
    assert "走访新生宿舍" in page
    assert "内部资料" in page
    assert "党政办公室 王老师" in page
    assert "记一次联系" not in page
    assert db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "record_form.printed")).one()


@pytest.mark.parametrize(("login", "kind"), [("li", "a1"), ("zhang", "a2")])
def test_who_reads_english_reads_the_same_form_in_english(sign_in_as, login, kind):
    browser = english(sign_in_as, login)
    for page in ("/forms", address(login, kind)):
        assert chinese(browser.get(page)) == [], page
