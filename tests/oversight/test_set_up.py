"""初始化: ten minutes, step by step; nobody works before the emergency numbers are known."""

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow
from liaison.settings import in_force, queries
from liaison.settings.table import SECTIONS
from liaison.tickets.actions.categories import settle_categories
from liaison.tickets.models import Category
from tests import cast
from tests.factories import make_ticket, unit_id

PHONES = {"emergency_phones": "心理咨询中心 8765-4321\n保卫处值班：8765-1110"}
LINES = [f"lead-{code:02d}" for code in range(1, 21)]
OWN = [s.name for s in SECTIONS if s.has_defaults]


@pytest.fixture
def new(app, monkeypatch):
    """A system nobody has set up."""
    monkeypatch.setitem(app.config, "EMERGENCY_PHONES", "")


@pytest.mark.parametrize(
    ("login", "status"), [("director", 200), ("admin", 200), ("auditor", 404), ("wang", 404), ("zhang", 404)]
)
def test_it_is_done_by_the_director_and_the_administrator(sign_in_as, login, status):
    assert sign_in_as(login).get("/set-up").status_code == status


def test_a_visitor_is_sent_to_the_sign_in(client):
    assert "/sign-in" in client.get("/set-up").location


def test_the_page_says_what_is_left_and_who_is_missing(db, new, sign_in_as):
    page = sign_in_as("admin").get("/set-up").text
    for words in ("还差", "尚未启用：缺少紧急电话", "保密专办员：郑老师", "这一步由党政办公室主任来做"):
        assert words in page


def test_the_rest_is_adopted_by_one_button_and_twice_does_nothing_more(db, sign_in_as):
    browser = sign_in_as("director")
    for _again in range(2):
        assert browser.send("/set-up/defaults").status_code == 303
        assert queries.editions() == dict.fromkeys(OWN, 1)
    adopted = select(AuditRow.object).where(AuditRow.deed == "settings.adopted")
    assert sorted(db.session.scalars(adopted)) == sorted(OWN)


def test_an_administrator_adopts_only_what_is_his(sign_in_as):
    sign_in_as("admin").send("/set-up/defaults")
    assert set(queries.editions()) == {"privacy", "notices"}


def test_one_step_is_adopted_by_itself_and_leads_back(sign_in_as):
    answer = sign_in_as("director").submit("/set-up", to="/settings/desk/defaults")
    assert (answer.status_code, answer.location) == (303, "/set-up")
    assert queries.editions() == {"desk": 1}


def test_a_step_saved_is_done_and_one_may_go_on_another_day(sign_in_as):
    sign_in_as("director").submit("/settings/rules", {"hot_voices": "4"}, to="/settings/rules")
    page = sign_in_as("director").get("/set-up").text
    rules = page[page.index('id="rules"') :]
    assert "已做好" in rules[: rules.index("</li>")]


WORK = {"li": ["/contacts/new"], "wang": ["/queue", "/import"], "zhang": ["/queue"], "director": ["/queue"]}


@pytest.mark.parametrize("login", WORK)
def test_nobody_works_before_the_numbers_are_known(new, sign_in_as, login):
    browser = sign_in_as(login)
    for address in WORK[login]:
        page = browser.get(address)
        assert page.status_code == 503, address
        assert ("/settings/telephones" in page.text) is (login == "director")
        assert "8765" not in page.text


def test_nothing_is_filed_before_the_numbers_are_known(new, sign_in_as, db):
    assert sign_in_as("li").send("/contacts/new", {"kind": "enter_dorm"}).status_code == 503


@pytest.mark.parametrize("login", ["admin", "director"])
def test_whoever_sets_it_up_begins_there(new, sign_in_as, login):
    assert sign_in_as(login).get("/").location == "/set-up"


def test_with_the_numbers_it_is_in_use_at_once(new, sign_in_as, client):
    admin = sign_in_as("admin")
    assert admin.submit("/settings/telephones", PHONES, to="/settings/telephones").status_code == 303
    assert in_force.phones() == [("心理咨询中心", "8765-4321"), ("保卫处值班", "8765-1110")]
    assert sign_in_as("li").get("/contacts/new").status_code == 200
    page = client.get("/contacts/emergency").text
    assert page.index("tel:8765-4321") < page.index("tel:8765-1110") < page.index("tel:120")
    assert admin.get("/").location != "/set-up"


@pytest.mark.parametrize(
    ("typed", "words"), [("", "请至少写一个"), ("心理咨询中心", "没有读懂：心理咨询中心"), ("值班 abc", "没有读懂")]
)
def test_numbers_that_cannot_be_dialled_come_back(sign_in_as, typed, words):
    page = sign_in_as("admin").submit("/settings/telephones", {"emergency_phones": typed}, to="/settings/telephones")
    assert page.status_code == 422
    assert words in page.text


def test_the_catalogue_names_units_and_says_what_is_left(db, sign_in_as):
    settle_categories()
    db.session.commit()
    browser, logistics = sign_in_as("director"), cast.unit("logistics").id
    assert "还没有写承办单位" in browser.get("/settings/catalogue").text
    stale = browser.get("/settings/catalogue")
    answer = browser.submit("/settings/catalogue", {"lead-01": str(logistics)}, to="/settings/catalogue")
    assert answer.status_code == 303
    assert db.session.scalar(select(Category.lead_unit_id).where(Category.code == "01")) == logistics
    base = stale.text.partition('name="base"')[2].partition('value="')[2].partition('"')[0]
    late = browser.send("/settings/catalogue", {**dict.fromkeys(LINES, ""), "base": base, "lead-02": str(logistics)})
    assert late.status_code == 409
    assert "刚才有人先改了派单目录" in late.text
    assert sign_in_as("admin").get("/settings/catalogue").status_code == 404


def test_a_desk_that_is_switched_off_has_no_part_in_anything(db, sign_in_as, setting):
    ticket = make_ticket(college_id=unit_id("mechanical"))
    browser = sign_in_as("desk")
    assert browser.get(f"/tickets/{ticket.number}").status_code == 200
    setting(desks_on=False)
    assert browser.get(f"/tickets/{ticket.number}").status_code == 404


def test_the_notice_on_personal_information_is_the_universitys_own(client, setting):
    assert "不记录是谁反映的" in client.get("/privacy").text
    setting(privacy_notice="本校的说明。\n有事找党政办公室。")
    page = client.get("/privacy").text
    assert "本校的说明。" in page
    assert "不记录是谁反映的" not in page
