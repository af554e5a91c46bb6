"""How much contacts make: times, half days, different kinds, different courses or links (domain.md §3.9)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from liaison.programmes.reckoning.facts import Meeting, Tie
from liaison.programmes.reckoning.fitting import is_at, kinds_of
from liaison.programmes.reckoning.rules import Rule
from liaison.programmes.words import PerEach, QuantityUnit, TargetScope

HALF_DAY = 180  # minutes of one stay; shorter ones do not add up: 驻点 means staying
Counted = tuple[Meeting, int]


@dataclass(frozen=True)
class Tally:
    """What was done, by which contacts, and which were there in vain: too short a stay."""

    counted: tuple[Counted, ...] = ()
    short: tuple[Meeting, ...] = ()

    @property
    def done(self) -> int:
        return sum(quantity for _meeting, quantity in self.counted)


def tally(rule: Rule, meetings: Iterable[Meeting], ties: list[Tie], courses: frozenset[int]) -> Tally:
    """Count contacts that fit, in their order."""
    them = list(meetings)
    if rule.unit is QuantityUnit.HALF_DAYS:
        return _half_days(them)
    if rule.unit is QuantityUnit.KINDS:
        return _first_of_each(them, lambda one: kinds_of(one) & rule.kinds)
    if rule.per_each is PerEach.COURSE:
        return _first_of_each(them, lambda one: {one.course_id} & courses)
    if rule.per_each is PerEach.COUNTERPART:
        return _first_of_each(them, lambda one: {one.colleague_id} - {None})
    if rule.scope is TargetScope.EACH_LINKED:
        met = {one.id: {tie.target_id for tie in ties if tie.holds(one.on) and is_at(one, tie)} for one in them}
        return _first_of_each(them, lambda one: met[one.id])
    return Tally(tuple((one, 1) for one in them))


def _half_days(meetings: list[Meeting]) -> Tally:
    """The longest stay of each day."""
    best: dict[date, Meeting] = {}
    for one in meetings:
        if one.on not in best or (one.minutes or 0) > (best[one.on].minutes or 0):
            best[one.on] = one
    counted = [(one, min((one.minutes or 0) // HALF_DAY, 2)) for one in best.values()]
    short = [one for one in meetings if (one.minutes or 0) < HALF_DAY]
    return Tally(tuple(pair for pair in counted if pair[1]), tuple(short))


def _first_of_each(meetings: list[Meeting], things: Callable[[Meeting], Iterable[Hashable]]) -> Tally:
    """Repeats add nothing."""
    seen: set[Hashable] = set()
    counted: list[Counted] = []
    for one in meetings:
        if fresh := set(things(one)) - seen:
            counted.append((one, len(fresh)))
            seen |= fresh
    return Tally(tuple(counted))
