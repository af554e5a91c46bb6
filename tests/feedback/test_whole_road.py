"""From the dormitory to the closed file, each by his own browser: the shape everything hangs on (issue 2)."""

from sqlalchemy import select

from liaison.tickets.models import TicketEvent
from tests import factories
from tests.feedback.conftest import offered
from workflows.ticket_states import State


def test_a_problem_is_raised_answered_told_rated_and_closed(db, voice, holder, frozen):
    stopped = frozen("2026-11-18 20:40")
    held = voice(text="三号楼晚上十点以后没有热水")
    assert "已经收到" in holder.browser.submit(f"/code/{held.code}", to="/code").text

    stopped.to("2026-11-19 09:05")
    held.go("accept dispatch")
    assert "已经交给后勤保障处" in holder.open(held.code).text

    held.go("sign ask_info")
    holder.send("supplement", held, text="是四楼东头")
    stopped.to("2026-11-20 16:00")
    held.go("submit_answer head_approve office_approve")
    assert held.ticket.state is State.FEEDBACK_PENDING

    stopped.to("2026-11-21 12:10")
    page = holder.open(held.code)
    assert factories.ANSWER in page.text
    assert "11月18日 反映，3 天后得到回话" in page.text
    assert held.ticket.state is State.FEEDBACK_GIVEN

    page = holder.rate(held, "yes", "5")
    assert "已经办结" in page.text
    assert offered(page) == {"reopen"}
    ticket = held.ticket
    assert (ticket.state, ticket.told_count, ticket.checked) == (State.CLOSED, 1, None)

    moves = db.session.scalars(select(TicketEvent.move).where(TicketEvent.ticket_id == ticket.id).order_by("seq")).all()
    assert moves == [
        *["submit", "accept", "dispatch", "sign", "ask_info", "supplement"],
        *["submit_answer", "head_approve", "office_approve", "tell", "rate", "close"],
    ]


def test_the_office_reads_in_the_history_what_the_holder_did(voice, holder, sign_in_as):
    held = voice(factories.ROADS[State.FEEDBACK_PENDING])
    holder.open(held.code)
    holder.rate(held, "yes", "5")
    page = sign_in_as("wang").get(f"/tickets/{held.number}").text
    for sentence in ("反映人 用查询码看到了答复。", "反映人 作了评价：解决了吗——是；满意程度 5/5。"):
        assert sentence in page
