"""哪些天算进去了: the days of a limit in stretches a person can follow with a finger (domain.md §4.4 rule 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext as _

from liaison.calendars.calendar import CountedDay, DayKind
from liaison.core.formats import day_words


@dataclass(frozen=True)
class Stretch:
    """Days in a row that all count, or none of which does. `why` says it in words."""

    first: date
    last: date
    counted: int
    why: str
    is_provisional: bool

    @property
    def days(self) -> str:
        """10月1日 周四, or 10月1日 周四 至 10月7日 周三."""
        first = day_words(self.first, weekday=True)
        if self.first == self.last:
            return first
        return _("%(first)s 至 %(last)s", first=first, last=day_words(self.last, weekday=True))


def stretches(days: Iterable[CountedDay], paused: frozenset[date] = frozenset()) -> list[Stretch]:
    """The days in order, put together; `paused` ones count for nothing whatever they are."""
    marked = ((day, day.counts and day.day not in paused, day.day in paused and day.counts) for day in days)
    return [_stretch([day for day, *_rest in run], *key) for key, run in groupby(marked, lambda one: one[1:])]


def _stretch(days: list[CountedDay], counts: bool, is_paused: bool) -> Stretch:
    why = _("暂停") if is_paused else _counting(days) if counts else _idle(days)
    open_dates = any(day.is_provisional for day in days)
    return Stretch(days[0].day, days[-1].day, len(days) if counts else 0, why, open_dates)


def _counting(days: list[CountedDay]) -> str:
    """What is unusual among days that count: shifted Saturdays and Sundays."""
    shifted = [day_words(day.day, weekday=True) for day in days if day.kind is DayKind.SHIFTED]
    return _("%(days)s 调休上班", days=_("、").join(shifted)) if shifted else ""


def _idle(days: list[CountedDay]) -> str:
    """春节、寒暑假, or simply 周末: each reason once, in its order."""
    named = [day.name or _(day.kind.label) for day in days if day.kind is not DayKind.WEEKEND]
    return _("、").join(dict.fromkeys(named)) or _(DayKind.WEEKEND.label)
