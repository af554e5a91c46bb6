"""The rules as values: lines of a programme, in editions that hold from a day on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from liaison.programmes.words import (
    CalendarBasis,
    ContactKind,
    MeetingChannel,
    PerEach,
    Period,
    QuantityUnit,
    Strength,
    SubjectRole,
    TargetScope,
)

REPORTED = (Period.MONTH, Period.TERM)  # where weekly and monthly lines are summed up
Group = tuple[str, tuple[str, ...]]  # programme, codes that print together


@dataclass(frozen=True)
class Rule:
    """条目 (domain.md §3.1). `id` is the key of its row, if it has one."""

    code: str
    title: str
    subject: SubjectRole
    period: Period
    minimum: int
    unit: QuantityUnit
    strength: Strength = Strength.MANDATORY
    kinds: frozenset[ContactKind] = frozenset()  # empty = any
    scope: TargetScope = TargetScope.ANY
    basis: CalendarBasis = CalendarBasis.SCHOOL_WEEKS
    channel: MeetingChannel | None = None
    per_each: PerEach | None = None
    exclusive_group: str = ""
    combine_group: str = ""
    is_prorated: bool = True
    makeup_days: int = 0
    id: int | None = None

    @property
    def is_repeated(self) -> bool:
        """Owed again in each single week or month."""
        return self.period in (Period.WEEK, Period.MONTH)


@dataclass(frozen=True)
class Edition:
    """A programme's rules from a day on; without rules it ends the programme."""

    programme: str
    from_on: date
    rules: tuple[Rule, ...] = ()


class Rulebook:
    """All editions: which rule governs a period is decided by the day the period begins."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._editions: dict[str, list[Edition]] = {}
        for edition in sorted(editions, key=lambda one: one.from_on):  # of one day the later one holds
            self._editions.setdefault(edition.programme, []).append(edition)
        self._rhythms: dict[Group, list[Rule]] = {}
        self._sorts: dict[Group, set[Period]] = {}
        self._on: dict[tuple[str, date], dict[str, Rule]] = {}

    @cached_property
    def groups(self) -> list[Group]:
        """Programme and the codes that print as one line, in the order of the rules."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for programme, editions in self._editions.items():
            for rule in (rule for edition in editions for rule in edition.rules):
                found.setdefault((programme, rule.combine_group or rule.code), {})[rule.code] = None
        return [(programme, tuple(codes)) for (programme, _group), codes in found.items()]

    def governing(self, programme: str, codes: tuple[str, ...], day: date) -> list[Rule]:
        """The rules of these codes for a period that begins on a day."""
        rules = self._rules(programme, day)
        return [rules[code] for code in codes if code in rules]

    def rule(self, id: int) -> Rule:
        """The rule with this key of a row."""
        return self._by_id[id]

    @cached_property
    def _by_id(self) -> dict[int, Rule]:
        editions = (edition for editions in self._editions.values() for edition in editions)
        return {rule.id: rule for edition in editions for rule in edition.rules if rule.id is not None}

    def sorts(self, programme: str, codes: tuple[str, ...]) -> set[Period]:
        """The sorts of periods in which these rules, in any edition, may have a line."""
        if (programme, codes) not in self._sorts:
            rules = self.all(programme, codes)
            once = {rule.period for rule in rules if not rule.is_repeated}
            standing = {Period.ACADEMIC_YEAR} if Period.NONE in once else set()
            self._sorts[programme, codes] = once | standing | {*(REPORTED if any(r.is_repeated for r in rules) else ())}
        return self._sorts[programme, codes]

    def rhythms(self, programme: str, codes: tuple[str, ...]) -> list[Rule]:
        """One rule for each way of repeating that its editions ever had."""
        if (programme, codes) not in self._rhythms:
            found = {(rule.period, rule.basis): rule for rule in self.all(programme, codes) if rule.is_repeated}
            self._rhythms[programme, codes] = list(found.values())
        return self._rhythms[programme, codes]

    def all(self, programme: str, codes: tuple[str, ...]) -> list[Rule]:
        """The rules of these codes in every edition."""
        return [rule for edition in self._editions[programme] for rule in edition.rules if rule.code in codes]

    def exclusive(self, group: str, day: date) -> list[Rule]:
        """Every rule of an exclusive group on a day, whatever its programme."""
        return [
            rule
            for programme in self._editions
            for rule in self._rules(programme, day).values()
            if rule.exclusive_group == group
        ]

    def _rules(self, programme: str, day: date) -> dict[str, Rule]:
        if (programme, day) not in self._on:
            editions = self._editions[programme]
            at = bisect_right([edition.from_on for edition in editions], day)
            rules = editions[at - 1].rules if at else ()
            self._on[programme, day] = {rule.code: rule for rule in rules}
        return self._on[programme, day]
