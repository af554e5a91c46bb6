"""Sheets 15 and 16: limits and lines of programmes come in as new editions."""

from __future__ import annotations

import pytest

from liaison.calendars import in_force
from liaison.calendars.limit_rules import Days, Hours
from liaison.core.db import db
from liaison.exchange.rosters import workbooks
from liaison.exchange.rosters.sheets import BY_CODE
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.models import Programme
from liaison.programmes.queries import rules
from liaison.programmes.words import QuantityUnit, Strength
from tests.calendars.files import csv
from tests.exchange.rosters.books import book, everything, planned, taken_in
from tests.exchange.rosters.pages import choose, confirm
from workflows.ticket_words import LimitClass

GENERAL = {
    "limit_class": "一般",
    "accept": 1,
    "triage": 1,
    "sign": 1,
    "handle": 7,
    "extension": 5,
    "calendar": "service",
}
HEAD = (
    "programme,code,title,strength,subject_role,kinds,target_scope,period,minimum,unit,channel,per_each,exclusive_group,"
    "combine_group,calendar_basis"
)
EXAMPLES = [  # as imports.md has them
    "FJ21,FJ21-L2-DAY,院系驻点办公,应,leader,on_site_office,linked,month,1,half_days,face_to_face,,five_links,,term_months",
    "FJ21,FJ21-7-CLASS,每门思政课听课,应,leader,enter_class,each_course,term,2,times,face_to_face,course,,,school_weeks",
    "LN16,LN16-VISIT,走访学生家庭,原则上,staff_obliged,home_visit,any,calendar_year,1,families,any,,,,calendar",
]


@pytest.fixture
def director(app, sign_in_as):
    settle_programmes()
    db.session.commit()
    yield sign_in_as("director")
    in_force.forget()


def newest(code):
    programme = db.session.scalars(db.select(Programme).filter_by(code=code)).one()
    edition = rules.editions(programme.id)[0]
    return edition.edition, {row.code: row for row in rules.requirements(edition.id)}


def test_a_new_limit_is_a_new_edition_in_force_at_once(director):
    page = choose(director, book(sla_class=GENERAL))
    assert "会成为新的一版：时限" in page.text
    done = confirm(director, page)
    assert "不随撤销退回" in done.text
    assert "撤销这次导入" not in done.text
    in_force.renew()
    assert in_force.rules().rows[LimitClass.GENERAL].handle == Days(7)
    assert in_force.rules().rows[LimitClass.URGENT].handle == Hours(24)


def test_the_examples_of_the_specification_come_in(director):
    before = {code: newest(code)[1].keys() for code in ("FJ21", "LN16")}
    confirm(director, choose(director, csv(HEAD, *EXAMPLES)))
    edition, lines = newest("FJ21")
    assert (edition, lines["FJ21-7-CLASS"].minimum, lines["FJ21-7-CLASS"].unit) == (2, 2, QuantityUnit.TIMES)
    assert newest("LN16")[1]["LN16-VISIT"].strength is Strength.IN_PRINCIPLE
    assert {code: newest(code)[1].keys() for code in before} == before  # lines that are not named stay


@pytest.mark.parametrize("sheet", ["sla_class", "requirement"])
def test_what_goes_out_and_comes_in_is_no_new_edition(director, sheet):
    data, count = workbooks.export([BY_CODE[sheet]])
    plan = planned(data, "director")
    assert (plan.faults, plan.editions, plan.same[sheet]) == ([], [], count)
    before = everything()
    taken_in(data, login="director")
    assert everything() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (book(sla_class=GENERAL | {"handle": "七天"}), "办理"),
        (book(sla_class=GENERAL | {"accept": "2小时"}), "紧急类写小时"),
        (book(sla_class=GENERAL | {"handle": "里程碑"}), "只有长期推进写"),
        (csv(HEAD, EXAMPLES[0].replace("FJ21,", "XX,", 1)), "没有编码为“XX”的联系制度"),
        (csv(HEAD, EXAMPLES[0].replace("on_site_office", "spying")), "没有“spying”这种联系类型"),
        (csv(HEAD, EXAMPLES[0].replace(",应,", ",必须,")), "请写其中之一"),
    ],
)
def test_what_cannot_be_is_told_by_row(director, data, words):
    page = choose(director, data)
    assert words in page.text
    assert "确认导入" not in page.text


def test_rules_come_from_the_director_only(director, sign_in_as):
    page = choose(sign_in_as("admin"), book(sla_class=GENERAL))
    assert "这张表由党政办主任导入。" in page.text
    assert "确认导入" not in page.text
