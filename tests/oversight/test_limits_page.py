"""时限: the director changes a class; what is dispatched from then on goes by the new edition."""

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow
from liaison.calendars import in_force, limits
from liaison.calendars.limit_rules import Days, Hours
from tests.calendars.moments import end
from tests.factories import make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass


@pytest.fixture(autouse=True)
def _forgotten(app):
    yield
    in_force.forget()


def change(browser, name="general", **typed):
    return browser.submit("/limits", {f"{name}-{key}": value for key, value in typed.items()}, to=f"/limits/{name}")


@pytest.mark.parametrize(("login", "status"), [("director", 200), ("admin", 404), ("wang", 404), ("zhang", 404)])
def test_it_is_kept_by_the_director(sign_in_as, login, status):
    assert sign_in_as(login).get("/limits").status_code == status


def test_the_page_shows_the_table_and_what_is_promised_by_it(sign_in_as):
    page = sign_in_as("director").get("/limits").text
    assert "现行第 1 版" in page
    for words in ("24 小时", "15 天", "当天", "按节点", "校内工作日", "自然日", ">10 天<"):
        assert words in page


def test_a_change_is_a_new_edition_for_new_dispatches_only(db, frozen, sign_in_as):
    frozen("2026-11-19 10:00")
    before = make_ticket(State.IN_PROGRESS)
    answer = change(sign_in_as("director"), handle=7, note="试行七个工作日")
    assert answer.status_code == 303
    after = make_ticket(State.IN_PROGRESS)
    db.session.refresh(before)
    assert (before.due_at, before.rule_version) == (end("11-26"), "1")
    assert (after.due_at, after.rule_version) == (end("11-30"), "2")
    assert limits.row(LimitClass.GENERAL, "1").handle == Days(5)
    page = sign_in_as("director").get("/limits").text
    assert "现行第 2 版" in page
    assert "试行七个工作日" in page


def test_the_kind_of_days_can_be_changed(sign_in_as):
    change(sign_in_as("director"), "simple", calendar="statutory")
    assert in_force.rules().rows[LimitClass.SIMPLE].calendar.value == "statutory"


def test_urgent_matters_go_on_running_in_hours(sign_in_as):
    change(sign_in_as("director"), "urgent", accept=1)
    row = in_force.rules().rows[LimitClass.URGENT]
    assert (row.accept, row.handle) == (Hours(1), Hours(24))


def test_long_term_matters_keep_their_milestones(sign_in_as):
    change(sign_in_as("director"), "long", triage=3)
    assert in_force.rules().rows[LimitClass.LONG].handle is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"handle": ""}, "1 到 250"), ({"handle": "0"}, "1 到 250"), ({"sign": "-1"}, "0 到 60"), ({}, "和现行的一样")],
)
def test_what_cannot_be_comes_back_with_a_sentence(sign_in_as, typed, words):
    page = change(sign_in_as("director"), **typed)
    assert page.status_code == 422
    assert words in page.text
    assert limits.rule_version() == "1"


def test_somebody_else_was_faster(sign_in_as):
    browser = sign_in_as("director")
    change(browser, handle=7)
    fields = {"accept": 1, "triage": 1, "sign": 1, "handle": 6, "extension": 5, "office": 1, "feedback": 2}
    typed = {f"general-{name}": value for name, value in {**fields, "calendar": "service", "base": "1"}.items()}
    answer = browser.send("/limits/general", typed)
    assert answer.status_code == 409
    assert "刚才有人先改了时限" in answer.text


def test_a_class_that_does_not_exist_is_not_found(sign_in_as):
    assert sign_in_as("director").send("/limits/other").status_code == 404


def test_every_change_is_recorded(db, sign_in_as):
    change(sign_in_as("director"), handle=7)
    row = db.session.scalars(select(AuditRow).where(AuditRow.deed == "limits.saved")).one()
    assert (row.object, "general" in row.detail) == ("2", True)
