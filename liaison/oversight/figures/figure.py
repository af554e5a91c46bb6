"""What a figure is: its name, its formula in words, its view, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liaison.oversight.figures.results import Result
from liaison.oversight.figures.world import World
from workflows.engine import Labelled


class View(Labelled):
    """Which set it is about (metrics.md §1); a ratio never mixes two."""

    COHORT = "cohort", "本期提出"
    DUE = "due", "本期到期"
    FLOW = "flow", "本期发生"
    STOCK = "stock", "截至当日"


FEW = 10


@dataclass(frozen=True)
class Figure:
    """`name` and `formula` are Chinese, translated where they are shown."""

    key: str
    name: Any
    formula: Any
    view: View
    count: Callable[[World], Result]
    has_interval: bool = False  # samples and ratings: Wilson beside the value
    is_of_ratings: bool = False  # fewer than five say nothing
    is_confidential: bool = False  # of restricted or sealed matters alone: printed from five on
    least: int = FEW  # of fewer the counts are printed, no percentage

    @property
    def name_in_address(self) -> str:
        """closed_rate.cohort: a key and its set; in addresses, and in what is kept of a month."""
        return f"{self.key}.{self.view.value}"
