"""Results as plain values that a database keeps, and back; and which catalogue they were counted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from liaison.core.language import in_chinese
from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.figure import Figure
from liaison.oversight.figures.printing import is_hidden
from liaison.oversight.figures.results import Result

KEPT = ("numerator", "denominator", "not_due", "days", "is_quantile")
Plain = dict[str, Any]


def plain(pairs: Iterable[tuple[Figure, Result]]) -> dict[str, Plain]:
    """Everything that proves each number but the tickets behind it; of one that may not be told, that it was not."""
    return {one.name_in_address: _plain(Result() if is_hidden(one, result) else result) for one, result in pairs}


def _plain(result: Result) -> Plain:
    counts = {name: getattr(result, name) for name in KEPT}
    return counts | {"left_out": dict(result.left_out), "parts": dict(result.parts)}


def result_of(kept: Mapping[str, Any]) -> Result:
    """The result as it was counted then."""
    return Result(**kept)


def catalogue_mark() -> str:
    """Changes when a figure is added, renamed or said to be counted otherwise."""
    with in_chinese():
        lines = "\n".join(f"{one.name_in_address} {one.name} {one.formula}" for one in CATALOGUE)
    return sha256(lines.encode()).hexdigest()[:12]
