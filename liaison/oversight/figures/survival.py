"""Product limit: how long it takes, where some have not come to an end yet (metrics.md §5, formula 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, until the end or, still open, until now."""

    days: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Step:
    """At so many days: how many were still under way, how many ended, the share that takes longer."""

    days: int
    at_risk: int
    ended: int
    left: Fraction


def steps(spans: Iterable[Span]) -> list[Step]:
    """One step for each distinct finishing time. Exact: shares are fractions."""
    every, ended = Counter[int](), Counter[int]()
    for span in spans:
        every[span.days] += 1
        ended[span.days] += span.is_over
    found, left, at_risk = [], Fraction(1), every.total()
    for days in sorted(every):
        if ended[days]:
            left *= 1 - Fraction(ended[days], at_risk)
            found.append(Step(days, at_risk, ended[days], left))
        at_risk -= every[days]
    return found


def quantile(spans: Iterable[Span], share: Fraction) -> int | None:
    """The first day by which this share has ended; None = not reached (未到)."""
    return next((step.days for step in steps(spans) if step.left <= 1 - share), None)
