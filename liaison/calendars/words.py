"""Due moments as people say them (looks.md «Words»)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from liaison.calendars import limits
from liaison.calendars.working_days import DayKind, is_provisional, kind_of
from liaison.core import clock
from liaison.core.formats import clock_words, day_words


def due_words(due: datetime | None, now: datetime, urgent: bool = False) -> str:
    """今天 24:00 前 · 还剩 2 个工作日(11月28日 周六,调休上班) · 超期 1 个工作日; empty without a due moment.

    `urgent` ones run in hours: 今天 16:20 前 · 超期 3 小时.
    """
    if due is None:
        return ""
    return _hour_words(due, now) if urgent else _day_limit_words(due, now)


def due_day_words(day: date) -> str:
    """11月28日 周六, with what is unusual about it: 调休上班, 暂定."""
    words = day_words(day, weekday=True)
    if kind_of(day) is DayKind.SHIFTED:
        return _("%(day)s,调休上班", day=words)
    return _("%(day)s,暂定", day=words) if is_provisional(day) else words


def _day_limit_words(due: datetime, now: datetime) -> str:
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    left = limits.days_left(due, now)
    if today == due_day:
        return _("今天 24:00 前")
    if left > 0:
        return _("还剩 %(n)s 个工作日(%(day)s)", n=left, day=due_day_words(due_day))
    if left < 0:
        return _("超期 %(n)s 个工作日", n=-left)
    return _days_off_words(due_day, today)


def _days_off_words(due_day: date, today: date) -> str:
    """Only days off lie between: a weekend after the due day, or before one that somebody set on a weekend."""
    if today < due_day:
        return _("%(day)s 24:00 前", day=due_day_words(due_day))
    return _("已过 %(day)s 的期限", day=due_day_words(due_day))


def _hour_words(due: datetime, now: datetime) -> str:
    if now >= due:
        return _late_words(now - due)
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    names = {today: _("今天"), today + timedelta(days=1): _("明天")}
    hour = "24:00" if due == clock.end_of(due_day) else clock_words(due)
    return _("%(day)s %(clock)s 前", day=names.get(due_day) or day_words(due_day), clock=hour)


def _late_words(late: timedelta) -> str:
    minutes = int(late.total_seconds() // 60)
    if minutes < 60:
        return _("超期 %(n)s 分钟", n=max(minutes, 1))
    if minutes < 48 * 60:
        return _("超期 %(n)s 小时", n=minutes // 60)
    return _("超期 %(n)s 天", n=minutes // (24 * 60))
