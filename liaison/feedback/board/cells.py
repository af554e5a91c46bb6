"""小数合并: which counts may stand on a public page (rulings §13: k = 5 everywhere).

Each voice lies in exactly one row, and neither sums nor the whole campus are ever shown beside the rows: what
cannot be added up cannot be taken apart again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from liaison.feedback.board.models import Fate
from liaison.tickets.queries.publications import MANY
from workflows.ticket_words import ExplanationReason


@dataclass(frozen=True)
class Cell:
    """`place` and `matter` are keys; None stands for all the others together."""

    place: int | None
    matter: int | None
    fate: Fate
    reason: ExplanationReason | None
    voices: int
    until: date | None


def merged(cells: Iterable[Cell], fewest: int = MANY) -> list[Cell]:
    """Places with few voices become one place, within each place matters with few voices one matter.

    Nothing at all comes back where the whole campus has too few. Cells that are alike become one.
    """
    by_place = _regrouped(list(cells), lambda one: one.place, lambda one: replace(one, place=None), fewest)
    found: list[Cell] = []
    for place in dict.fromkeys(one.place for one in by_place):
        there = [one for one in by_place if one.place == place]
        found += _regrouped(there, lambda one: one.matter, lambda one: replace(one, matter=None), fewest)
    return _added(found)


def shown(voices: int, fewest: int = MANY) -> int | None:
    """The count as it may be printed: None where it is not nothing and yet too small."""
    return voices if voices == 0 or voices >= fewest else None


def _regrouped(
    cells: list[Cell], key: Callable[[Cell], int | None], fold: Callable[[Cell], Cell], fewest: int
) -> list[Cell]:
    """Fold every small group into «the others»; while these are too few, the smallest group joins them."""
    sums = _sums(cells, key)
    folded = {None, *(name for name, n in sums.items() if n < fewest)}
    rest = sorted((n, name) for name, n in sums.items() if name is not None and name not in folded)
    while 0 < sum(sums.get(name, 0) for name in folded) < fewest and rest:
        folded.add(rest.pop(0)[1])
    if 0 < sum(sums.get(name, 0) for name in folded) < fewest:
        return []
    return [fold(one) if key(one) in folded else one for one in cells]


def _sums(cells: Iterable[Cell], key: Callable[[Cell], int | None]) -> dict[int | None, int]:
    found: dict[int | None, int] = defaultdict(int)
    for one in cells:
        found[key(one)] += one.voices
    return dict(found)


def _added(cells: Iterable[Cell]) -> list[Cell]:
    alike: dict[Hashable, Cell] = {}
    for one in cells:
        name = (one.place, one.matter, one.fate, one.reason)
        before = alike.get(name)
        until = max(filter(None, (one.until, before.until if before else None)), default=None)
        alike[name] = replace(one, voices=one.voices + (before.voices if before else 0), until=until)
    return list(alike.values())
