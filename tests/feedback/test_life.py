"""A code lives until sixty days after the end of its ticket; then it answers like one that never was (rulings §13)."""

import pytest

from liaison.core.errors import Conflict
from liaison.tickets.actions import codes
from tests import factories
from tests.feedback.conftest import TO_ANSWER, TO_WORK

NEVER = "ABCDE12345"


@pytest.mark.parametrize(
    ("road", "day", "status"),
    [
        (f"{TO_ANSWER} tell close", "2027-01-19", 200),
        (f"{TO_ANSWER} tell close", "2027-01-20", 404),
        ("withdraw", "2027-01-20", 404),
        ("accept redirect", "2027-01-19", 200),
        ("accept redirect", "2027-01-20", 404),
        ("hand_off", "2027-01-20", 404),
        (TO_WORK, "2027-06-30", 200),
        (f"{TO_ANSWER} tell", "2027-06-30", 200),
    ],
)
def test_sixty_days_after_the_end(voice, holder, frozen, road, day, status):
    stopped = frozen("2026-11-20 10:00")
    held = voice(road)
    stopped.to(f"{day} 10:00")
    assert holder.open(held.code).status_code == status


def test_a_dead_code_answers_like_an_unknown_one(voice, holder, frozen):
    stopped = frozen("2026-11-20 10:00")
    held = voice(f"{TO_ANSWER} tell close")
    stopped.on(days=61)
    dead, unknown = holder.open(held.code), holder.open(NEVER)
    assert dead.status_code == unknown.status_code == 404
    assert same(dead, held.code) == same(unknown, NEVER)
    assert "没有找到这个查询码" in dead.text


def same(page, code):
    """The page without the token of its form and the code that was typed."""
    lines = page.text.replace(code, "").splitlines()
    return [line for line in lines if "csrf_token" not in line]


def test_a_dead_code_does_nothing(voice, holder, frozen):
    stopped = frozen("2026-11-20 10:00")
    held = voice(f"{TO_ANSWER} tell close")
    stopped.on(days=61)
    assert holder.send("reopen", held, reason="又没有热水了").status_code == 404
    assert held.ticket.reopen_count == 0


def test_the_code_of_a_merged_voice_lives_as_long_as_the_lead(voice, holder, frozen):
    stopped = frozen("2026-11-20 10:00")
    first, second = voice("accept"), voice("accept")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    stopped.on(days=90)
    assert holder.open(second.code).status_code == 200
    first.go("dispatch sign submit_answer head_approve office_approve")
    for each in (first, second):
        holder.open(each.code)
        holder.rate(each)
    stopped.on(days=60)
    assert holder.open(second.code).status_code == 200
    stopped.on(days=1)
    assert holder.open(second.code).status_code == 404


def test_a_code_issued_anew_kills_the_old_one(db, voice, holder):
    held = voice()
    fresh = codes.reissue(held.voice_id, factories.actor("li"))
    db.session.commit()
    assert holder.open(held.code).status_code == 404
    assert holder.open(fresh).status_code == 200


def test_a_reissue_does_not_break_the_story_of_who_was_faster(db, voice):
    held = voice()
    codes.reissue(held.voice_id, factories.actor("li"))
    with pytest.raises(Conflict, match="重发查询码"):
        factories.move(held.ticket, "sign", "zhang", handler="1")
