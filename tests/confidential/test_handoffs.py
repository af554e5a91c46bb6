"""紧急: telephone numbers first; of the call nothing is kept but type, receiver, time, receipt (A20, promise B24)."""

import pytest
from sqlalchemy import select

from liaison.audit import actions as audit
from liaison.audit.models import AuditRow, AuditText
from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.core.db import Base
from liaison.tickets.models import Assignment, Remark, Ticket, Voice
from liaison.tickets.models.confidential import Handoff
from liaison.tickets.models.tickets import Ball
from tests.factories import ROADS, actor, go, make_ticket, move, raised, voice_of
from workflows.ticket_states import OPEN, State
from workflows.ticket_words import Confidentiality

CALL = {"type": "psychology", "receiver": "心理咨询中心值班", "receipt": ""}
SAID = "室友说不想活了，今晚很不对劲"


def call(browser, at="2026-11-18T20:30", **typed):
    return browser.send("/handoffs/new", {**CALL, "called_at": at, **typed})


def capture(sign_in_as, text):
    typed = {"kind": "enter_dorm", "place_text": "3号楼", "problems-0-text": text}
    return sign_in_as("li").post_form("/contacts/new", typed)


def kept(db):
    db.session.commit()
    return db.session.scalars(select(Handoff).order_by(Handoff.id)).all()


def test_a20_numbers_before_any_form_and_then_four_facts(db, frozen, client, sign_in_as):
    frozen("2026-11-18 20:40")
    numbers = client.get("/contacts/emergency").text
    assert numbers.index("8765-4321") < numbers.index("120") < numbers.index("/handoffs/new")
    assert call(sign_in_as("liaison")).status_code == 303
    [record] = kept(db)
    assert (record.type.value, record.receiver, record.receipt, record.ticket_id) == (
        *list(CALL.values())[:2],
        "",
        None,
    )
    assert clock.local(record.called_at).strftime("%H:%M") == "20:30"
    assert not db.session.scalars(select(Voice)).all()
    for path in ("/queue", "/tickets/", "/contacts/", "/notices"):
        assert CALL["receiver"] not in sign_in_as("liaison").get(path).text


def test_b24_nothing_of_what_was_said_is_stored_or_logged(db, frozen, sign_in_as, caplog):
    frozen("2026-11-18 20:40")
    page = capture(sign_in_as, SAID)
    assert (page.status_code, "8765-4321" in page.text, "先打电话" in page.text) == (422, True, True)
    assert SAID in page.text  # it is still his, on his page
    assert not db.session.scalars(select(Contact)).all()
    assert not db.session.scalars(select(Voice)).all()
    texts = [*db.session.scalars(select(AuditRow.detail)), *db.session.scalars(select(AuditText.text))]
    assert not [text for text in [*texts, caplog.text] if "不想活" in text]


@pytest.mark.parametrize("text", ["他说要跳楼", "宿舍楼道起火了", "有同学晕倒在操场", "被老师性骚扰"])
def test_words_of_danger_bring_the_numbers(sign_in_as, text):
    assert "像是有人处在危险中：先打电话" in capture(sign_in_as, text).text


@pytest.mark.parametrize("text", ["热水不够热，洗不了澡", "跳绳场地太小了"])
def test_ordinary_words_do_not(sign_in_as, text):
    assert "先打电话" not in capture(sign_in_as, text).text


def test_the_receipt_is_noted_once_and_counted(db, frozen, sign_in_as):
    time = frozen("2026-11-18 20:40")
    call(sign_in_as("li"))
    call(sign_in_as("li"), receipt="已到场")
    first, _second = kept(db)
    time.on(hours=25)
    officer = sign_in_as("officer")
    assert "满 24 小时的 2 次，其中 24 小时内有回执的 1 次" in officer.get("/handoffs").text
    address = f"/handoffs/{first.id}/receipt"
    assert officer.send(address, {"receipt": "4711"}).status_code == 303
    assert officer.send(address, {"receipt": "4712"}).status_code == 409
    assert [record.receipt for record in kept(db)] == ["4711", "已到场"]
    assert [record.is_in_time for record in kept(db)] == [False, True]


def test_the_auditor_reads_the_count_and_nothing_else(db, frozen, sign_in_as):
    frozen("2026-11-18 20:40")
    call(sign_in_as("li"))
    page = sign_in_as("auditor").get("/handoffs")
    assert ("共移交 1 次" in page.text, CALL["receiver"] in page.text) == (True, False)
    key = kept(db)[0].id
    assert sign_in_as("auditor").send(f"/handoffs/{key}/receipt", {"receipt": "1"}).status_code == 404


def test_a_call_of_tomorrow_is_not_noted(db, frozen, sign_in_as):
    frozen("2026-11-18 20:40")
    assert call(sign_in_as("li"), at="2026-11-19T08:00").status_code == 422
    assert kept(db) == []


def test_a_matter_that_was_filed_first_keeps_no_more(db, frozen, sign_in_as):
    frozen("2026-11-18 20:40")
    ticket = make_ticket(State.TRIAGE, text=SAID)
    called = {"handoff_type": "psychology", "receiver": "心理咨询中心", "called_at": "2026-11-18T20:30"}
    pressed = sign_in_as("wang").submit(f"/tickets/{ticket.number}", called, move="hand_off")
    assert (pressed.status_code, pressed.location) == (303, "/queue")  # he sees it no more
    db.session.refresh(ticket)
    assert (ticket.confidentiality, ticket.title, ticket.ball) == (Confidentiality.SEALED, "已移交", Ball.CONFIDENTIAL)
    assert db.session.get_one(Voice, voice_of(ticket)).text == ""
    [record] = kept(db)
    assert sign_in_as("officer").send(f"/handoffs/{record.id}/receipt", {"receipt": "4711"}).status_code == 303
    db.session.refresh(ticket)
    assert (ticket.ball, ticket.next_due_at) == (Ball.NOBODY, None)


@pytest.mark.parametrize("state", sorted(OPEN - {State.SUBMITTED, State.TRIAGE}))
def test_what_is_sealed_while_in_work_is_handed_off_from_where_it_stands(db, frozen, client, sign_in_as, state):
    """No answering move is left: the officer's page leads to the telephone; the raiser reads the numbers."""
    frozen("2026-11-18 20:40")
    made = raised(text=SAID, confidentiality=Confidentiality.RESTRICTED)
    ticket = db.session.get_one(Ticket, made.ticket_id)
    go(ticket, ROADS[state], lead="logistics", office="officer", limit_class="restricted")
    move(ticket, "raise_level", "officer", reason="涉及人身安全")
    assert "不再保存内容" in client.send("/code", {"code": made.code}).text
    officer, address = sign_in_as("officer"), f"/tickets/{ticket.number}"
    page = officer.get(address).text
    assert 'class="button primary" href="/tickets/' in page
    assert ('data-leads="hand_off"' in page, 'data-move="submit_answer"' in page) == (True, False)
    called = {"handoff_type": "safety", "receiver": "保卫处值班", "called_at": "2026-11-18T20:30"}
    assert officer.submit(f"{address}?do=hand_off", called, move="hand_off").status_code == 303
    db.session.refresh(ticket)
    assert (ticket.state, ticket.is_open) == (State.HANDED_OFF, False)
    running = select(Assignment.id).where(Assignment.ticket_id == ticket.id, Assignment.ended_at.is_(None))
    assert not db.session.scalars(running).all()
    said = client.send("/code", {"code": made.code}).text
    assert ("已移交" in said, "8765-4321" in said, SAID in said) == (True, True, False)


def test_an_ordinary_matter_in_work_is_not_handed_off(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    called = {"handoff_type": "safety", "receiver": "保卫处", "called_at": "2026-11-18T20:30"}
    refused = sign_in_as("wang").send(f"/tickets/{ticket.number}/hand_off", called)
    assert (refused.status_code, "先提密封存" in refused.text) == (409, True)


def test_sealing_leaves_no_word_in_any_table_and_the_chain_whole(db, sign_in_as):
    """Whatever was said, answered, noted, asked for or written as the reason of a look (domain.md §4.5)."""
    secret = "宿舍里的具体情形"
    ticket = make_ticket(State.IN_PROGRESS, confidentiality=Confidentiality.RESTRICTED, office="officer",
                         limit_class="restricted", text=secret)  # fmt: skip
    answer = f"{secret}已经谈过话，当事人同意这样处理，三天后再看一次。"
    more = {"reason_class": "facts", "basis": secret, "alternative": secret, "internal_note": secret}
    move(ticket, "submit_answer", "sun", outcome="D", answer=answer, **more)
    move(ticket, "head_return", "zhang", reason=secret)
    audit.append(actor("officer").id, "slip.opened", object=ticket.number, text=secret)
    move(ticket, "raise_level", "officer", reason="涉及人身安全")
    db.session.commit()
    kept = [
        (column.table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.type.python_type is str and table.name != "ticket_event"
        and db.session.scalar(select(column).where(column.contains(secret)).limit(1))
    ]  # fmt: skip
    assert kept == []
    assert audit.verify().is_whole
    page = sign_in_as("officer").get(f"/tickets/{ticket.number}").text
    assert ("部门退改" in page, secret in page) == (True, False)  # who did what, not with which words


def test_raising_twice_seals_and_every_word_goes(db, sign_in_as):
    ticket = make_ticket(State.SUBMITTED, text=SAID)
    move(ticket, "raise_level", "director", reason="说到了具体的人")
    assert (ticket.confidentiality, ticket.title) == (Confidentiality.RESTRICTED, f"受限事项 {ticket.number}")
    assert ticket.ball is Ball.CONFIDENTIAL
    move(ticket, "raise_level", "officer", reason="涉及人身安全")
    assert (ticket.confidentiality, ticket.title) == (Confidentiality.SEALED, f"封存事项 {ticket.number}")
    assert not [text for text in db.session.scalars(select(Voice.text)) if text]
    assert not db.session.scalars(select(Remark)).all()
