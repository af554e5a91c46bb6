"""A browser without scripts reads everything and does everything (looks.md; capture itself: test_capture.py)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from liaison.core.db import db
from tests import factories
from tests.e2e.conftest import Window, press
from workflows.ticket_states import State

Open = Callable[..., Window]


def test_a_ticket_is_found_read_and_accepted(open_as: Open) -> None:
    number = factories.make_ticket(State.SUBMITTED).number
    factories.category_id("03")
    db.session.commit()
    page = open_as("wang", javascript=False).page
    page.goto("/tickets/")
    page.get_by_label("查找编号、标题或原话").fill("热水")
    press(page.get_by_role("button", name="查找"))
    press(page.locator(f"[data-ticket='{number}'] a"))
    expect(page.get_by_text(factories.TEXT).first).to_be_visible()
    page.locator("summary", has_text="受理").click()
    page.get_by_label("类别").last.select_option(label="水电气暖网络")
    press(page.get_by_role("button", name="受理这件事项"))
    expect(page.locator("main")).to_have_attribute("data-state", "triage")


def test_a_student_reads_the_answer_and_rates_it(open_as: Open) -> None:
    raised = factories.raised()
    factories.go(db.session.get_one(factories.Ticket, raised.ticket_id), factories.ROADS[State.FEEDBACK_PENDING])
    db.session.commit()
    page = open_as(None, phone=True, javascript=False).page
    page.goto(f"/code/{raised.code}")
    press(page.get_by_role("button", name="看看办到哪了"))
    expect(page.get_by_text(factories.ANSWER)).to_be_visible()
    page.get_by_role("radio", name="否", exact=True).click()
    press(page.get_by_role("button", name="不满意", exact=True))
    expect(page.get_by_text("评价已经收到。").first).to_be_visible()


@pytest.mark.parametrize(
    ("place", "words"), [("/queue", "三楼"), ("/contacts/", "联系记录"), ("/notifications/", "等您签收")]
)
def test_what_waits_is_there_to_be_read(place: str, words: str, open_as: Open) -> None:
    factories.make_ticket(State.DISPATCHED)
    db.session.commit()
    page = open_as("zhang", phone=True, javascript=False).page
    page.goto(place)
    expect(page.locator("main")).to_contain_text(words)
