"""What should be settled once a month is over, and what changed in it all the same: 更正 (metrics.md §2, §4).

How far the work has got grows with time and is no correction; how much came in, and what kept its limit, is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import Figure, View

C, D, F = View.COHORT, View.DUE, View.FLOW
SETTLED: tuple[Figure, ...] = tuple(
    figure(key, view)
    for key, view in (
        ("voices", C),
        ("tickets_all", C),
        ("tickets", C),
        ("on_time_final", D),
        ("on_time_first", D),
        ("on_time_original", D),
        ("extension_rate", D),
        ("designated", F),
        ("satisfied_wide", F),
        ("satisfied_strict", F),
    )
)


@dataclass(frozen=True)
class Correction:
    """One figure of a finished month: what was reported, what is known now."""

    month: date
    figure: Figure
    before: tuple[int | None, int | None]
    after: tuple[int | None, int | None]

    @property
    def words(self) -> str:
        """10月更正：受理事项 +1（107 → 108） · 10月更正：按期办结率 74/80 → 73/80. Chinese, as on the paper."""
        head, (old, _), (new, _of) = f"{self.month.month}月更正：{self.figure.name}", self.before, self.after
        if _of is None:
            return f"{head} {(new or 0) - (old or 0):+d}（{old} → {new}）"
        return f"{head} {_ratio(self.before)} → {_ratio(self.after)}"


def corrections(month: date, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Correction]:
    """What differs of the settled figures; a figure that one side does not know yet is not compared."""
    found = []
    for one in SETTLED:
        name = one.name_in_address
        if name in before and name in after and (old := _counts(before[name])) != (new := _counts(after[name])):
            found.append(Correction(month, one, old, new))
    return found


def _counts(kept: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return kept["numerator"], kept["denominator"]


def _ratio(counts: tuple[int | None, int | None]) -> str:
    return f"{counts[0]}/{counts[1]}"
