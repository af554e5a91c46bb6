"""国务院办公厅节假日安排: the tables that come with the program, from the library `holidays`.

The notice for a year appears in the autumn before it. The library goes on computing after the last
notice it knows, without bridge days and shifts; only years of real notices are taken from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from workflows.engine import Labelled

FIRST_YEAR = 2018  # before it no ticket was ever counted: Monday–Friday


class ExceptionKind(Labelled):
    """What a table says of a day (imports.md sheet 02)."""

    OFF = "off", "休"
    WORK = "work", "班"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One day on which the table departs from the week."""

    day: date
    kind: ExceptionKind
    name: str = ""


@cache
def years() -> frozenset[int]:
    """The years whose notice the library knows."""
    # Loading it takes half a second and 10 MB: whoever asks first pays, not every command.
    from holidays.countries.china import ChinaStaticHolidays

    return frozenset(year for year in ChinaStaticHolidays.special_public_holidays if year >= FIRST_YEAR)


@cache
def table(year: int) -> tuple[Exceptional, ...]:
    """The days of one published year, in order; empty for a year without notice."""
    if year not in years():
        return ()
    from holidays import country_holidays

    found = country_holidays("CN", years=year, language="zh_CN")
    off = [Exceptional(day, ExceptionKind.OFF, _plain(name)) for day, name in found.items()]
    work = [Exceptional(day, ExceptionKind.WORK) for day in found.weekend_workdays if day.year == year]
    return tuple(sorted(off + work, key=lambda one: one.day))


def _plain(name: str) -> str:
    """春节（补假） → 春节, 休息日（由 … 调休） → 调休."""
    return "调休" if name.startswith("休息日") else name.partition("（")[0]
