"""What comes out of a figure: counts with everything that belongs to them, and the rules of printing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from liaison.oversight.figures import intervals, survival
from liaison.oversight.figures.errands import Errand
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.survival import Span
from liaison.oversight.figures.world import Said

One = TypeVar("One")


@dataclass(frozen=True)
class Result:
    """`yes` of `yes` + `no`; what is not due yet and what is left out, by reason, are in neither.

    `days` is a quantile, with `is_quantile` and None for 未到. `parts` are counts by name. `counted` is what the
    numerator counts – tickets, voices, looks –, `others` what only the denominator does.
    """

    numerator: int | None = None
    denominator: int | None = None
    not_due: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    days: int | None = None
    is_quantile: bool = False
    parts: Mapping[str, Any] = field(default_factory=dict)
    counted: Sequence[Any] = ()
    others: Sequence[Any] = ()

    @cached_property
    def tickets(self) -> list[Record]:
        """The tickets behind the numerator, each once, in order."""
        return _records(self.counted)

    @cached_property
    def rest(self) -> list[Record]:
        """Those behind the denominator only."""
        return _records(self.others)

    @property
    def per_mille(self) -> int | None:
        """Tenths of a per cent, half up; None where nothing is counted."""
        if self.numerator is None or not self.denominator:
            return None
        return intervals.per_mille(self.numerator, self.denominator)

    @property
    def interval(self) -> tuple[float, float] | None:
        if self.numerator is None or not self.denominator:
            return None
        return intervals.wilson(self.numerator, self.denominator)


def share(
    items: Iterable[One],
    holds: Callable[[One], bool],
    *,
    is_due: Callable[[One], bool] | None = None,
    left_out: Callable[[One], str] | None = None,
) -> Result:
    """How many of the items hold; those that are not due yet and those left out for a reason are set apart."""
    yes: list[One] = []
    no: list[One] = []
    not_due, out = 0, Counter[str]()
    for one in items:
        if left_out is not None and (reason := left_out(one)):
            out[reason] += 1
        elif is_due is not None and not is_due(one):
            not_due += 1
        else:
            (yes if holds(one) else no).append(one)
    return Result(len(yes), len(yes) + len(no), not_due, dict(out), counted=yes, others=no)


def count(items: Iterable[Any], **parts: Any) -> Result:
    """So many."""
    found = list(items)
    return Result(len(found), None, parts=parts, counted=found)


def quantile(spans: Sequence[tuple[Any, Span]], part: Fraction) -> Result:
    """After so many days this part had ended; whoever still waits is counted by his age."""
    over = [one for one, span in spans if span.is_over]
    days = survival.quantile((span for _one, span in spans), part)
    still = [one for one, span in spans if not span.is_over]
    return Result(len(over), len(spans), days=days, is_quantile=True, counted=over, others=still)


def _records(items: Iterable[Any]) -> list[Record]:
    found = {record.key: record for record in map(_record, items) if record is not None}
    return [found[key] for key in sorted(found)]


def _record(one: Any) -> Record | None:
    if isinstance(one, Said):
        return one.lead
    if isinstance(one, Errand):
        return one.record
    record: Record = one[0] if isinstance(one, tuple) else one
    return record
