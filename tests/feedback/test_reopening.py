"""重办: once by code, within fifteen days of his own telling, with a reason (T33, T33b, scenario A22)."""

import pytest
from sqlalchemy import select

from liaison.tickets.models import Assignment, Remark
from liaison.tickets.models.voices import RemarkKind
from tests import cast
from tests.feedback.conftest import TO_ANSWER, TO_WORK, offered
from workflows.ticket_states import State

WHY = "四楼东头还是没有热水"


def test_it_starts_a_new_episode_with_a_fresh_limit_and_a_new_date(db, voice, holder, frozen):
    stopped = frozen("2026-11-20 09:00")
    held = voice(TO_ANSWER)
    holder.open(held.code)
    stopped.to("2026-11-22 20:00")  # Sunday
    page = holder.send("reopen", held, reason=WHY)
    assert "已经重新办理" in page.text
    ticket = held.ticket
    assert (ticket.state, ticket.episode, ticket.reopen_count) == (State.IN_PROGRESS, 2, 1)
    [_first, second] = db.session.scalars(select(Assignment).order_by(Assignment.id)).all()
    assert f"{second.due_at:%Y-%m-%d %H:%M}" == "2026-11-27 16:00"  # 24:00 on Friday in China
    assert "12月2日 周三 前答复您" in page.text


def test_the_reason_is_kept_beside_the_voice(db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.send("reopen", held, reason=WHY)
    [ground] = db.session.scalars(select(Remark)).all()
    assert (ground.kind, ground.text, ground.voice_id, ground.by_id) == (RemarkKind.REOPENING, WHY, held.voice_id, None)


def test_the_earlier_answer_can_still_be_read(voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    page = holder.send("reopen", held, reason=WHY)
    assert "以前的答复" in page.text
    assert "更换三楼的循环水泵" in page.text


def test_pressing_twice_is_harmless(voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.send("reopen", held, reason=WHY)
    again = holder.send("reopen", held, reason=WHY)
    assert (again.status_code, "已经重新办理" in again.text) == (200, True)
    assert held.ticket.reopen_count == 1


def test_there_is_one_reopening_by_code(voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.send("reopen", held, reason=WHY)
    held.go("submit_answer head_approve office_approve")
    assert "reopen" not in offered(holder.open(held.code))
    holder.send("reopen", held, reason="这次也没有修好")
    assert held.ticket.reopen_count == 1


@pytest.mark.parametrize(("day", "is_open"), [("2026-12-05", True), ("2026-12-06", False)])
def test_the_window_is_fifteen_days_also_when_the_file_is_shut(voice, holder, frozen, day, is_open):
    stopped = frozen("2026-11-20 09:00")
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.rate(held)
    assert held.ticket.state is State.CLOSED
    stopped.to(f"{day} 10:00")
    assert ("reopen" in offered(holder.open(held.code))) is is_open
    assert holder.send("reopen", held, reason=WHY).status_code == (200 if is_open else 409)
    assert (held.ticket.state is State.IN_PROGRESS) is is_open


def test_what_was_settled_on_the_spot_goes_back_to_triage(voice, holder, frozen):
    stopped = frozen("2026-11-18 21:00")
    held = voice(on_spot_answer="当场联系值班室，十点二十恢复供水", answered_by_id=cast.person("li").id)
    answered_by = str(cast.person("li").id)
    held.move("confirm_onspot", "wang", answer="当场联系值班室，十点二十恢复供水", answered_by=answered_by)
    stopped.on(days=2)
    page = holder.open(held.code)
    assert "十点二十恢复供水" in page.text
    assert "reopen" in offered(page)
    page = holder.send("reopen", held, reason=WHY)
    assert page.status_code == 200
    assert held.ticket.state is State.TRIAGE
    assert "前答复您" in page.text


def test_a_matter_still_at_work_cannot_be_reopened(voice, holder):
    held = voice(TO_WORK)
    assert holder.send("reopen", held, reason=WHY).status_code == 409
    assert held.ticket.episode == 1


@pytest.mark.parametrize("reason", ["", "   ", "长" * 501, "卡号6222021234567890128"])
def test_a_missing_or_unusable_reason_is_said_beside_the_field(voice, holder, reason):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    page = holder.send("reopen", held, reason=reason)
    assert page.status_code == 422
    assert 'class="error"' in page.text
    assert held.ticket.episode == 1
