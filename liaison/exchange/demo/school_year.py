"""Two terms relative to today, and the hours at which people do things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from liaison.calendars.working_days import add_working_days, is_working_day
from liaison.core.clock import local, moment

WEEKS, TEACHING_WEEKS = 20, 18  # the last two are of examinations
YOUNG = timedelta(weeks=8)
MORNING, LUNCH, AFTERNOON, EVENING = time(8, 30), time(11, 50), time(14, 0), time(17, 20)


@dataclass(frozen=True)
class Season:
    """A term: its name, its academic year, its first Monday and last Sunday."""

    term_no: int
    name: str
    academic_year: str
    first_monday: date
    last_day: date


def seasons(today: date) -> list[Season]:
    """The terms of the last, the present and the coming academic year, in order."""
    year = today.year if today.month >= 8 else today.year - 1
    return [season for autumn in (year - 1, year, year + 1) for season in _of_year(autumn)]


def lived(today: date) -> list[Season]:
    """The terms the demo tells: the two that began last, and one more while the last is young."""
    begun = [season for season in seasons(today) if season.first_monday < today]
    is_young = today - begun[-1].first_monday < YOUNG
    return begun[-3:] if is_young else begun[-2:]


def _of_year(autumn: int) -> list[Season]:
    years = f"{autumn}-{autumn + 1}"
    starts = {"第一学期": _monday(date(autumn, 9, 1)), "第二学期": _monday(date(autumn + 1, 2, 26))}
    last = timedelta(weeks=WEEKS, days=-1)
    return [Season(n, name, years, day, day + last) for n, (name, day) in enumerate(starts.items(), start=1)]


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


class Hours:
    """Believable moments: offices keep office hours, urgent matters do not wait for them."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def office(self, after: datetime, days: int = 0) -> datetime:
        """In office hours, so many working days after a moment; 0 = as soon as the office works."""
        here = local(after)
        if days == 0 and is_working_day(here.date()):
            return self._later_today(here)
        return self._in_office(add_working_days(here.date(), max(days, 1)))

    def on_duty(self, after: datetime, least: int, most: int) -> datetime:
        """So many minutes later, at night or on a Sunday too, but nobody is rung up before seven."""
        wanted = local(after) + timedelta(minutes=self.chance.randint(least, most))
        if wanted.time() < time(7, 0):
            wanted = wanted.replace(hour=7, minute=self.chance.randint(5, 40))
        return moment(wanted.date(), wanted.time())

    def leisure(self, after: datetime, days: int) -> datetime:
        """When a student looks at a telephone, so many natural days later."""
        day = local(after).date() + timedelta(days=days)
        wanted = moment(day, time(self.chance.randint(7, 22), self.chance.randint(0, 59)))
        return max(wanted, after + timedelta(minutes=self.chance.randint(15, 120)))

    def _later_today(self, here: datetime) -> datetime:
        wanted = here + timedelta(minutes=self.chance.randint(10, 80))
        if wanted.date() != here.date() or wanted.time() > EVENING:
            return self._in_office(add_working_days(here.date(), 1))
        if wanted.time() < MORNING:
            wanted = wanted.replace(hour=8, minute=self.chance.randint(31, 59))
        elif LUNCH < wanted.time() < AFTERNOON:
            wanted = wanted.replace(hour=14, minute=self.chance.randint(1, 40))
        return moment(wanted.date(), wanted.time())

    def _in_office(self, day: date) -> datetime:
        first, last = self.chance.choice([(MORNING, LUNCH), (MORNING, LUNCH), (AFTERNOON, EVENING)])
        minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
        return moment(day, first) + timedelta(
            minutes=self.chance.randint(1, minutes), seconds=self.chance.randint(0, 59)
        )
