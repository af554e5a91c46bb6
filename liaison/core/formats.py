"""Dates and numbers as people say them: 11月28日 周六, 20:40, 今天 24:00 前."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from liaison.core import clock
from liaison.core.language import gettext as _
from liaison.core.language import is_english

WEEKDAYS_ZH = "一二三四五六日"
MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS_EN = "Mon Tue Wed Thu Fri Sat Sun".split()


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(day=day_words, moment=moment_words, clock=clock_words, due_day=due_day_words)


def day_words(day: date | datetime | None, weekday: bool = False) -> str:
    """11月28日, with the year only where it is not this one; optionally 周六."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = clock.local(day).date()
    other_year = day.year != clock.today().year
    if is_english():
        words = f"{day.day} {MONTHS_EN[day.month - 1]}" + (f" {day.year}" if other_year else "")
        return f"{DAYS_EN[day.weekday()]} {words}" if weekday else words
    words = (f"{day.year}年" if other_year else "") + f"{day.month}月{day.day}日"
    return f"{words} 周{WEEKDAYS_ZH[day.weekday()]}" if weekday else words


def clock_words(moment: datetime | None) -> str:
    """20:40 on a Chinese clock."""
    return clock.local(moment).strftime("%H:%M") if moment else ""


def moment_words(moment: datetime | None) -> str:
    """11月18日 20:40, or 今天 20:40."""
    if moment is None:
        return ""
    day = clock.local(moment).date()
    words = _("今天") if day == clock.today() else day_words(day)
    return f"{words} {clock_words(moment)}"


def due_day_words(due: datetime | None) -> str:
    """The day a due moment belongs to: 24:00 counts to the day that ends there."""
    return day_words(clock.day_ending_at(due), weekday=True) if due else ""
