"""What only some kinds of contact have: asked for where a rule needs it, kept nowhere else (domain.md §3.3, §3.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison.calendars.models import Term
from liaison.contacts.models import HomeVisit
from liaison.people.models import StaffLink
from liaison.programmes.models import Course
from liaison.programmes.words import ConsentForm, VisitMode
from tests import cast
from tests.contacts.conftest import NEW


@pytest.fixture
def course(db: Any) -> Course:
    """One 思政课 of the term, and one of another sort."""
    dates = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    term = Term(name="第一学期", academic_year="2026-2027", **dates)
    db.session.add(term)
    db.session.flush()
    same = {"term_id": term.id, "unit_id": cast.unit("academic-affairs").id}
    row = Course(code="SZ01", name="思想道德与法治", is_ideology=True, **same)
    db.session.add_all([row, Course(code="JX01", name="机械原理", is_ideology=False, **same)])
    db.session.commit()
    return row


@pytest.fixture
def teacher(db: Any) -> Any:
    """李书记's young teacher."""
    who = cast.person("liu-handler")
    tie = {"person_id": cast.person("li").id, "colleague_id": who.id, "from_on": date(2026, 9, 1)}
    db.session.add(StaffLink(is_young_teacher=True, **tie))
    db.session.commit()
    return who


FAMILY = {"kind": "home_visit", "consent": "spoken", "visit_mode": "phone", "help_agreed": "帮助申请助学金"}


def test_a_lecture_has_a_title(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    answer = file_one(browser, kind="party_class", title="学习二十届四中全会精神")
    assert contacts()[0].title == "学习二十届四中全会精神"
    assert "学习二十届四中全会精神" in browser.get(answer.location).text


def test_a_study_has_its_report_by_number_and_day(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    typed = {"title": "学生宿舍用电", "document_no": "院党〔2026〕12号", "reported_on": "2026-11-17"}
    answer = file_one(sign_in_as("li"), kind="field_study", **typed)
    assert (contacts()[0].document_no, contacts()[0].reported_on) == ("院党〔2026〕12号", date(2026, 11, 17))
    assert "院党〔2026〕12号 11月17日上报" in sign_in_as("li").get(answer.location).text


def test_the_course_one_listened_to(sign_in_as: Any, frozen: Any, file_one: Any, contacts: Any, course: Course) -> None:
    frozen("2026-11-18 20:40")
    page = sign_in_as("li").get(NEW).text
    assert "思想道德与法治" in page
    assert "机械原理" not in page
    file_one(sign_in_as("li"), kind="enter_class", course_id=str(course.id))
    assert contacts()[0].course_id == course.id


def test_a_talk_with_a_young_teacher_is_a_day_and_a_name(
    sign_in_as: Any, file_one: Any, contacts: Any, teacher: Any
) -> None:
    browser = sign_in_as("li")
    assert 'value="talk_young_teacher"' in browser.get(NEW).text
    refused = file_one(browser, kind="talk_young_teacher", colleague_id=str(teacher.id), summary="谈了职称")
    assert "只记日期，不写内容" in refused.text
    file_one(browser, kind="talk_young_teacher", colleague_id=str(teacher.id))
    (contact,) = contacts()
    assert (contact.colleague_id, contact.summary) == (teacher.id, "")
    assert "邓老师" in browser.get(f"/contacts/{contact.number}").text


def test_colleagues_of_others_are_not_offered(sign_in_as: Any, teacher: Any) -> None:
    assert f'<option value="{teacher.id}"' in sign_in_as("li").get(NEW).text
    assert f'<option value="{teacher.id}"' not in sign_in_as("chen").get(NEW).text


def test_a_home_visit_is_consent_mode_and_help_and_no_address(
    sign_in_as: Any, file_one: Any, contacts: Any, db: Any
) -> None:
    answer = file_one(sign_in_as("li"), place=None, **FAMILY)
    visit = db.session.get(HomeVisit, contacts()[0].id)
    assert (visit.mode, visit.consent, visit.help_agreed) == (VisitMode.PHONE, ConsentForm.SPOKEN, "帮助申请助学金")
    assert (visit.consented_on, contacts()[0].place_text) == (date(2026, 11, 18), "校外")
    page = sign_in_as("li").get(answer.location).text
    assert "电话 · 口头同意（11月18日）" in page
    assert "帮助申请助学金" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"consent": ""}, "请点选是怎样同意的"),
        ({"place_text": "幸福路八号三单元"}, "不记住址"),
        ({"consented_on": "2026-11-19"}, "这一天还没到"),
        ({"summary": "家里有三口人"}, "不写内容"),
    ],
)
def test_a_home_visit_keeps_nothing_else(
    sign_in_as: Any, file_one: Any, contacts: Any, typed: dict[str, str], words: str
) -> None:
    refused = file_one(sign_in_as("li"), place=None, **{**FAMILY, **typed})
    assert (refused.status_code, contacts()) == (422, [])
    assert words in refused.text


def test_what_does_not_belong_to_the_kind_is_not_kept(sign_in_as: Any, file_one: Any, contacts: Any, db: Any) -> None:
    file_one(sign_in_as("li"), title="一个题目", document_no="1号", **{**FAMILY, "kind": "enter_dorm"})
    (contact,) = contacts()
    assert (contact.title, contact.document_no) == ("", "")
    assert db.session.get(HomeVisit, contact.id) is None


def test_they_are_mended_like_the_rest(sign_in_as: Any, file_one: Any, contacts: Any, db: Any) -> None:
    browser = sign_in_as("li")
    file_one(browser, place=None, **FAMILY)
    (contact,) = contacts()
    address = f"/contacts/{contact.number}/edit"
    assert browser.post_form(address, {"consent": "written", "help_agreed": "介绍勤工助学岗位"}).status_code == 303
    db.session.expire_all()
    visit = db.session.get(HomeVisit, contact.id)
    assert (visit.mode, visit.consent, visit.help_agreed) == (VisitMode.PHONE, ConsentForm.WRITTEN, "介绍勤工助学岗位")
    assert "改了走访家庭、商定的实际帮助" in browser.get(f"/contacts/{contact.number}").text
    browser.post_form(address, {"kind": "enter_dorm", "place_id": str(cast.unit("dorm-3").id), "place_text": ""})
    db.session.expire_all()
    assert db.session.get(HomeVisit, contact.id) is None
