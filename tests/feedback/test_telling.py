"""告知: opening the page tells – by POST, once, of the answer that stands now (domain.md §4.6)."""

import pytest
from sqlalchemy import select

from liaison.tickets.models import Telling, Ticket
from liaison.tickets.models.tellings import About
from tests import factories
from tests.factories import ANSWER
from tests.feedback.conftest import TO_ANSWER, TO_WORK
from workflows.ticket_states import State
from workflows.ticket_words import Channel


def tellings(db):
    db.session.commit()
    return db.session.scalars(select(Telling).order_by(Telling.id)).all()


def test_opening_the_page_shows_the_answer_and_records_the_telling(db, voice, holder):
    held = voice(TO_ANSWER)
    page = holder.open(held.code)
    assert (page.status_code, ANSWER in page.text) == (200, True)
    [told] = tellings(db)
    assert (told.voice_id, told.channel, told.about, told.by_id) == (
        held.voice_id,
        Channel.CODE_PAGE,
        About.ANSWER,
        None,
    )
    assert (held.ticket.state, held.ticket.told_count) == (State.FEEDBACK_GIVEN, 1)


def test_opening_it_again_tells_nothing_new(db, voice, holder):
    held = voice(TO_ANSWER)
    for _time in range(3):
        assert holder.open(held.code).status_code == 200
    assert len(tellings(db)) == 1


def test_before_there_is_an_answer_nobody_is_told(db, voice, holder):
    held = voice(TO_WORK)
    assert holder.open(held.code).status_code == 200
    assert not tellings(db)
    assert held.ticket.state is State.IN_PROGRESS


def test_the_first_opening_is_noted_and_stays_the_first(db, voice, holder, frozen):
    stopped = frozen("2026-11-18 20:40")
    held = voice()
    holder.open(held.code)
    first = held.voice.opened_at
    stopped.on(hours=3)
    holder.open(held.code)
    assert held.voice.opened_at == first


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_look_ahead_of_the_link_tells_nobody(db, voice, client, method):
    held = voice(TO_ANSWER)
    for address in ("/code", f"/code/{held.code}"):
        getattr(client, method)(address)
    assert not tellings(db)
    assert held.voice.opened_at is None


def test_who_was_told_face_to_face_is_not_told_again(db, voice, holder):
    held = voice(f"{TO_ANSWER} tell")
    holder.open(held.code)
    assert [told.channel for told in tellings(db)] == [Channel.PHONE]


def test_an_unreachable_voice_is_still_told_when_its_page_is_opened(db, voice, holder, frozen):
    stopped = frozen("2026-11-20 10:00")
    held = voice(TO_ANSWER)
    stopped.on(days=14)
    held.move("mark_unreachable", "wang", voice_id=held.voice_id, reason_code="unopened")
    held.move("close_untold", "wang")
    stopped.to("2026-12-10 09:00")
    page = holder.open(held.code)
    assert len(tellings(db)) == 1
    assert held.ticket.state is State.CLOSED
    assert "12月17日 周四 前可以评价" in page.text


def test_the_route_of_a_redirected_matter_is_told(db, voice, holder):
    held = voice("accept redirect")
    page = holder.open(held.code)
    assert "请打供水公司热线" in page.text
    assert [told.about for told in tellings(db)] == [About.ROUTE]


def test_a_withdrawal_by_the_filer_is_told_with_its_reason(db, voice, holder):
    held = voice("withdraw")
    page = holder.open(held.code)
    assert "学生说已经好了" in page.text
    assert [told.about for told in tellings(db)] == [About.WITHDRAWAL]


def test_a_handed_off_matter_leaves_no_telling(db, voice, holder):
    page = holder.open(voice("hand_off").code)
    assert "已移交" in page.text
    assert not tellings(db)


def test_after_a_reopening_the_next_answer_is_told_anew(db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    held.go("reopen")
    holder.open(held.code)
    assert len(tellings(db)) == 1
    held.go("submit_answer head_approve office_approve")
    holder.open(held.code)
    assert len(tellings(db)) == 2


def test_every_voice_of_a_merged_matter_is_told_for_itself(db, voice, holder):
    first, second = voice("accept"), voice("accept")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    first.go("dispatch sign submit_answer head_approve office_approve")
    assert ANSWER in holder.open(second.code).text
    [told] = tellings(db)
    assert (told.voice_id, told.ticket_id) == (second.voice_id, first.ticket.id)
    holder.open(first.code)
    assert [told.voice_id for told in tellings(db)] == [second.voice_id, first.voice_id]
    assert first.ticket.told_count == 2


def test_the_one_code_of_a_split_voice_tells_each_answered_part(db, voice, holder):
    held = voice("accept split")
    parts = db.session.scalars(select(Ticket).where(Ticket.parent_id == held.ticket.id).order_by(Ticket.id)).all()
    factories.go(parts[1], "dispatch sign submit_answer head_approve office_approve")
    page = holder.open(held.code)
    assert "分成了 2 件" in page.text
    [told] = tellings(db)
    assert told.ticket_id == parts[1].id
    assert told.voice_id != held.voice_id
