"""From facts to lines: every requirement that was ever this person's, in every period of an academic year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from liaison.programmes.reckoning.facts import Facts, Meeting
from liaison.programmes.reckoning.fitting import Fitting
from liaison.programmes.reckoning.lines import Credit, Line, Piece
from liaison.programmes.reckoning.makeup import MakingUp
from liaison.programmes.reckoning.presence import Presence
from liaison.programmes.reckoning.rules import REPORTED, Rule, Rulebook
from liaison.programmes.reckoning.school import School
from liaison.programmes.reckoning.spans import DAY, Span
from liaison.programmes.reckoning.tallies import Tally, tally
from liaison.programmes.words import PerEach, Period, QuantityUnit, TargetScope

SHARE = Fraction(1, 4)  # of a period; below it a person owes nothing in it
MADE_UP = frozenset({QuantityUnit.WEEKS, QuantityUnit.TIMES})  # where one contact is as good as another
BY_HAND = frozenset({QuantityUnit.LINK, QuantityUnit.PLAN, QuantityUnit.FORM, QuantityUnit.SHARE})  # not by contacts


def judge(facts: Facts, school: School, book: Rulebook, year: str, today: date) -> list[Line]:
    """The lines of one person for every period that touches the academic year, in the order of rules and time."""
    judge = Judge(facts, school, book, today)
    asked = [(*group, span) for group in book.groups if judge.may_owe(*group) for span in school.spans(year)]
    return [line for one in asked if one[2].sort in book.sorts(*one[:2]) and (line := judge.line(*one))]


@dataclass(frozen=True)
class _Counted:
    """One week or month with what was counted in it."""

    piece: Piece
    rule: Rule
    credits: tuple[Credit, ...]
    short: tuple[int, ...]


class Judge:
    """One person's facts laid out once, asked group by group and period by period."""

    def __init__(self, facts: Facts, school: School, book: Rulebook, today: date) -> None:
        self.facts, self.school, self.book, self.today = facts, school, book, today
        self.presence = Presence(facts, school)
        self.fitting = Fitting(facts, school, book)
        self.making_up = MakingUp(school, self.presence, self.fitting)
        self.is_all_confirmed = all(one.is_confirmed for one in facts.meetings)
        self._counted: dict[tuple[tuple[str, ...], Span], _Counted | None] = {}

    def may_owe(self, programme: str, codes: tuple[str, ...]) -> bool:
        """Was he ever what one of these rules asks for? Most people are nothing to most rules."""
        return not self.presence.ever.isdisjoint(rule.subject for rule in self.book.all(programme, codes))

    def line(self, programme: str, codes: tuple[str, ...], span: Span) -> Line | None:
        """The line of rules that print together, in a period; None where there is none."""
        rules = self.book.governing(programme, codes, span.first)
        if any(rule.period is span.sort and not rule.is_repeated for rule in rules):
            return self._single(programme, codes, [rule for rule in rules if rule.period is span.sort], span)
        if span.sort is Period.ACADEMIC_YEAR and any(rule.period is Period.NONE for rule in rules):
            return self._standing(programme, codes, [rule for rule in rules if rule.period is Period.NONE], span)
        return self._repeated(programme, codes, span) if span.sort in REPORTED else None

    # --- owed in each week or month ---------------------------------------------------------------

    def _repeated(self, programme: str, codes: tuple[str, ...], span: Span) -> Line | None:
        counted = list(self._pieces(programme, codes, span))
        if not counted or not any(self.presence.held(one.rule.subject, span) for one in counted):
            return None
        pieces = [one.piece for one in counted]
        rule = counted[-1].rule
        needed = [piece for piece in pieces if piece.needed]
        if rule.period is span.sort:
            required, done = sum(piece.needed for piece in needed), sum(piece.done for piece in needed)
        else:
            required, done = len(needed), sum(piece.is_met for piece in needed)
        credited = tuple(credit for one in counted for credit in one.credits)
        voluntary = self._voluntary([one.rule for one in counted], span, credited, counted)
        return Line(
            programme,
            codes,
            rule,
            span,
            required or None,
            done,
            max(piece.due_on for piece in pieces),
            tuple(pieces),
            credited,
            voluntary,
            tuple(short for one in counted for short in one.short),
        )

    def _pieces(self, programme: str, codes: tuple[str, ...], span: Span) -> Iterator[_Counted]:
        for rule in self.book.rhythms(programme, codes):
            for unit in self.school.units(span, rule.period, rule.basis):
                key = (codes, unit)
                if key not in self._counted:
                    self._counted[key] = self._count(programme, codes, unit)
                if (one := self._counted[key]) is not None:
                    yield one

    def _count(self, programme: str, codes: tuple[str, ...], unit: Span) -> _Counted | None:
        rules = [one for one in self.book.governing(programme, codes, unit.first) if one.period is unit.sort]
        if not rules:
            return None
        owed = [rule for rule in rules if self.presence.owes(rule.subject, unit, rule.basis)]
        rule = (owed or rules)[-1]
        tallied = self._tally_of_unit(rule, rules, unit) if owed else Tally()
        done = tallied.done if rule.unit not in BY_HAND else int(unit.key in self.facts.forms)
        needed = rule.minimum if owed else 0
        credited = self._credits(rule, rules, unit, tallied) if owed else ()
        short = tuple(one.id for one in tallied.short)
        due_on = self._due_on(rule, unit) + rule.makeup_days * DAY
        return _Counted(Piece(unit, needed, done, due_on), rule, credited, short)

    def _voluntary(
        self, rules: list[Rule], span: Span, credited: tuple[Credit, ...], counted: list[_Counted]
    ) -> tuple[int, ...]:
        """What fits, but in a week or month in which nothing was owed."""
        used = {one.contact_id for one in credited}
        owed = [one.piece.span for one in counted if one.piece.needed]
        fitting = self.fitting.meetings(list(dict.fromkeys(rules)), span.first, span.last)
        return tuple(one.id for one in fitting if one.id not in used and not any(one.on in unit for unit in owed))

    # --- owed once in a period --------------------------------------------------------------------

    def _single(self, programme: str, codes: tuple[str, ...], rules: list[Rule], span: Span) -> Line | None:
        held = [rule for rule in rules if self.presence.held(rule.subject, span)]
        if not held or not any(self.school.parts(span, rule.basis) for rule in held):
            return None
        required = self._required(rules, span)
        rule = held[-1]
        tallied = self._tally(rule, rules, span)
        credited = self._credits(rule, rules, span, tallied) if required is not None else ()
        done = tallied.done if rule.unit not in BY_HAND else self._declared(rule, span)
        voluntary = () if required is not None else tuple(one.id for one, _quantity in tallied.counted)
        short = tuple(one.id for one in tallied.short)
        band = self.facts.bands.get(span.key) if rule.unit is QuantityUnit.SHARE else None
        due_on = self._due_on(rule, span)
        return Line(programme, codes, rule, span, required, done, due_on, (), credited, voluntary, short, band)

    def _required(self, rules: list[Rule], span: Span) -> int | None:
        """Minimum times the share of countable weeks, added over the roles before rounding; None = 免计."""
        if self._share(rules[0], None, span) < SHARE:
            return None
        if any(rule.unit is QuantityUnit.SHARE for rule in rules):
            return 1  # one declaration; the share itself is his own word (§3.8)
        rounded = floor(sum((self._part(rule, span) for rule in rules), Fraction(1, 2)))
        if not rounded and any(rule.minimum for rule in rules):
            return None
        return rounded * self._targets(rules[0], span) if rounded else 0

    def _part(self, rule: Rule, span: Span) -> Fraction:
        share = self._share(rule, rule.subject, span)
        return rule.minimum * (share if rule.is_prorated or not share else Fraction(1))

    def _share(self, rule: Rule, subject: object, span: Span) -> Fraction:
        parts = self.school.parts(span, rule.basis)
        mine = [one for one in parts if self.presence.owes(subject, one, rule.basis)]  # type: ignore[arg-type]
        return Fraction(len(mine), len(parts)) if parts else Fraction(0)

    def _targets(self, rule: Rule, span: Span) -> int:
        if rule.per_each is PerEach.COURSE:
            return len(self.school.courses(span))
        if rule.per_each is PerEach.COUNTERPART or rule.scope is TargetScope.EACH_LINKED:
            ties = self.fitting.ties(rule)
            return len({tie.target_id for tie in ties if span.overlaps(tie.first, tie.last)})
        return 1

    def _declared(self, rule: Rule, span: Span) -> int:
        if rule.unit is QuantityUnit.SHARE:
            return int(span.key in self.facts.bands)
        return int(span.key in self.facts.plans)

    # --- what simply holds, or is only counted ----------------------------------------------------

    def _standing(self, programme: str, codes: tuple[str, ...], rules: list[Rule], span: Span) -> Line | None:
        """Links, as they stand on the day; what has no period is counted over the academic year."""
        on = min(max(self.today, span.first), span.last)
        held = [rule for rule in rules if rule.subject in self.presence.roles_on(on)]
        if not held:
            return None
        rule = held[-1]
        if rule.unit is QuantityUnit.LINK:
            done = len({(tie.sort, tie.target_id) for tie in self.fitting.ties(rule) if tie.holds(on)})
            return Line(programme, codes, rule, span, rule.minimum, done, span.last)
        tallied = self._tally(rule, rules, span)
        credited = self._credits(rule, rules, span, tallied)
        return Line(programme, codes, rule, span, rule.minimum, tallied.done, span.last, (), credited)

    # --- counting ---------------------------------------------------------------------------------

    def _tally_of_unit(self, rule: Rule, rules: list[Rule], unit: Span) -> Tally:
        if rule.makeup_days and rule.unit in MADE_UP:
            return self._of(rule, self.making_up.meetings(rule, rules, unit), unit)
        return self._tally(rule, rules, unit)

    def _tally(self, rule: Rule, rules: list[Rule], span: Span) -> Tally:
        if rule.unit in BY_HAND:
            return Tally()
        return self._of(rule, [one for one in self._among(rules, span) if one.is_confirmed], span)

    def _credits(self, rule: Rule, rules: list[Rule], span: Span, tallied: Tally) -> tuple[Credit, ...]:
        sure = [Credit(one.id, rule, span.key, quantity, True) for one, quantity in tallied.counted]
        return (*sure, *self._waiting(rule, rules, span))

    def _waiting(self, rule: Rule, rules: list[Rule], span: Span) -> Iterable[Credit]:
        """What would count once it is confirmed."""
        if rule.unit in BY_HAND or self.is_all_confirmed:
            return []
        unsure = self._of(rule, [one for one in self._among(rules, span) if not one.is_confirmed], span)
        return [Credit(one.id, rule, span.key, quantity, False) for one, quantity in unsure.counted]

    def _of(self, rule: Rule, meetings: list[Meeting], span: Span) -> Tally:
        return tally(rule, meetings, self.fitting.ties(rule), self.school.courses(span))

    def _among(self, rules: list[Rule], span: Span) -> list[Meeting]:
        return self.fitting.meetings(rules, span.first, span.last)

    def _due_on(self, rule: Rule, span: Span) -> date:
        """A monthly form is written when the month is over."""
        return span.last + self.school.lock_day * DAY if rule.unit is QuantityUnit.FORM else span.last
