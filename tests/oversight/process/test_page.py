"""流程: the page, and the file that leaves the house – recorded with what it is for, before it goes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from liaison.audit.models import AuditRow, AuditText
from liaison.oversight.figures.scope import Scope
from liaison.oversight.process import xes
from liaison.oversight.views.process import _pieces
from tests import cast
from tests.factories import make_ticket
from workflows.ticket_states import State

ASKED = {"first": "2026-11-01", "last": "2026-11-30", "format": "xes", "purpose": "给学校做流程分析"}


@pytest.fixture
def november(db, frozen):
    time = frozen("2026-11-02 09:00")
    made = [make_ticket(State.CLOSED), make_ticket(State.DISPATCHED, lead="academic-affairs")]
    time.to("2026-11-20 09:00")
    return made


def test_the_office_reads_pictures_and_tables(november, sign_in_as, queries):
    browser = sign_in_as("wang")
    browser.get("/process")
    with queries() as asked:
        page = browser.get("/process?first=2026-11-01&last=2026-11-20")
    assert len(asked) <= 5  # who asks: two; the flow: three
    for words in ("<svg", "在每个状态等多久", "最常走的路", "退回去的", "待签收", "普通事项，受限的不列。"):
        assert words in page.text


def test_a_head_reads_his_own_part(november, sign_in_as):
    page = sign_in_as("liu").get("/process").text
    assert "只含本单位主办的普通事项。" in page
    ways = page.split("最常走的路")[1]
    assert "待受理 → 研判中 → 待签收<" in ways
    assert "已办结" not in ways.split("从哪里到哪里")[0]


@pytest.mark.parametrize("address", ["/process?first=0001-01-01&last=0001-01-02", "/process?first=x&last=9999-12-31"])
def test_days_that_make_no_sense_are_a_period_all_the_same(sign_in_as, address):
    assert "这段时间没有流转记录。" in sign_in_as("wang").get(address).text


@pytest.mark.parametrize(("form", "begins"), [("xes", "<?xml"), ("ocel", "{")])
def test_the_director_exports_and_says_what_for(db, november, sign_in_as, form, begins):
    browser = sign_in_as("director")
    page = "/process?first=2026-11-01&last=2026-11-30"
    file = browser.submit(page, ASKED | {"format": form}, to="/process/events")
    assert file.status_code == 200
    assert "attachment" in file.headers["Content-Disposition"]
    assert file.text.startswith(begins)
    row = db.session.scalars(db.select(AuditRow).filter_by(deed="events.exported")).one()
    assert (row.object, row.actor_id) == (form, cast.person("director").id)
    assert json.loads(row.detail)["first"] == "2026-11-01"
    assert db.session.scalars(db.select(AuditText.text).filter_by(seq=row.seq)).one() == ASKED["purpose"]


def test_while_the_file_leaves_others_write(db, november):
    """Somebody downloads over a slow line for minutes; nobody waits for him (SQLite has one writer)."""
    db.session.commit()
    pieces = _pieces(xes, Scope(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30)))
    while "<trace>" not in next(pieces):
        pass
    with db.engine.begin() as another:
        another.execute(db.text("UPDATE person SET name = name"))
    assert "".join(pieces).endswith("</log>\n")


def test_without_a_purpose_nothing_leaves(db, november, sign_in_as):
    answer = sign_in_as("director").submit("/process", {**ASKED, "purpose": ""}, to="/process/events")
    assert answer.status_code == 422
    assert "请写明用途。" in answer.text
    assert db.session.scalars(db.select(AuditRow).filter_by(deed="events.exported")).all() == []


@pytest.mark.parametrize("login", ["wang", "zhang", "auditor", "li"])
def test_nobody_else_exports(sign_in_as, login):
    assert sign_in_as(login).send("/process/events", ASKED).status_code == 404
