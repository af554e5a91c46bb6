"""A school with vacations and a table for 2027, written by hand: what the arithmetic is checked against."""

from datetime import date

from liaison.calendars.calendar import Calendar, CalendarKind
from liaison.calendars.content import calendar_from, lay_out
from liaison.calendars.published import Exceptional, ExceptionKind
from tests.calendars import published
from tests.calendars.published import days_from

WINTER_2027 = (date(2027, 1, 25), date(2027, 2, 28))  # domain.md §3.9
VACATIONS = [
    (date(2024, 1, 22), date(2024, 2, 25)),
    (date(2024, 7, 15), date(2024, 8, 25)),
    (date(2025, 1, 20), date(2025, 2, 16)),
    (date(2025, 7, 14), date(2025, 8, 31)),
    (date(2026, 1, 17), date(2026, 2, 27)),  # domain.md §3.9
    (date(2026, 7, 20), date(2026, 8, 30)),
    WINTER_2027,
    (date(2027, 7, 12), date(2027, 8, 29)),
    (date(2028, 1, 17), date(2028, 2, 20)),
]
SPRING_FESTIVAL, NATIONAL_DAY = (date(2027, 2, 5), date(2027, 2, 12)), (date(2027, 10, 1), date(2027, 10, 7))
OFF_2027 = [date(2027, 1, 1), *days_from(*SPRING_FESTIVAL), *days_from(*NATIONAL_DAY)]
WORK_2027 = [date(2027, 1, 10), date(2027, 2, 14), date(2027, 10, 9)]
ON_VACATION = {day for span in VACATIONS for day in days_from(*span)}


def table_2027(off: list[date] = OFF_2027, work: list[date] = WORK_2027) -> list[Exceptional]:
    return [*(Exceptional(d, ExceptionKind.OFF) for d in off), *(Exceptional(d, ExceptionKind.WORK) for d in work)]


def calendar(label: str = "test", days: list[Exceptional] | None = None, vacations: list | None = None) -> Calendar:
    """The program's tables, with one of 2027 if `days` are given, and vacations."""
    return calendar_from(label, lay_out([2027] if days is not None else [], days or [], vacations or []))


def works(day: date, by: CalendarKind, *, with_2027: bool) -> bool:
    """The plainest possible answer, sharing nothing with the code under test."""
    if by is CalendarKind.NATURAL:
        return True
    if by is CalendarKind.SERVICE and day in ON_VACATION:
        return False
    if with_2027 and day in WORK_2027:
        return True
    if with_2027 and day in OFF_2027:
        return False
    return published.works(day)
