"""督办 on its pages: who sees which order, who does what, and the document that is printed."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from liaison.audit.models import AuditRow
from liaison.tickets.actions import orders
from liaison.tickets.models.orders import Grade, SupervisionOrder
from tests.factories import TEXT, actor, make_ticket
from workflows.supervision import State
from workflows.ticket_states import State as At

DEMAND = "请在本周内查清循环水泵的故障，写明完成日期。"


@pytest.fixture
def ticket(db, frozen):
    frozen("2026-11-19 10:00")
    return make_ticket(At.IN_PROGRESS)


def issued(ticket, **more):
    given = {"demand": DEMAND, "due_on": date(2026, 11, 24)} | more
    return orders.issue(ticket, actor=actor("director"), **given)


def load(key):
    return orders.db.session.get_one(SupervisionOrder, key, populate_existing=True)


def test_the_director_issues_from_the_page_of_the_ticket(db, ticket, sign_in_as):
    browser = sign_in_as("director")
    address = f"/supervision/{ticket.number}/new"
    assert f'href="{address}"' in browser.get(f"/tickets/{ticket.number}").text
    assert browser.post_form(address, {"demand": " "}).status_code == 422
    answer = browser.post_form(address, {"demand": DEMAND})  # due in three working days, as the page proposes
    assert answer.status_code == 303
    (row,) = db.session.scalars(db.select(SupervisionOrder))
    assert (row.number, row.due_on, row.state) == ("督〔2026〕1号", date(2026, 11, 24), State.ISSUED)
    for page in ("/supervision", f"/tickets/{ticket.number}", answer.location):
        assert "督〔2026〕1号" in browser.get(page).text


def test_a_clerk_proposes(db, ticket, sign_in_as):
    answer = sign_in_as("wang").post_form(f"/supervision/{ticket.number}/new", {"reason": "催办两次没有进展"})
    assert answer.status_code == 303
    assert "催办两次没有进展" in sign_in_as("director").get(answer.location).text
    assert sign_in_as("zhang").get(answer.location).status_code == 404  # not the unit's before it is issued


def test_the_head_answers_and_the_director_lifts(ticket, sign_in_as):
    key = issued(ticket)
    address = f"/supervision/{ticket.number}/{key}"
    head, director = sign_in_as("zhang"), sign_in_as("director")
    assert "督办" in head.get("/queue?tab=orders").text
    assert ticket.number in head.get("/queue?tab=orders").text
    answered = head.submit(address, {"answer": "水泵已订货，11月23日更换。"}, move="answer")
    assert answered.status_code == 303
    assert load(key).state is State.ANSWERED
    assert director.submit(address, {"result": "已更换，现场看过。"}, move="lift").status_code == 303
    assert load(key).state is State.LIFTED
    assert "督〔2026〕1号" in director.get("/supervision?tab=ended").text


def test_wrong_person_403_wrong_state_and_old_page_409_stranger_404(ticket, sign_in_as):
    key = issued(ticket)
    address = f"/supervision/{ticket.number}/{key}"
    assert sign_in_as("sun").send(f"{address}/answer", {"answer": "我来答"}).status_code == 403
    assert sign_in_as("wang").send(f"{address}/answer", {"answer": "已办"}).status_code == 403
    director = sign_in_as("director")
    assert director.send(f"{address}/lift", {"result": "已办"}).status_code == 409  # not answered yet
    assert sign_in_as("zhang").send(f"{address}/answer", {"answer": "已办", "version": 1}).status_code == 409
    for login in ("liu", "li", "admin", "desk"):
        assert sign_in_as(login).get(address).status_code == 404, login
        assert sign_in_as(login).send(f"{address}/answer", {"answer": "x"}).status_code == 404, login
    assert director.send(f"{address}/publish", {}).status_code == 404
    assert load(key).state is State.ISSUED


def test_the_leader_in_charge_comments(ticket, sign_in_as):
    key = issued(ticket, grade=Grade.LEADER)
    address = f"/supervision/{ticket.number}/{key}"
    assert sign_in_as("chen").submit(address, {"comment": "本周内办结"}, move="comment").status_code == 303
    assert "本周内办结" in sign_in_as("zhang").get(address).text


# --- the document --------------------------------------------------------------------------------


def document(browser, ticket, key):
    response = browser.get(f"/supervision/{ticket.number}/{key}/order.docx")
    assert response.status_code == 200
    found = Document(BytesIO(response.data))
    text = [paragraph.text for paragraph in found.paragraphs]
    footer = [paragraph.text for paragraph in found.sections[0].footer.paragraphs]
    return found, text, footer


def test_the_document_has_the_official_layout_and_no_word_of_a_student(db, ticket, sign_in_as):
    key = issued(ticket)
    file, text, footer = document(sign_in_as("director"), ticket, key)
    assert text[:4] == ["督办单", "督〔2026〕1号", "", "后勤保障处："]
    whole = "\n".join(text)
    assert f"事项{ticket.number}（类别" in whole
    assert DEMAND in whole
    assert "请于2026年11月24日前书面回复党政办公室。" in whole
    assert text[-3] == "2026年11月19日"
    assert text[-4] == "党政办公室"
    assert "签字" in text[-1]
    assert TEXT[:6] not in whole
    assert ticket.title not in whole
    assert "内部资料" in footer[1]
    assert "周主任" in footer[1]
    section = file.sections[0]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin, section.page_width)] == [37, 28, 210]


def test_taking_it_is_an_export_in_the_audit(db, ticket, sign_in_as):
    key = issued(ticket)
    document(sign_in_as("zhang"), ticket, key)
    row = db.session.scalars(db.select(AuditRow).where(AuditRow.deed == "order.exported")).one()
    assert (row.object, row.actor_id) == ("督〔2026〕1号", actor("zhang").id)
    assert '"sha256"' in row.detail


def test_of_a_restricted_matter_the_paper_has_the_number_and_nothing_that_was_typed(db, sign_in_as):
    """Orders of restricted matters go by number only (rulings §13): who may read more reads it on the page."""
    ticket = make_ticket(At.IN_PROGRESS, confidentiality="restricted", office="officer")
    key = issued(ticket, due_on=date(2099, 1, 5), grade=Grade.LEADER)
    orders.answer(ticket, load(key), actor=actor("zhang"), answer="已经约谈。")
    browser = sign_in_as("director")
    _file, text, _footer = document(browser, ticket, key)
    assert text[4:9] == [
        f"受限事项{ticket.number}由你单位承办，现予督办。",
        "一、督办要求",
        "见系统内的督办单，由指定人员查看。",
        "二、回复期限",
        "请于2099年1月5日前在系统内回复，不写在纸上。",
    ]
    assert not [word for word in ("类别", DEMAND, "约谈", "批示") if word in "\n".join(text)]
    assert DEMAND in browser.get(f"/supervision/{ticket.number}/{key}").text
    assert ticket.number in browser.get("/supervision").text
    assert ticket.number not in sign_in_as("wang").get("/supervision").text
    assert sign_in_as("wang").get(f"/supervision/{ticket.number}/{key}").status_code == 404


def test_what_is_only_proposed_has_no_document(ticket, sign_in_as):
    key = orders.propose(ticket, actor=actor("wang"), reason="没有进展")
    assert sign_in_as("director").get(f"/supervision/{ticket.number}/{key}/order.docx").status_code == 404
