"""What `judge` says: one requirement in one period, and what is behind the number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from liaison.programmes.reckoning.rules import Rule
from liaison.programmes.reckoning.spans import Span
from liaison.programmes.words import Status, Strength, TimeBand

Ids = tuple[int, ...]
SHOWN_ONLY = frozenset({Strength.ADVOCATED, Strength.CONDITIONAL})  # never unmet (R4)


@dataclass(frozen=True, slots=True)
class Credit:
    """计入: so much of one contact, in the smallest period it belongs to."""

    contact_id: int
    rule: Rule
    period_key: str
    quantity: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One week of a weekly line, one month of a monthly one. `needed` = 0: nothing was owed in it (免计)."""

    span: Span
    needed: int
    done: int
    due_on: date

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed > 0

    @property
    def is_open(self) -> bool:
        return self.done < self.needed

    def is_missed(self, today: date) -> bool:
        return self.is_open and today > self.due_on

    def presses(self, today: date) -> bool:
        """Gone, or only the last quarter of its days is left."""
        return self.is_open and (today > self.due_on or self.span.is_in_last_quarter(today))


@dataclass(frozen=True)
class Line:
    """`codes` are those of a combined line; `rule` is the one that holds last. `required` None prints 免计."""

    programme: str
    codes: tuple[str, ...]
    rule: Rule
    span: Span
    required: int | None
    done: int
    due_on: date
    pieces: tuple[Piece, ...] = ()
    credits: tuple[Credit, ...] = ()
    voluntary: Ids = ()
    short: Ids = ()
    band: TimeBand | None = None  # 本人申报, where the line asks for a share of time

    @property
    def is_in_pieces(self) -> bool:
        """`required` and `done` count weeks or months, not contacts: 15 of 17 weeks, 4 of 5 months."""
        return self.rule.is_repeated and self.rule.period is not self.span.sort

    @property
    def credited(self) -> Ids:
        return tuple(dict.fromkeys(one.contact_id for one in self.credits if one.is_confirmed))

    @property
    def waiting(self) -> Ids:
        """待确认: outside every figure until the person says yes."""
        return tuple(dict.fromkeys(one.contact_id for one in self.credits if not one.is_confirmed))

    @property
    def open(self) -> tuple[Piece, ...]:
        """The weeks or months still without what they ask for, past and to come."""
        return tuple(piece for piece in self.pieces if piece.is_open)

    def missed(self, today: date) -> tuple[Piece, ...]:
        """Those that are over."""
        return tuple(piece for piece in self.pieces if piece.is_missed(today))

    def status(self, today: date) -> Status:
        if self.required is None:
            return Status.EXEMPT
        if self.rule.strength in SHOWN_ONLY:
            return Status.ADVOCATED
        if not self.required:
            return Status.COUNTED
        if self.done >= self.required:
            return Status.MET
        if today > self.due_on:
            return Status.UNMET
        return Status.ATTENTION if self._presses(today) else Status.UNDER_WAY

    def _presses(self, today: date) -> bool:
        """It cannot be met unless done within the last quarter of the period (domain.md §3.9)."""
        if self.pieces:
            return any(piece.presses(today) for piece in self.pieces)
        return self.span.is_in_last_quarter(today)


def times_credited(lines: Iterable[Line]) -> Counter[int]:
    """Contact → to how many requirements it counts: 1次活动计入4项."""
    pairs = {(one.contact_id, one.rule.code) for line in lines for one in line.credits if one.is_confirmed}
    return Counter(contact_id for contact_id, _code in pairs)
