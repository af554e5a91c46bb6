"""Product limit: how long it takes, where some have not come to an end yet (metrics.md §5, formula 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple


class Span(NamedTuple):
    """So many days, until the end or, still open, until now."""

    days: int
    is_over: bool


def quantiles(every: Counter[int], ended: Counter[int], *shares: Fraction) -> list[int | None]:
    """The first day by which each share has ended; None = not reached (未到). Exact: what is left is a fraction.

    `every`: how many took so many days until the end or until now; `ended`: how many of them came to their end.
    """
    found: dict[Fraction, int] = {}
    left, at_risk = Fraction(1), every.total()
    for days in sorted(every):
        left *= 1 - Fraction(ended[days], at_risk)
        for share in shares:
            if ended[days] and left <= 1 - share:
                found.setdefault(share, days)
        at_risk -= every[days]
    return [found.get(share) for share in shares]


def quantile(spans: Iterable[Span], share: Fraction) -> int | None:
    """The same of single spans."""
    every, ended = Counter[int](), Counter[int]()
    for span in spans:
        every[span.days] += 1
        ended[span.days] += span.is_over
    return quantiles(every, ended, share)[0]
