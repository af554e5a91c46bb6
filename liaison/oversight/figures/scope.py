"""Which period a figure is about, and on which day it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from liaison.core import clock


@dataclass(frozen=True)
class Scope:
    """Period P, first and last day included; cut-off A, the end of a Chinese day (metrics.md §1)."""

    first: date
    last: date
    as_of: date

    @cached_property
    def begin(self) -> datetime:
        return clock.moment(self.first)

    @cached_property
    def end(self) -> datetime:
        """Of what is counted: the period, as far as it has passed on the cut-off day."""
        return min(clock.end_of(self.last), self.cut_off)

    @cached_property
    def cut_off(self) -> datetime:
        return clock.end_of(self.as_of)

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.begin <= moment < self.end


def month(day: date, as_of: date) -> Scope:
    """The calendar month of a day."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Scope(first, after - timedelta(days=1), as_of)
