"""What the rules still ask of one person, in the order of urgency: this week, this month, this term, this year.

Pure values: lines of the engine go in, sections of a page come out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from liaison.core.formats import day_words
from liaison.programmes.reckoning import BY_HAND, Line, Piece
from liaison.programmes.words import ContactKind, Period, QuantityUnit, Status, Strength

TONES = {Status.MET: "told", Status.ATTENTION: "amber", Status.UNMET: "red"}
FOR_A_YEAR = frozenset({Period.HALF_YEAR, Period.ACADEMIC_YEAR, Period.CALENDAR_YEAR})
SHOWN_ONLY = frozenset({Status.ADVOCATED, Status.COUNTED})


@dataclass(frozen=True)
class Duty:
    """One requirement in one period, as a row of the page."""

    line: Line
    amount: str
    status: str
    tone: str = "calm"
    missing: tuple[str, ...] = ()

    @property
    def kind(self) -> ContactKind | None:
        """What to plan or record for it: its first kind in the order of the kinds; none = any."""
        return next((kind for kind in ContactKind if kind in self.line.rule.kinds), None)

    @property
    def is_by_contacts(self) -> bool:
        return self.line.rule.unit not in BY_HAND

    @property
    def is_settled(self) -> bool:
        """Nothing is to be done for it, now or for what is past."""
        return (self.tone == "told" or self.line.required is None) and not self.missing

    @property
    def is_open(self) -> bool:
        """Something may still be done for it."""
        return self.tone != "told" and self.line.required is not None and self.is_by_contacts


@dataclass(frozen=True)
class Section:
    title: Any
    duties: list[Duty] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """The page: what is open, by period; what is settled; what is only shown (倡导, bare counts, R4)."""

    sections: list[Section]
    settled: list[Duty]
    shown: list[Duty]


def asked(lines: Iterable[Line], today: date) -> Asked:
    """Every requirement once, in the shortest period it has: a month's line also tells which months are missing."""
    present = [line for line in lines if today in line.span]
    owed = [line for line in present if line.status(today) not in SHOWN_ONLY]
    terms = {line.codes: line for line in owed if line.span.sort is Period.TERM}
    months = [line for line in owed if line.span.sort is line.rule.period is Period.MONTH]
    rest = [line for line in owed if line.span.sort is not Period.MONTH and line.rule.period is not Period.MONTH]
    weeks = [week for line in owed if (week := _this_week(line, today)) is not None]
    found = [
        (_l("本月"), [_with_months(duty(line, today), terms.get(line.codes), today) for line in months]),
        (_l("本学期"), [duty(line, today) for line in rest if line.span.sort is Period.TERM]),
        (_l("本年与联系点"), [duty(line, today) for line in rest if line.span.sort in FOR_A_YEAR]),
    ]
    each = [Section(_l("本周"), _once(weeks)), *(Section(title, _once(rows)) for title, rows in found)]
    settled = [row for section in each[1:] for row in section.duties if row.is_settled]
    open_ones = [each[0], *(Section(one.title, [row for row in one.duties if not row.is_settled]) for one in each[1:])]
    shown = [duty(line, today) for line in present if line.status(today) in SHOWN_ONLY and not _is_part(line)]
    return Asked([section for section in open_ones if section.duties], settled, shown)


def _once(rows: Iterable[Duty]) -> list[Duty]:
    """Two programmes that ask the same are one row: one contact serves both (domain.md §3.3 FJ21-7-F2F)."""
    found: dict[Any, Duty] = {}
    for row in rows:
        rule = row.line.rule
        same = (rule.kinds, rule.period, rule.minimum, rule.channel, rule.scope, rule.strength, row.amount)
        found.setdefault(same if rule.kinds else rule.code, row)
    return list(found.values())


def _with_months(row: Duty, term: Line | None, today: date) -> Duty:
    if term is None:
        return row
    return replace(row, missing=tuple(piece_words(piece) for piece in term.missed(today)))


def duty(line: Line, today: date) -> Duty:
    """A line as a row."""
    status = line.status(today)
    missing = tuple(piece_words(piece) for piece in line.missed(today))
    return Duty(line, amount_words(line), status_words(line, status), TONES.get(status, "calm"), missing)


def _this_week(line: Line, today: date) -> Duty | None:
    """The present week of a weekly line: 已完成, or until when."""
    if line.rule.period is not Period.WEEK or line.span.sort is not Period.TERM:
        return None
    piece = next((one for one in line.pieces if today in one.span), None)
    if piece is None:
        return None
    amount = f"{piece.done} {_('次')}"
    if not piece.needed:
        return Duty(line, "–", _(Status.EXEMPT.label))
    if piece.is_met:
        return Duty(line, amount, _("本周已完成"), "told")
    return Duty(line, amount, _("%(day)s前", day=day_words(piece.span.last, weekday=True)), "calm")


def amount_words(line: Line) -> str:
    """2 / 3 次 · 15 / 17 周 · 30%–50% · 免计."""
    if line.band is not None:
        return _("本人申报 %(band)s", band=_(line.band.label))
    if line.required is None:
        return _(Status.EXEMPT.label)
    if line.is_in_pieces:
        unit = _("周") if line.rule.period is Period.WEEK else _("个月")
    else:
        unit = _("次") if line.rule.unit is QuantityUnit.SHARE else _(line.rule.unit.label)
    if not line.required:
        return f"{line.done} {unit}"
    return f"{line.done} / {line.required} {unit}"


def status_words(line: Line, status: Status) -> str:
    """原则上 that is not met reads otherwise than 应 (domain.md §1.3)."""
    if status is Status.UNMET and line.rule.strength is Strength.IN_PRINCIPLE:
        return _("未完成（原则性要求）")
    if status is Status.ADVOCATED:
        return _("倡导，不考核")
    return _(status.label)


def piece_words(piece: Piece) -> str:
    """第4周 · 10月."""
    if piece.span.sort is Period.MONTH:
        return _("%(month)s月", month=piece.span.first.month)
    if piece.span.number:
        return _("第%(n)s周", n=piece.span.number)
    return _("%(day)s那周", day=day_words(piece.span.first))


def _is_part(line: Line) -> bool:
    """A month of what also stands in the term's line."""
    return line.span.sort is Period.MONTH
