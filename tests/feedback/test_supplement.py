"""补充: a question to the filer or the holder is shown with a box to answer (T5)."""

import pytest
from sqlalchemy import select

from liaison.tickets.models import Remark
from liaison.tickets.models.voices import RemarkKind
from tests.feedback.conftest import TO_WORK, offered
from workflows.ticket_states import State

REPLY = "是三楼东头那台"


def remarks(db):
    db.session.commit()
    return db.session.scalars(select(Remark)).all()


def test_the_question_is_shown_with_a_box(voice, holder, frozen):
    frozen("2026-11-18 20:40")
    page = holder.open(voice("accept ask_info").code)
    assert "是几楼的热水器？" in page.text
    assert "11月25日 周三 前回答就来得及" in page.text
    assert "supplement" in offered(page)


@pytest.mark.parametrize(("road", "back_to"), [("accept", State.TRIAGE), (TO_WORK, State.IN_PROGRESS)])
def test_the_answer_goes_back_to_whoever_asked(db, voice, holder, road, back_to):
    held = voice(f"{road} ask_info")
    page = holder.send("supplement", held, text=REPLY)
    assert "补充已经收到" in page.text
    assert held.ticket.state is back_to
    [remark] = remarks(db)
    assert (remark.kind, remark.text, remark.voice_id, remark.by_id) == (
        RemarkKind.SUPPLEMENT,
        REPLY,
        held.voice_id,
        None,
    )


def test_pressing_twice_is_harmless(db, voice, holder):
    held = voice("accept ask_info")
    holder.send("supplement", held, text=REPLY)
    assert holder.send("supplement", held, text=REPLY).status_code == 200
    assert len(remarks(db)) == 1


def test_when_the_filer_was_faster_the_page_simply_goes_on(db, voice, holder):
    held = voice("accept ask_info supplement")
    page = holder.send("supplement", held, text=REPLY)
    assert page.status_code == 200
    assert REPLY not in [remark.text for remark in remarks(db)]


def test_the_days_of_waiting_are_added_to_the_limit(voice, holder, frozen):
    stopped = frozen("2026-11-18 10:00")
    held = voice(TO_WORK)
    due = held.ticket.due_at
    held.go("ask_info")
    stopped.to("2026-11-20 10:00")
    holder.send("supplement", held, text=REPLY)
    assert (held.ticket.due_at - due).days >= 2


@pytest.mark.parametrize("text", ["", "  ", "长" * 501])
def test_an_empty_or_endless_answer_is_said_beside_the_field(db, voice, holder, text):
    held = voice("accept ask_info")
    page = holder.send("supplement", held, text=text)
    assert page.status_code == 422
    assert 'class="error"' in page.text
    assert held.ticket.state is State.INFO_NEEDED
