"""协办 on the page of the ticket: signed, answered, sent back, waived, given back – by whom it is for (§4.7)."""

import re

import pytest

from liaison.tickets.models import Assignment, Request
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import queue
from tests.factories import ANSWER, actor, unit_id
from tests.tickets.deeds import RETURN, shared
from workflows.assists import State as AssistState


@pytest.fixture
def asked(db):
    """后勤保障处 leads, 信息化中心 was asked beside it: the ticket's address, and that of the co-assignment."""
    ticket = shared()
    db.session.commit()
    address = f"/tickets/{ticket.number}"
    return address, f"{address}/assists/{co(db).id}"


def co(db):
    db.session.expire_all()
    return db.session.scalars(db.select(Assignment).filter_by(duty=Duty.CO)).one()


def test_it_is_signed_answered_sent_back_and_answered_again(db, asked, sign_in_as):
    address, beside = asked
    assert "请信息化中心协办。" in sign_in_as("wang").get(address).text
    assert queue.counts(actor("it-handler")).get("co", 0) == 1
    handler, head, lead = sign_in_as("it-handler"), sign_in_as("it-head"), sign_in_as("zhang")
    handler.submit(address, {"handler": str(actor("it-handler").id)}, to=f"{beside}/sign_co")
    assert (co(db).state, co(db).handler_id) == (AssistState.SIGNED, actor("it-handler").id)
    assert 'data-move="co_answer"' not in handler.get(address).text  # the head says it, not the handler
    assert head.submit(address, {"answer": ANSWER}, move="co_answer").status_code == 303
    assert co(db).state is AssistState.ANSWERED
    lead.submit(address, {"reason": "还没有写明由谁施工"}, to=f"{beside}/send_back_co")
    assert (co(db).state, co(db).answered_at) == (AssistState.SIGNED, None)
    again = head.get(address).text
    assert "还没有写明由谁施工" in again
    assert head.submit(address, {"answer": ANSWER}, move="co_answer").status_code == 303
    assert queue.counts(actor("it-head")).get("co", 0) == 0


def test_the_queue_of_who_helps_shows_his_own_day(db, frozen, sign_in_as, queries):
    """The co-unit answers two working days before the lead's limit, the 25th of November."""
    frozen("2026-11-18 09:00")
    shared()
    db.session.commit()
    own = sign_in_as("it-head").get("/queue").text
    assert re.search(r"协办：[^<]*11月23日", own), re.findall(r"协办[^<]*", own)
    head = sign_in_as("zhang")
    with queries() as asked:
        page = head.get("/queue").text
    assert "协办：" not in page
    assert not [statement for statement in asked if "assignment.due_at" in statement]  # the lead's queue asks no more


def test_the_lead_waives_it_with_a_reason_that_the_clerk_sees(db, asked, sign_in_as):
    address, beside = asked
    lead = sign_in_as("zhang")
    assert lead.send(f"{beside}/waive_co", {"reason": ""}).status_code == 422
    assert lead.submit(address, {"reason": "无需改造线路"}, to=f"{beside}/waive_co").status_code == 303
    assert co(db).state is AssistState.WAIVED
    clerk = sign_in_as("wang").get(address).text
    assert "无需改造线路" in clerk
    assert "do=ask_co" in clerk  # it may be asked again
    assert lead.send(f"{beside}/waive_co", {"reason": "再免一次"}).status_code == 409


@pytest.mark.parametrize(("deed", "standing", "left"), [("agree", "agreed", 0), ("decline", "declined", 1)])
def test_what_is_not_its_own_is_given_back_and_the_office_decides(db, asked, sign_in_as, deed, standing, left):
    address, beside = asked
    typed = {**RETURN, "suggested_unit": str(unit_id("academic-affairs"))}
    head = sign_in_as("it-head")
    assert head.submit(address, typed, to=f"{beside}/give_back_co").status_code == 303
    assert f"{beside}/give_back_co" not in head.get(address).text  # asked once
    wish = db.session.scalars(db.select(Request)).one()
    assert queue.counts(actor("wang"))["asked"] == 1
    clerk = sign_in_as("wang")
    clerk.submit(address, {"reason": "按职责清单"}, to=f"{address}/requests/{wish.id}/{deed}")
    db.session.expire_all()
    assert wish.standing == standing
    assert queue.counts(actor("it-head")).get("co", 0) == left


@pytest.mark.parametrize(
    ("who", "deed", "code"),
    [
        ("sun", "waive_co", 403),  # the lead's handler is not its head
        ("it-head", "waive_co", 403),
        ("zhang", "sign_co", 403),
        ("liu", "sign_co", 404),  # does not see the ticket
        ("wang", "send_back_co", 409),  # nothing was answered yet
        ("zhang", "give_back_co", 403),
    ],
)
def test_whose_it_is_not_changes_nothing(db, asked, sign_in_as, who, deed, code):
    _address, beside = asked
    typed = {**RETURN, "suggested_unit": unit_id("library"), "handler": actor("it-handler").id, "reason": "试一试"}
    assert sign_in_as(who).send(f"{beside}/{deed}", typed).status_code == code
    assert co(db).state is AssistState.ASKED
