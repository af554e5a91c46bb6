"""Which weeks and months are a person's own: he held the post and was there on half of the working days (§3.9)."""

from __future__ import annotations

from datetime import date

from liaison.programmes.reckoning import spans
from liaison.programmes.reckoning.facts import Facts
from liaison.programmes.reckoning.school import School
from liaison.programmes.reckoning.spans import DAY, Span
from liaison.programmes.words import CalendarBasis, HalfDay, Period, SubjectRole

Roles = frozenset[SubjectRole]
NOBODY: Roles = frozenset()
WHOLE = frozenset(HalfDay)


class Presence:
    """One person's posts and absences laid over the calendar."""

    def __init__(self, facts: Facts, school: School) -> None:
        self.facts = facts
        self.school = school
        self.ever = NOBODY.union(*(one.roles for one in facts.held))
        self._owed: dict[tuple[SubjectRole | None, Span, CalendarBasis], bool] = {}

    def owes(self, subject: SubjectRole | None, unit: Span, basis: CalendarBasis) -> bool:
        """Whether a countable week or month counts for him in this role; None = in any obliged role."""
        key = (subject, unit, basis)
        if key not in self._owed:
            self._owed[key] = self._owes(subject, unit, basis)
        return self._owed[key]

    def held(self, subject: SubjectRole, span: Span) -> bool:
        """Was he ever this in a period?"""
        return any(subject in one.roles and span.overlaps(one.first, one.last) for one in self.facts.held)

    def roles_on(self, day: date) -> Roles:
        return NOBODY.union(*(one.roles for one in self.facts.held if one.first <= day <= one.last))

    def _owes(self, subject: SubjectRole | None, unit: Span, basis: CalendarBasis) -> bool:
        """Days outside his posts count as absent (rulings §13)."""
        if self._is_plain(subject, unit):
            return True
        days = self.school.workdays(unit, basis)
        if unit.sort is Period.WEEK:
            roles = self._roles_of_week(unit)
            return self._is_among(subject, roles) and self._halves(days, None) >= len(days)
        return self._is_held(subject, unit) and self._halves(days, subject) >= len(days)

    def _is_plain(self, subject: SubjectRole | None, unit: Span) -> bool:
        """In this role from its first to its last day, and never away: nothing to count. So are most."""
        whole = (one.roles for one in self.facts.held if one.first <= unit.first and unit.last <= one.last)
        return any(self._is_among(subject, roles) for roles in whole) and not any(
            unit.overlaps(one.first, one.last) for one in self.facts.away
        )

    def _is_held(self, subject: SubjectRole | None, unit: Span) -> bool:
        if subject is not None:
            return self.held(subject, unit)
        return any(one.roles and unit.overlaps(one.first, one.last) for one in self.facts.held)

    def _is_among(self, subject: SubjectRole | None, roles: Roles) -> bool:
        return bool(roles) if subject is None else subject in roles

    def _roles_of_week(self, week: Span) -> Roles:
        """A week split between roles goes to that of its Thursday; else to the nearest before or after."""
        middle = spans.thursday(week)
        before = [middle - n * DAY for n in range(1, 4)]
        after = [middle + n * DAY for n in range(1, 4)]
        return next((roles for day in [middle, *before, *after] if (roles := self.roles_on(day))), NOBODY)

    def _halves(self, days: tuple[date, ...], subject: SubjectRole | None) -> int:
        """Half days on which he was there, in this role."""
        return sum(2 - self._halves_away(day) for day in days if self._is_among(subject, self.roles_on(day)))

    def _halves_away(self, day: date) -> int:
        away = [{one.half} if one.half else WHOLE for one in self.facts.away if one.first <= day <= one.last]
        return len(frozenset[HalfDay]().union(*away))
