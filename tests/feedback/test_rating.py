"""评价: two taps of the holder, once per voice and episode, within seven days of his telling (T32)."""

import pytest
from sqlalchemy import select

from liaison.notifications.models import Notice
from liaison.tickets.models import Rating
from liaison.tickets.queries.facts import voice_facts
from tests import cast
from tests.client import forms
from tests.feedback.conftest import TO_ANSWER, TO_WORK, offered
from workflows.ticket_states import State
from workflows.ticket_words import CloseReason, Solved


def ratings(db):
    db.session.commit()
    return db.session.scalars(select(Rating).order_by(Rating.id)).all()


def test_it_takes_two_taps(voice, holder):
    """One on «solved?», one on the level, which is the button that sends."""
    page = holder.open(voice(TO_ANSWER).code)
    [form] = [form for form in forms(page) if form.get("data-move") == "rate"]
    chips = [field for field in form.iter("input") if field.get("type") == "radio"]
    buttons = [button for button in form.iter("button") if button.get("disabled") is None]
    assert [chip.get("value") for chip in chips] == ["yes", "partly", "no"]
    assert [(button.get("name"), button.get("value")) for button in buttons] == [
        ("satisfied", level) for level in "54321"
    ]


def test_enter_on_a_choice_rates_nothing(voice, holder):
    """A browser would press the first button of the form; that one is dead."""
    page = holder.open(voice(TO_ANSWER).code)
    [form] = [form for form in forms(page) if form.get("data-move") == "rate"]
    assert next(form.iter("button")).get("disabled") is not None


def test_both_answers_are_kept_and_the_settled_file_is_shut(db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    page = holder.rate(held, "yes", "4", text="现在水很热")
    assert "评价已经收到" in page.text
    [rating] = ratings(db)
    assert (rating.voice_id, rating.solved, rating.satisfied, rating.text) == (
        held.voice_id,
        Solved.YES,
        4,
        "现在水很热",
    )
    assert (held.ticket.state, held.ticket.close_reason) == (State.CLOSED, CloseReason.RATED)


@pytest.mark.parametrize(("solved", "satisfied"), [("no", "5"), ("yes", "2"), ("partly", "1")])
def test_an_unhappy_one_keeps_the_file_open_and_calls_the_office(db, voice, holder, solved, satisfied):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    page = holder.rate(held, solved, satisfied)
    assert "2 个工作日内决定重新办理" in page.text
    assert held.ticket.state is State.FEEDBACK_GIVEN
    told = db.session.scalars(select(Notice.recipient_id).where(Notice.text_key == "ticket.rate")).all()
    assert cast.person("wang").id in told


def test_pressing_twice_is_harmless(db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.rate(held, "yes", "5")
    again = holder.rate(held, "no", "1")
    assert (again.status_code, "评价已经收到" in again.text) == (200, True)
    assert [rating.satisfied for rating in ratings(db)] == [5]
    assert "rate" not in offered(holder.open(held.code))


def test_rating_without_opening_first_tells_and_rates(db, voice, holder):
    """The answer comes back with the same page, so the holder has read it."""
    held = voice(TO_ANSWER)
    assert holder.rate(held).status_code == 200
    assert len(ratings(db)) == 1
    assert held.ticket.told_count == 1


def test_nothing_is_rated_before_there_is_an_answer(db, voice, holder):
    held = voice(TO_WORK)
    page = holder.rate(held)
    assert (page.status_code, "没有做成" in page.text) == (409, True)
    assert not ratings(db)


@pytest.mark.parametrize(("days", "is_open"), [(7, True), (8, False)])
def test_the_window_is_seven_days_from_his_own_telling(db, voice, holder, frozen, days, is_open):
    stopped = frozen("2026-11-20 12:10")
    held = voice(TO_ANSWER)
    holder.open(held.code)
    stopped.on(days=days)
    assert ("rate" in offered(holder.open(held.code))) is is_open
    assert holder.rate(held).status_code == (200 if is_open else 409)
    assert len(ratings(db)) == is_open


def test_a_closed_file_may_still_be_rated_inside_the_window(db, voice, holder, frozen):
    """A31: told late, after the ticket was shut as unreachable."""
    stopped = frozen("2026-11-20 10:00")
    held = voice(TO_ANSWER)
    stopped.on(days=14)
    held.move("mark_unreachable", "wang", voice_id=held.voice_id, reason_code="unopened")
    held.move("close_untold", "wang")
    holder.open(held.code)
    assert holder.rate(held).status_code == 200
    assert len(ratings(db)) == 1


def test_after_a_reopening_the_new_answer_is_rated_anew(db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.rate(held, "no", "2")
    held.go("reopen submit_answer head_approve office_approve")
    holder.open(held.code)
    holder.rate(held, "yes", "4")
    assert [(rating.episode, rating.satisfied) for rating in ratings(db)] == [(1, 2), (2, 4)]


def test_what_was_rated_before_it_was_merged_rates_the_answer_of_the_lead_too(db, voice, holder):
    """Both are a first episode: the voice's own, reopened since, and the lead's."""
    held, lead = voice(TO_ANSWER), voice(TO_WORK)
    holder.open(held.code)
    holder.rate(held, "no", "2")
    held.go("reopen")
    held.move("merge", "wang", lead_ticket=lead.number, reason="同一栋楼的同一件事")
    lead.go("submit_answer head_approve office_approve")
    assert "rate" in offered(holder.open(held.code))
    for _press in ("once", "and again"):
        holder.rate(held, "yes", "5")
    found = [(one.voice_id, one.ticket_id, one.episode, one.satisfied) for one in ratings(db)]
    assert found == [(held.voice_id, held.ticket.id, 1, 2), (held.voice_id, lead.ticket.id, 1, 5)]
    assert "rate" not in offered(holder.open(held.code))
    facts = {row.voice_id: (row.rated, row.undecided) for row in voice_facts(lead.ticket)}
    assert facts == {lead.voice_id: (False, False), held.voice_id: (True, False)}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"satisfied": "4"}, "请先点一下：解决了吗？"),
        ({"solved": "yes"}, "请点一下：满意吗？"),
        ({"solved": "maybe", "satisfied": "4"}, 'class="error"'),
        ({"solved": "yes", "satisfied": "6"}, 'class="error"'),
        ({"solved": "yes", "satisfied": "4", "text": "长" * 301}, "最多 300 个字。"),
        ({"solved": "yes", "satisfied": "4", "text": "我的身份证是11010519491231002X"}, "身份证号"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(db, voice, holder, given, words):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    page = holder.send("rate", held, **given)
    assert (page.status_code, words in page.text) == (422, True)
    assert not given.get("text") or given["text"] in page.text
    assert not ratings(db)


def test_praise_is_not_rated(voice, holder):
    held = voice(kind="praise", text="一食堂的阿姨特别耐心")
    held.move("record_praise", "wang", praised_unit=str(cast.unit("logistics").id))
    page = holder.open(held.code)
    assert "表扬已经转达" in page.text
    assert "rate" not in offered(page)
    assert holder.rate(held).status_code == 409
