"""补做: where a rule allows it, what a week or month has to spare in its first days counts for the one before
(`makeup_days`; none by default, domain.md §3.9)."""

from __future__ import annotations

from liaison.programmes.reckoning import spans
from liaison.programmes.reckoning.facts import Meeting
from liaison.programmes.reckoning.fitting import Fitting
from liaison.programmes.reckoning.presence import Presence
from liaison.programmes.reckoning.rules import Rule
from liaison.programmes.reckoning.school import School
from liaison.programmes.reckoning.spans import DAY, Span
from liaison.programmes.words import Period


class MakingUp:
    """One person's confirmed contacts, each given to one week or month: its own, or the one before that lacks it."""

    def __init__(self, school: School, presence: Presence, fitting: Fitting) -> None:
        self.school, self.presence, self.fitting = school, presence, fitting
        self._lent: dict[tuple[int, Span], list[Meeting]] = {}

    def meetings(self, rule: Rule, rules: list[Rule], unit: Span) -> list[Meeting]:
        """What counts in a unit in which something is owed."""
        own = self._kept(rule, rules, unit)
        return [*own, *self._lent_by(rule, rules, _after(unit))] if rule.makeup_days else own

    def _kept(self, rule: Rule, rules: list[Rule], unit: Span) -> list[Meeting]:
        lent = self._lent_by(rule, rules, unit) if rule.makeup_days else []
        return [one for one in self._all(rules, unit) if one not in lent]

    def _lent_by(self, rule: Rule, rules: list[Rule], unit: Span) -> list[Meeting]:
        """Beyond what the unit itself asks for, early enough, and no more than the one before lacks."""
        key = (id(rule), unit)
        if key not in self._lent:
            self._lent[key] = self._spare(rule, rules, unit)
        return self._lent[key]

    def _spare(self, rule: Rule, rules: list[Rule], unit: Span) -> list[Meeting]:
        before, them = _before(unit), self._all(rules, unit)
        if not them or not self._is_owed(rule, before):
            return []
        lacking = max(rule.minimum - len(self._kept(rule, rules, before)), 0)
        needed = rule.minimum if self._is_owed(rule, unit) else 0
        in_time = [one for one in them[needed:] if one.on <= before.last + rule.makeup_days * DAY]
        return in_time[:lacking]

    def _all(self, rules: list[Rule], unit: Span) -> list[Meeting]:
        return [one for one in self.fitting.meetings(rules, unit.first, unit.last) if one.is_confirmed]

    def _is_owed(self, rule: Rule, unit: Span) -> bool:
        around = spans.month(spans.thursday(unit)) if unit.sort is Period.WEEK else unit
        countable = self.school.units(around, unit.sort, rule.basis)
        mine = [one for one in countable if one.key == unit.key]
        return bool(mine) and self.presence.owes(rule.subject, mine[0], rule.basis)


def _before(unit: Span) -> Span:
    return spans.week(unit.first - 7 * DAY) if unit.sort is Period.WEEK else spans.month(unit.first - DAY)


def _after(unit: Span) -> Span:
    return spans.week(unit.last + DAY) if unit.sort is Period.WEEK else spans.month(unit.last + DAY)
