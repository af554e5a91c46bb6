"""The page of notices, from the button to the row."""

from collections.abc import Callable
from typing import Any

import pytest

from liaison.notifications.actions import tell
from liaison.notifications.models import Notice
from tests.cast import person
from workflows.ticket_states import Stage

NUMBER = "LX2026-000123-7"


@pytest.fixture
def notice(db: Any) -> int:
    """One unread notice of 张处长."""
    path = f"/tickets/{NUMBER}"
    tell([person("zhang").id], "ticket.dispatch", about=NUMBER, stage=Stage.RESOLVE, path=path, urgent=True)
    db.session.commit()
    return db.session.scalars(db.select(Notice.id)).one()


def test_it_shows_number_stage_and_what_to_do(sign_in_as: Callable, notice: int):
    page = sign_in_as("zhang").get("/notifications/").text
    assert f"{NUMBER} 交办到您的部门，等您签收。" in page
    for words in ("研究落实", "紧急", "没看过", "1 条没看过"):
        assert words in page


def test_pressing_one_marks_it_read_and_leads_to_the_matter(db: Any, sign_in_as: Callable, notice: int):
    browser = sign_in_as("zhang")
    answer = browser.submit("/notifications/", {"notice": notice}, to="/notifications/read")
    assert (answer.status_code, answer.location) == (303, f"/tickets/{NUMBER}")
    assert db.session.get(Notice, notice).read_at
    assert "没看过" not in browser.get("/notifications/").text
    assert browser.send("/notifications/read", {"notice": notice}).status_code == 303  # twice is harmless


def test_all_can_be_marked_at_once(db: Any, sign_in_as: Callable, notice: int):
    answer = sign_in_as("zhang").submit("/notifications/", {"until": notice}, to="/notifications/read")
    assert (answer.status_code, answer.location) == (303, "/notifications/")
    assert db.session.get(Notice, notice).read_at


def test_looking_at_the_page_changes_nothing(db: Any, sign_in_as: Callable, notice: int):
    sign_in_as("zhang").get("/notifications/")
    assert db.session.get(Notice, notice).read_at is None


def test_somebody_elses_notice_does_not_exist(db: Any, sign_in_as: Callable, notice: int):
    browser = sign_in_as("liu")
    assert NUMBER not in browser.get("/notifications/").text
    assert browser.send("/notifications/read", {"notice": notice}).status_code == 404
    assert db.session.get(Notice, notice).read_at is None


@pytest.mark.parametrize("given", [{}, {"notice": "x"}, {"notice": "9" * 30}, {"until": "-1"}])
def test_nonsense_is_not_found(sign_in_as: Callable, notice: int, given: dict[str, str]):
    assert sign_in_as("zhang").send("/notifications/read", given).status_code == 404


@pytest.mark.parametrize("key", ["after=x", "after=" + "9" * 30, "before=1~2"])
def test_an_unreadable_key_means_the_first_page(sign_in_as: Callable, notice: int, key: str):
    assert NUMBER in sign_in_as("zhang").get(f"/notifications/?{key}").text


def test_an_empty_page_says_what_comes_next(sign_in_as: Callable):
    assert "会出现在这里" in sign_in_as("sun").get("/notifications/").text


def test_the_page_needs_few_statements(sign_in_as: Callable, notice: int, queries: Callable):
    browser = sign_in_as("zhang")
    with queries() as asked:
        browser.get("/notifications/")
    assert len(asked) <= 6


def test_strangers_go_to_sign_in(client: Any):
    assert "/sign-in" in client.get("/notifications/").location
