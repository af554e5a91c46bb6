"""What one night looks at, and what a rule says when it has found something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from liaison.core import clock
from liaison.oversight.prompts.words import PromptKind
from liaison.programmes.reckoning.spans import DAY, Span, month

LOOK_BACK = timedelta(days=35)  # records this old are still looked at, so that a correction is noticed
FRESH = timedelta(days=14)  # older ones start no new question: there are enough nights in two weeks


class Whom(NamedTuple):
    """One person, or the heads of one unit; nobody: the director, as the office."""

    person_id: int | None = None
    unit_id: int | None = None


class Record(NamedTuple):
    """A contact or ticket by its number; a ticket that is reopened is another one."""

    number: str
    episode: int = 1


@dataclass(frozen=True)
class Found:
    """`period`: asked once for it. Without one: about these records, `at` the newest of their moments."""

    kind: PromptKind
    whom: Whom
    records: frozenset[Record]
    part: int
    whole: int
    period: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Night:
    """`term` reaches to the eve of the next one, its vacation included: so every day is of one term."""

    day: date
    term: Span
    last_term: Span | None
    silent_since: date  # who has not confirmed what was filed before this day had ten working days

    @cached_property
    def month(self) -> Span:
        """The last one that is over."""
        return month(self.day.replace(day=1) - DAY)

    @property
    def begin(self) -> datetime:
        """Of the term and of that month: whichever is first."""
        return clock.moment(min(self.term.first, self.month.first))

    @property
    def since(self) -> datetime:
        return clock.moment(self.day) - LOOK_BACK

    @property
    def fresh_since(self) -> datetime:
        return clock.moment(self.day) - FRESH
