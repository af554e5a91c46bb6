"""Due moments in words (looks.md «Words»)."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel

from liaison.calendars.words import due_day_words, due_words
from liaison.core import clock
from tests.calendars.moments import at, end


@pytest.fixture(autouse=True)
def _page(frozen: Callable) -> Iterator[None]:
    frozen("2026-11-18 20:40")  # the year that dates leave out
    app = Flask("words")
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("due", "now", "words"),
    [
        ("11-18", "11-18 00:00", "今天 24:00 前"),
        ("11-18", "11-18 23:59", "今天 24:00 前"),
        ("11-19", "11-18 09:00", "还剩 1 个工作日（11月19日 周四）"),
        ("11-26", "11-18 09:00", "还剩 6 个工作日（11月26日 周四）"),
        ("10-10", "10-08 09:00", "还剩 2 个工作日（10月10日 周六，调休上班）"),
        ("10-12", "10-08 09:00", "还剩 3 个工作日（10月12日 周一）"),
        ("11-16", "11-14 22:10", "还剩 1 个工作日（11月16日 周一）"),
        ("11-17", "11-18 00:00", "超期 1 个工作日"),
        ("11-10", "11-18 09:00", "超期 6 个工作日"),
        ("11-13", "11-14 09:00", "已过 11月13日 周五 的期限"),
        ("11-15", "11-14 09:00", "11月15日 周日 24:00 前"),  # a milestone set on a Sunday
        ("2027-01-11", "12-21 09:00", "还剩 15 个工作日（2027年1月11日 周一，暂定）"),
    ],
)
def test_limits_of_days(due: str, now: str, words: str):
    assert due_words(end(due), at(now)) == words


@pytest.mark.parametrize(
    ("due", "now", "words"),
    [
        ("11-18 16:20", "11-18 09:00", "今天 16:20 前"),
        ("11-19 09:10", "11-18 09:10", "明天 09:10 前"),
        ("11-21 09:10", "11-18 09:10", "11月21日 09:10 前"),
        ("11-19 00:00", "11-18 09:10", "今天 24:00 前"),
        ("11-18 16:20", "11-18 16:20", "超期 1 分钟"),
        ("11-18 16:20", "11-18 17:05", "超期 45 分钟"),
        ("11-18 16:20", "11-18 19:50", "超期 3 小时"),
        ("11-18 16:20", "11-21 09:00", "超期 2 天"),
    ],
)
def test_urgent_matters_in_hours(due: str, now: str, words: str):
    assert due_words(at(due), at(now), urgent=True) == words


def test_without_a_due_moment_there_are_no_words():
    assert due_words(None, clock.now()) == ""


def test_a_due_day_says_what_is_unusual_about_it():
    assert due_day_words(date(2026, 11, 18)) == "11月18日 周三"
    assert due_day_words(date(2026, 10, 10)) == "10月10日 周六，调休上班"
    assert due_day_words(date(2027, 1, 11)) == "2027年1月11日 周一，暂定"
