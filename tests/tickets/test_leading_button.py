"""One button leads on: at most one in the accent on any page of a ticket, and it is the right one (looks.md)."""

import pytest

from liaison.tickets.models import Assignment, Request, Ticket
from liaison.tickets.models.work import Duty
from tests.factories import actor, make_ticket
from tests.html import parse
from tests.tickets.deeds import shared
from tests.tickets.test_requests import ASKED
from workflows.ticket_states import State

PEOPLE = ("wang", "zhao-clerk", "director", "officer", "zhang", "sun", "li")
LED = {  # whose page leads on with which words
    (State.SUBMITTED, "wang"): "受理",
    (State.TRIAGE, "wang"): "交办",
    (State.DISPATCHED, "zhang"): "签收",
    (State.RETURN_REQUESTED, "wang"): "同意退回",
    (State.IN_PROGRESS, "sun"): "提交答复",
    (State.DEPT_REVIEW, "zhang"): "审定通过，报党政办公室",
    (State.OFFICE_REVIEW, "wang"): "审核通过，备好答复",
    (State.FEEDBACK_PENDING, "wang"): "告知",
    (State.FEEDBACK_PENDING, "li"): "告知",
    (State.REDIRECTED, "wang"): "告知",
    (State.CALLBACK, "zhao-clerk"): "核实这件事项",
    (State.COORDINATING, "director"): "会议结果",
    (State.LEADERSHIP_REVIEW, "director"): "会议决定",
    (State.LONG_TERM, "zhang"): "复核计划",
    (State.INFO_NEEDED, "li"): "补充",
}


def leading(page):
    """The words of the buttons in the accent that one sees before anything is unfolded."""
    tree, _faults = parse(page.text)
    article = next(tree.iter("article"))
    return ["".join(one.itertext()).split("  ")[0].strip() for one in _seen(article) if _is_accent(one)]


def _seen(element):
    yield element
    folded = element.tag == "details" and "open" not in element.attrib
    for child in element:
        if not folded or child.tag == "summary":
            yield from _seen(child)


def _is_accent(element):
    return {"button", "primary"} <= set(element.get("class", "").split())


def words(found):
    return [one.rpartition(" ")[0] or one for one in found]  # without the letter of its key


@pytest.mark.parametrize("state", State)
def test_one_button_leads_on_in_every_state(db, sign_in_as, state):
    ticket = make_ticket(state)
    for who in PEOPLE:
        page = sign_in_as(who).get(f"/tickets/{ticket.number}")
        if page.status_code == 200:
            found = words(leading(page))
            assert len(found) <= 1, who
            if (state, who) in LED:
                assert found == [LED[state, who]], who


def test_both_answers_to_a_return_stand_in_front(db, sign_in_as):
    ticket = make_ticket(State.RETURN_REQUESTED)
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    moves = page[page.index("现在可以做") :]
    assert moves.index("同意退回") < moves.index("驳回退回") < moves.index("提密" if "提密" in moves else "诉求原话")
    assert 'data-move="uphold_return"' in moves  # its form lies on the page
    assert "依据：机构职责第3条" in moves[: moves.index("同意退回")]  # one reads why before one rules


def test_an_open_form_has_its_own_leading_button(db, sign_in_as):
    ticket = make_ticket(State.TRIAGE)
    assert leading(sign_in_as("wang").get(f"/tickets/{ticket.number}?do=split")) == ["拆成几件"]


def test_a_merged_matter_leads_to_what_it_was_merged_into(db, sign_in_as):
    ticket = make_ticket(State.MERGED)
    lead = db.session.get_one(Ticket, ticket.merged_into_id).number
    assert f'<a href="/tickets/{lead}">已并入 {lead}' in sign_in_as("wang").get(f"/tickets/{ticket.number}").text


def test_while_an_extension_waits_the_clerk_answers_it_and_grants_none_beside(db, frozen, sign_in_as):
    frozen("2026-11-18 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    address, clerk = f"/tickets/{ticket.number}", sign_in_as("wang")
    assert 'data-leads="extend"' in clerk.get(address).text
    sign_in_as("zhang").submit(address, ASKED, move="extend")
    page = clerk.get(address)
    assert words(leading(page)) == ["同意"]
    assert ('data-leads="extend"' in page.text, 'data-move="decline"' in page.text) == (False, True)
    key = db.session.scalar(db.select(Request.id))
    clerk.submit(address, {"reason": "配件已到"}, to=f"{address}/requests/{key}/decline")
    assert 'data-leads="extend"' in clerk.get(address).text


def test_who_helps_signs_first_and_reads_his_own_day(db, frozen, sign_in_as):
    """The lead's limit is the 25th of November, the co-unit's two working days before."""
    frozen("2026-11-18 09:00")
    ticket = shared()
    address, head = f"/tickets/{ticket.number}", sign_in_as("it-head")
    assert words(leading(head.get(address))) == ["签收协办"]
    assert "协办：" in _top(head.get(address).text)
    assert "11月23日" in _top(head.get(address).text)
    assert "11月25日" in _top(sign_in_as("zhang").get(address).text)
    assert "11月25日" in _top(sign_in_as("wang").get(address).text)
    beside = db.session.scalar(db.select(Assignment.id).filter_by(ticket_id=ticket.id, duty=Duty.CO))
    head.submit(address, {"handler": str(actor("it-handler").id)}, to=f"{address}/assists/{beside}/sign_co")
    assert words(leading(head.get(address))) == ["协办答复"]


def _top(page):
    return page[page.index("<article") : page.index("</header>", page.index("<article"))]
