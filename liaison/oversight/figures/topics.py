"""治本成效: did it get less at the places where something was done, against those where nothing was (metrics.md §5.3).

Nobody calls it yet: it waits for the page on which a topic is judged (`workflows/topics.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

Z = 1.96


@dataclass(frozen=True)
class Effect:
    """Arrivals after ÷ before at the chosen places, against the same at the untouched; with its 95 % interval."""

    ratio: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """下降已显现; otherwise 尚不能确认."""
        return self.high < 1


def effect(before: int, after: int, others_before: int, others_after: int) -> Effect:
    """A zero adds a half to all four, so that there is always a ratio."""
    counts = [float(one) for one in (after, before, others_after, others_before)]
    a, b, c, d = [one + 0.5 for one in counts] if 0 in counts else counts
    ratio, spread = (a / b) / (c / d), Z * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return Effect(ratio, exp(log(ratio) - spread), exp(log(ratio) + spread))
