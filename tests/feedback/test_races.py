"""Two at once: one deed is recorded, everybody reads a whole page (rulings §5)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from liaison.core.errors import Conflict
from liaison.feedback import actions
from liaison.tickets.models import Rating, Remark, Telling
from tests.feedback.conftest import TO_ANSWER, TO_WORK, Holder
from workflows.ticket_states import State

AT_ONCE = 8


def at_once(app, press):
    """The same press from eight telephones."""
    browsers = [Holder(app.test_client()) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [page.status_code for page in pool.map(press, browsers)]


def count(db, model):
    db.session.commit()
    return db.session.scalar(select(func.count()).select_from(model))


def test_eight_openings_record_one_telling(app, db, voice):
    held = voice(TO_ANSWER)
    assert at_once(app, lambda browser: browser.open(held.code)) == [200] * AT_ONCE
    assert count(db, Telling) == 1
    assert held.ticket.told_count == 1


def test_eight_ratings_record_one(app, db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    assert at_once(app, lambda browser: browser.rate(held)) == [200] * AT_ONCE
    assert count(db, Rating) == 1


def test_eight_remarks_record_one(app, db, voice):
    held = voice(TO_WORK)
    assert at_once(app, lambda browser: browser.send("remark", held, text="四楼也没有")) == [200] * AT_ONCE
    assert count(db, Remark) == 1


def test_eight_reopenings_start_one_episode(app, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    statuses = at_once(app, lambda browser: browser.send("reopen", held, reason="四楼还没有"))
    assert statuses == [200] * AT_ONCE
    assert held.ticket.episode == 2


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_race_is_run_again(db, voice, holder, monkeypatch, times):
    held, opening, lost = voice(TO_ANSWER), actions.open_page, []

    def slow(page):
        if len(lost) < times:
            lost.append(1)
            raise Conflict("")
        opening(page)

    monkeypatch.setattr(actions, "open_page", slow)
    assert holder.open(held.code).status_code == 200
    assert count(db, Telling) == 1


def test_a_race_lost_for_good_still_draws_the_page(db, voice, holder, monkeypatch):
    held = voice(TO_ANSWER)

    def never(_page):
        raise Conflict("该事项已由党政办公室 王老师于今天办理")

    monkeypatch.setattr(actions, "open_page", never)
    page = holder.open(held.code)
    assert (page.status_code, "王老师" in page.text) == (200, False)
    assert count(db, Telling) == 0


def test_a_deed_that_came_too_late_draws_what_is_true_now(voice, holder, monkeypatch):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    rating = actions.rate

    def slow(matter, **given):
        held.go("reopen")
        rating(matter, **given)

    monkeypatch.setattr(actions, "rate", slow)
    page = holder.rate(held)
    assert page.status_code == 409
    assert "没有做成" in page.text
    assert held.ticket.state is State.IN_PROGRESS
