"""Due moments as people say them (looks.md «Words»)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from liaison.calendars import in_force, limits
from liaison.calendars.calendar import SERVICE, CalendarKind, DayKind
from liaison.calendars.working_days import is_provisional, kind_of
from liaison.core import clock
from liaison.core.formats import clock_words, day_words


def due_words(
    due: datetime | None,
    now: datetime,
    urgent: bool = False,
    *,
    is_open_date: bool | None = None,
    by: CalendarKind = SERVICE,
) -> str:
    """今天 24:00 前 · 还剩 2 个工作日（11月28日 周六，调休上班） · 超期 1 个工作日; empty without a due moment.

    `urgent` ones run in hours: 今天 16:20 前 · 超期 3 小时. `is_open_date`: provisional as stored with the
    limit (暂定); None asks the calendar.
    """
    if due is None:
        return ""
    if urgent:
        return _hour_words(due, now)
    return _day_limit_words(due, now, due_day_words(clock.day_ending_at(due), is_open_date), by)


def due_day_words(day: date, is_open_date: bool | None = None) -> str:
    """11月28日 周六, with what is unusual about it: 调休上班，暂定 (as stored, else as the calendar says)."""
    words = day_words(day, weekday=True)
    if kind_of(day) is DayKind.SHIFTED:
        return _("%(day)s，调休上班", day=words)
    is_open = is_provisional(day) if is_open_date is None else is_open_date
    return _("%(day)s，暂定", day=words) if is_open else words


def put_off_words(start: datetime, due: datetime, by: CalendarKind = SERVICE) -> str:
    """假期顺延至3月2日, where a vacation of the staff lies inside the limit (§4.4 rule 3); else empty."""
    first, last = clock.local(start).date(), clock.day_ending_at(due)
    if by is not SERVICE:
        return ""
    in_vacation = working_days_lost(first, last)
    return _("假期顺延至%(day)s", day=day_words(last)) if in_vacation else ""


def working_days_lost(after: date, until: date) -> int:
    """How many statutory working days in (after, until] the vacation took."""
    calendar = in_force.calendar()
    return calendar.between(after, until, CalendarKind.STATUTORY) - calendar.between(after, until, SERVICE)


def _day_limit_words(due: datetime, now: datetime, due_day_in_words: str, by: CalendarKind) -> str:
    due_day, today = clock.day_ending_at(due), clock.local(now).date()
    left = limits.days_left(due, now, by)
    if today == due_day:
        return _("今天 24:00 前")
    if left > 0:
        return _("还剩 %(n)s 个工作日（%(day)s）", n=left, day=due_day_in_words)
    if left < 0:
        return _("超期 %(n)s 个工作日", n=-left)
    return _days_off_words(due_day, today, due_day_in_words)


def _days_off_words(due_day: date, today: date, due_day_in_words: str) -> str:
    """Only days off lie between: a weekend after the due day, or before one that somebody set on a weekend."""
    if today < due_day:
        return _("%(day)s 24:00 前", day=due_day_in_words)
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
