"""Which term a day is of; which periods stand side by side: the same number of days, looked at equally late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.scope import Scope, month
from liaison.programmes.reckoning import Term
from liaison.programmes.reckoning.spans import DAY, Span, half_year
from liaison.programmes.words import Period


@dataclass(frozen=True)
class Pair:
    """Two cohorts that may be compared, the later one first."""

    words: Any
    scopes: tuple[Scope, Scope]


def pairs(today: date, begun: Sequence[Any]) -> list[Pair]:
    """This term so far and as many days of the last; last month as it ended and as it stands today. `begun`: terms that
    have begun, the latest first."""
    last = month(today.replace(day=1) - timedelta(days=1), today)
    found = [Pair(_l("上月受理的事项，今天与月末"), (last, month(last.first, last.last)))]
    if len(begun) > 1 and today <= begun[0].last_day:
        this, before = begun[:2]
        days = min(today - this.first_monday, before.last_day - before.first_monday)
        until = before.first_monday + days
        present = Scope(this.first_monday, this.first_monday + days, this.first_monday + days)
        found.insert(0, Pair(_l("本学期与上学期的同样天数"), (present, Scope(before.first_monday, until, until))))
    return found


def stretches(terms: Iterable[Term], day: date) -> tuple[Span, Span | None]:
    """The term of a day and the one before it, as stretches without a gap; half years where none is known."""
    begun = sorted((term.first_monday, term.key) for term in terms)
    past = [n for n, (first, _key) in enumerate(begun) if first <= day]
    if not past:
        return half_year(day), None
    at = past[-1]
    last = begun[at + 1][0] - DAY if at + 1 < len(begun) else date.max
    before = _term(begun[at - 1], begun[at][0] - DAY) if at else None
    return _term(begun[at], last), before


def _term(begins: tuple[date, str], last: date) -> Span:
    return Span(Period.TERM, begins[1], begins[0], last)
