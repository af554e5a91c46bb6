"""核实提示 on its pages: who sees which question when, one line, one conclusion, and nothing for anybody else."""

import re

import pytest

from liaison.audit.models import AuditRow
from liaison.core import clock
from liaison.core.db import add, add_one
from liaison.oversight.prompts.catalogue import CATALOGUE
from liaison.oversight.prompts.models import Prompt, PromptRecord, PromptTally
from liaison.oversight.prompts.words import PromptKind
from tests.factories import actor, make_ticket, unit_id
from workflows.ticket_states import State

NOTE = "外出实习带队，集中补录"
K = PromptKind
OTHERS = ("li", "sun", "liu", "wang", "auditor", "admin", "liaison", "desk", "officer", "noise-head")
LISTS = ("/prompts", "/prompts/office")


@pytest.fixture
def put(db, frozen):
    """put(K.BATCH, person="zhang") or put(K.HASTE, unit="logistics"): a question of 1 December; its address."""
    frozen("2026-12-01 02:00")

    def make(kind, person=None, unit=None, numbers=(), **more):
        row = {"kind": kind, "period": "", "term": "2026-2027-1", "part": 8, "whole": 8, "key": f"{kind}{person}{unit}"}
        whom = {"person_id": person and actor(person).id, "unit_id": unit and unit_id(unit)}
        days = {"asked_at": clock.now(), "private_until": clock.end_of(clock.today().replace(day=8))}
        key = add_one(Prompt, row | whom | days | more)
        for number in numbers:
            add(PromptRecord, {"prompt_id": key, "number": number, "episode": 1})
        db.session.commit()
        return f"/prompts/{key}"

    return make


def test_the_one_who_is_asked_sees_the_question_and_its_records_and_explains(put, contact, sign_in_as, queries):
    zhang = sign_in_as("zhang")
    address = put(K.BATCH, person="zhang", numbers=[contact("zhang", f"2026-11-{day:02} 15:00") for day in (3, 10)])
    zhang.get("/prompts")
    with queries() as asked:
        assert "这些记录是集中补录的吗？" in zhang.get("/prompts").text
    assert len(asked) == 3
    with queries() as asked:
        page = zhang.get(address).text
    assert len(asked) == 7  # one of them for the units below his own
    assert page.count("3号楼") == 2
    assert "到 12月8日" in page
    assert "不是决定" in page
    assert zhang.submit(address, {"text": " "}, move="explain").status_code == 422
    assert zhang.submit(address, {"text": NOTE}, move="explain").status_code == 303
    assert NOTE in zhang.get(address).text


def test_nobody_else_knows_of_it_while_these_days_last(put, sign_in_as, client):
    address = put(K.BATCH, person="zhang")
    for login in (*OTHERS, "director"):
        browser = sign_in_as(login)
        assert browser.get(address).status_code == 404, login
        assert browser.send(f"{address}/explain", {"text": NOTE}).status_code == 404, login
        assert browser.send(f"{address}/conclude", {"result": "normal"}).status_code == 404, login
        for page in LISTS:
            assert "集中补录" not in browser.get(page).text, login
    assert client.get(address).status_code == 303


def test_then_the_director_reads_and_concludes_and_still_nobody_else(put, sign_in_as, frozen):
    address = put(K.BATCH, person="zhang")
    sign_in_as("zhang").submit(address, {"text": NOTE}, move="explain")
    frozen("2026-12-09 09:00")
    director = sign_in_as("director")
    assert "张处长" in director.get("/prompts/office").text
    assert NOTE in director.get(address).text
    assert director.send(f"{address}/explain", {"text": "我来说"}).status_code == 403
    assert director.submit(address, {}, move="conclude").status_code == 422
    assert director.submit(address, {"result": "normal"}, move="conclude").status_code == 303
    assert director.send(f"{address}/conclude", {"result": "in_person"}).status_code == 409
    assert "张处长" not in director.get("/prompts/office").text
    assert "张处长" in director.get("/prompts/office?tab=concluded").text
    zhang = sign_in_as("zhang")
    assert "正常" in zhang.get(address).text
    assert zhang.send(f"{address}/explain", {"text": NOTE}).status_code == 409
    for login in OTHERS:
        assert sign_in_as(login).get(address).status_code == 404, login


def test_one_line_once_and_the_same_press_twice_is_harmless(put, sign_in_as):
    address, zhang = put(K.BATCH, person="zhang"), sign_in_as("zhang")
    assert zhang.submit(address, {"text": NOTE}, move="explain").status_code == 303
    assert zhang.send(f"{address}/explain", {"text": "另一种说法"}).status_code == 409
    assert "另一种说法" not in zhang.get(address).text
    assert zhang.send(f"{address}/explain", {"text": "长" * 201}).status_code == 422


def test_the_audit_log_does_not_say_who_was_asked(db, put, sign_in_as, frozen):
    """Scenario A25: the auditor sees nothing."""
    address = put(K.BATCH, person="zhang")
    sign_in_as("zhang").submit(address, {"text": NOTE}, move="explain")
    frozen("2026-12-09 09:00")
    sign_in_as("director").submit(address, {"result": "in_person"}, move="conclude")
    rows = db.session.execute(db.select(AuditRow.deed, AuditRow.actor_id, AuditRow.detail)).all()
    assert [tuple(row) for row in rows] == [("prompt.concluded", actor("director").id, "{}")]


def test_what_a_unit_is_asked_its_head_sees_with_the_tickets(put, sign_in_as, queries):
    ticket = make_ticket(State.CLOSED)
    elsewhere = make_ticket(State.CLOSED, lead="it-centre", text="图书馆四楼的网络一直连不上")
    address = put(K.HASTE, unit="logistics", numbers=[ticket.number, elsewhere.number])
    head = sign_in_as("zhang")
    head.get(address)
    with queries() as asked:
        page = head.get(address).text
    assert len(asked) == 6
    assert ticket.title in page
    assert elsewhere.number not in page
    assert "另有 1 条" in page
    assert sign_in_as("it-head").get(address).status_code == 404


def test_the_office_is_asked_through_its_director(put, sign_in_as):
    address = put(K.EXCLUSIONS, part=11, whole=100, private_until=clock.now())
    director = sign_in_as("director")
    assert "11 件转出" in director.get("/prompts").text
    assert director.submit(address, {"text": "供水改造期间多转供水公司"}, move="explain").status_code == 303
    assert director.submit(address, {"result": "normal"}, move="conclude").status_code == 303


def test_nobody_concludes_what_he_is_asked_himself(put, sign_in_as, frozen):
    address = put(K.DELAY, person="director")
    frozen("2026-12-09 09:00")
    director = sign_in_as("director")
    assert 'data-move="conclude"' not in director.get(address).text
    assert director.send(f"{address}/conclude", {"result": "normal"}).status_code == 403


@pytest.mark.parametrize(
    ("period", "words"), [("2026-11", "2026年11月"), ("2026-H2", None), ("2026-2027-1", None), ("", None)]
)
def test_only_a_month_is_named_as_one(put, sign_in_as, period, words):
    page = sign_in_as("zhang").get(put(K.QUIET, person="zhang", period=period)).text
    assert re.findall("20[0-9]{2}年[0-9]+月(?![0-9]+日)", page) == [words] * bool(words)


def test_how_many_are_asked_stands_beside_the_question(db, put, sign_in_as):
    address = put(K.BATCH, person="zhang")
    put(K.BATCH, person="liu")
    zhang = sign_in_as("zhang")
    for could, words in ((9, "本学期 9 人中有 2 人"), (16, "本学期全校 13% 的人"), (1, "本学期 2 人中有 2 人")):
        db.session.merge(PromptTally(term="2026-2027-1", kind=K.BATCH, could=could, normal=0, corrected=0, in_person=0))
        db.session.commit()
        assert words in zhang.get(address).text


def test_the_rules_are_open_to_everybody_who_signs_in(sign_in_as, client):
    page = sign_in_as("sun").get("/prompts/rules").text
    assert page.count("<tr>") == 1 + len(CATALOGUE) == 20
    assert "60 分钟内记下 5 次以上" in page
    assert "≥" not in page
    assert client.get("/prompts/rules").status_code == 303


def test_the_queue_is_in_the_order_of_the_days_and_holds_a_page(db, put, sign_in_as, frozen, queries):
    for n in range(26):
        put(K.BATCH, person="zhang", key=f"question {n}")
    frozen("2026-12-09 09:00")
    director = sign_in_as("director")
    director.get("/prompts/office")
    with queries() as asked:
        page = director.get("/prompts/office").text
    assert len(asked) == 3
    assert page.count("ticket-row") == 25
    assert "下一页" in page
