"""申报: 三特一体 for a year, the share of time for a term; the office sees who has not yet (domain.md §3.3, §3.8)."""

from datetime import date

import pytest

from liaison.audit.models import AuditRow
from liaison.calendars.models import Term
from liaison.core import clock
from liaison.people.models import Unit
from liaison.people.words import PostCategory
from liaison.programmes.models import CarrierPlan, ProgrammeEdition, TimeShare
from liaison.programmes.words import ContactKind, TimeBand
from tests import cast

PAGE = "/declaration"
SAID = {
    "duty": "后勤服务",
    "talent": "羽毛球",
    "staff_carriers": "维修班组\n后勤党支部",
    "group_carriers": "3号楼楼委会",
}


@pytest.fixture(autouse=True)
def _september(fujian, frozen):
    frozen("2026-09-08 10:00")


@pytest.fixture
def term(db):
    autumn = {"academic_year": "2026-2027", "first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    row = Term(name="第一学期", **autumn)
    db.session.add(row)
    db.session.scalars(db.select(Unit).filter_by(code="party-office")).one().has_half_time_rule = True
    db.session.flush()
    return row


def plans(db):
    db.session.expire_all()
    return db.session.scalars(db.select(CarrierPlan)).all()


def deeds(db, deed):
    return db.session.scalars(db.select(AuditRow).where(AuditRow.deed == deed)).all()


# --- 三特一体 ------------------------------------------------------------------------------------------


def test_a_cadre_declares_his_strengths_and_groups(db, sign_in_as):
    browser = sign_in_as("zhang")
    assert "请在 9月10日前申报" in browser.get(PAGE).text
    assert browser.submit(PAGE, SAID, move="plan").status_code == 303
    (row,) = plans(db)
    assert (row.person_id, row.academic_year, row.declared_on) == (
        cast.person("zhang").id,
        "2026-2027",
        date(2026, 9, 8),
    )
    assert (row.duty, row.business, row.talent) == ("后勤服务", "", "羽毛球")
    assert (row.staff_carriers, row.group_carriers) == (["维修班组", "后勤党支部"], ["3号楼楼委会"])
    assert len(deeds(db, "plan.declared")) == 1


def test_declared_again_unchanged_nothing_happens(db, sign_in_as):
    browser = sign_in_as("zhang")
    browser.submit(PAGE, SAID, move="plan")
    browser.submit(PAGE, move="plan")  # as the page is prefilled
    assert [row.version for row in plans(db)] == [1]
    assert len(deeds(db, "plan.declared")) == 1


def test_it_may_be_changed_and_keeps_the_day_it_was_first_declared(db, frozen, sign_in_as):
    browser = sign_in_as("zhang")
    browser.submit(PAGE, SAID, move="plan")
    frozen("2026-11-08 10:00")
    browser.submit(PAGE, {"business": "食品安全"}, move="plan")
    (row,) = plans(db)
    assert (row.business, row.duty, row.declared_on) == ("食品安全", "后勤服务", date(2026, 9, 8))


def test_the_next_academic_year_is_declared_anew(db, frozen, sign_in_as):
    browser = sign_in_as("zhang")
    browser.submit(PAGE, SAID, move="plan")
    frozen("2027-09-01 10:00")
    assert "请在 2027年9月10日" not in browser.get(PAGE).text
    assert "请在 9月10日前申报" in browser.get(PAGE).text
    browser.submit(PAGE, {"duty": "后勤服务"}, move="plan")
    assert [row.academic_year for row in plans(db)] == ["2026-2027", "2027-2028"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"duty": "", "talent": ""}, "至少写一项"),
        ({"duty": "长" * 101}, "最多 100 个字"),
        ({"staff_carriers": "\n".join(f"第{n}教研室" for n in range(6))}, "最多写 5 个"),
        ({"group_carriers": "长" * 41}, "每个最多 40 个字"),
        ({"group_carriers": "张同学 13812345678"}, "不写哪一位学生"),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence_and_nothing_lost(db, sign_in_as, said, words):
    answer = sign_in_as("zhang").submit(PAGE, SAID | said, move="plan")
    assert answer.status_code == 422
    assert words in answer.text
    assert "后勤党支部" in answer.text or "staff_carriers" in said
    assert not plans(db)


def test_who_looked_at_an_older_page_reads_that_he_was_faster_himself(db, sign_in_as):
    browser = sign_in_as("zhang")
    browser.submit(PAGE, SAID, move="plan")
    answer = browser.send(f"{PAGE}/plan", SAID | {"duty": "别的", "version": "0"})
    assert answer.status_code == 409
    assert "别的" in answer.text
    assert plans(db)[0].duty == "后勤服务"


@pytest.mark.parametrize(
    ("login", "status"), [("zhang", 200), ("director", 200), ("li", 404), ("sun", 404), ("wang", 404)]
)
def test_it_is_the_page_of_cadres(sign_in_as, login, status):
    assert sign_in_as(login).get(PAGE).status_code == status


def test_a_visitor_is_sent_to_the_sign_in(client):
    assert "/sign-in" in client.get(PAGE).location


def test_who_holds_no_such_post_any_more_has_nothing_to_declare(db, post_of, sign_in_as):
    post = db.session.scalars(db.select(cast.Post).filter_by(person_id=cast.person("zhang").id)).one()
    post.category = PostCategory.OTHER
    browser = sign_in_as("zhang")
    assert "没有要您申报的" in browser.get(PAGE).text
    assert browser.send(f"{PAGE}/plan", SAID).status_code == 403


# --- 一半以上时间 ------------------------------------------------------------------------------------


def test_the_head_of_a_party_department_declares_a_band(db, term, held, sign_in_as):
    held("director", "2026-09-08 09:00", ContactKind.ENTER_DORM, minutes=400)
    browser = sign_in_as("director")
    assert "2 个半天" in browser.get(PAGE).text
    answer = browser.submit(PAGE, {"band": "half_or_more", "sentence": "每周两天在学院"}, move="share")
    assert answer.status_code == 303
    row = db.session.scalars(db.select(TimeShare)).one()
    assert (row.band, row.sentence, row.term_id) == (TimeBand.HALF_OR_MORE, "每周两天在学院", term.id)
    browser.submit(PAGE, {"band": "half_or_more", "sentence": "每周两天在学院"}, move="share")
    assert len(deeds(db, "share.declared")) == 1


def test_short_stays_and_online_hours_are_no_half_days(term, held, sign_in_as):
    held("director", "2026-09-08 08:00", ContactKind.ENTER_DORM, minutes=100)
    held("director", "2026-09-08 11:00", ContactKind.ENTER_DORM, minutes=190)
    held("director", "2026-09-08 15:00", ContactKind.ENTER_ONLINE, minutes=400, channel="online")
    assert "1 个半天" in sign_in_as("director").get(PAGE).text


def test_without_a_choice_nothing_is_declared(db, term, sign_in_as):
    assert sign_in_as("director").submit(PAGE, {"sentence": "说不准"}, move="share").status_code == 422
    assert not db.session.scalars(db.select(TimeShare)).all()


def test_whose_unit_has_no_such_rule_is_not_asked(term, sign_in_as):
    browser = sign_in_as("zhang")
    assert 'data-move="share"' not in browser.get(PAGE).text
    assert browser.send(f"{PAGE}/share", {"band": "under_30"}).status_code == 403


# --- the office ----------------------------------------------------------------------------------


def test_the_office_sees_who_has_not_declared_yet_in_organisational_order(term, sign_in_as):
    sign_in_as("zhang").submit(PAGE, SAID, move="plan")
    sign_in_as("director").submit(PAGE, SAID, move="plan")
    office = sign_in_as("wang")
    page = office.get("/declarations").text
    assert "张处长" not in page
    assert page.index("周主任") < page.index("刘老师") < page.index("郭院长")  # his share is missing
    assert "已申报 2 人" in page
    sign_in_as("director").submit(PAGE, {"band": "under_50"}, move="share")
    assert "周主任</th>" not in office.get("/declarations").text
    everybody = office.get("/declarations?tab=all").text
    assert "张处长" in everybody
    assert "30%–50%" in everybody


@pytest.mark.parametrize(
    ("login", "status"), [("wang", 200), ("director", 200), ("zhang", 404), ("li", 404), ("auditor", 404)]
)
def test_only_the_office_reads_the_list(sign_in_as, login, status):
    assert sign_in_as(login).get("/declarations").status_code == status


def test_where_the_rules_are_not_in_force_nobody_is_asked(db, fujian, sign_in_as):
    ended = {"edition": 2, "from_on": date(2026, 9, 1), "is_in_force": False, "made_at": clock.now()}
    db.session.add(ProgrammeEdition(programme_id=fujian, **ended))
    assert "没有要您申报的" in sign_in_as("zhang").get(PAGE).text
    assert sign_in_as("zhang").send(f"{PAGE}/plan", SAID).status_code == 403
    assert "张处长" not in sign_in_as("wang").get("/declarations").text


def test_the_list_costs_the_same_however_many_there_are(term, queries, sign_in_as):
    browser = sign_in_as("wang")
    browser.get("/declarations")
    with queries() as asked:
        browser.get("/declarations?tab=all")
    assert len(asked) == 7


def test_the_day_to_declare_by_is_a_setting(setting, sign_in_as):
    setting(plan_due_day=15)
    assert "请在 9月15日前申报" in sign_in_as("zhang").get(PAGE).text
