"""A line as a row, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from liaison.programmes.derived import Credit, Progress
from liaison.programmes.reckoning import Credit as Credited
from liaison.programmes.reckoning import Line, Piece, Rule, Rulebook, Span, spans
from liaison.programmes.words import Period


def row_of(person_id: int, line: Line) -> dict[str, Any]:
    """The columns of `Progress`."""
    return {
        "person_id": person_id,
        "requirement_id": line.rule.id,
        "code": line.rule.code,
        "codes": list(line.codes),
        "programme": line.programme,
        "period": line.span.sort,
        "period_key": line.span.key,
        "first_on": line.span.first,
        "last_on": line.span.last,
        "due_on": line.due_on,
        "required": line.required,
        "done": line.done,
        "waiting": len(line.waiting),
        "pieces": [_folded(piece) for piece in line.pieces],
        "voluntary": list(line.voluntary),
        "short": list(line.short),
        "band": line.band,
    }


def credit_rows(person_id: int, lines: list[Line]) -> list[dict[str, Any]]:
    """The columns of `Credit`, each once: a week's credit stands in the line of its month and of its term."""
    found = {(one.contact_id, one.rule.id): one for line in lines for one in line.credits}
    return [
        {
            "contact_id": one.contact_id,
            "person_id": person_id,
            "requirement_id": one.rule.id,
            "period_key": one.period_key,
            "quantity": one.quantity,
            "is_confirmed": one.is_confirmed,
        }
        for one in found.values()
    ]


def line_of(row: Progress, book: Rulebook, credits_of: list[Credit], name: str = "") -> Line:
    """The line again, as `judge` made it; `credits_of` its person, of whom it takes its own."""
    rule = book.rule(row.requirement_id)
    span = Span(row.period, row.period_key, row.first_on, row.last_on, name=name)
    pieces = tuple(_unfolded(piece, rule.period) for piece in row.pieces)
    keys = {row.period_key, *(piece.span.key for piece in pieces)}
    ruled = [(one, book.rule(one.requirement_id)) for one in credits_of if one.period_key in keys]
    credited = tuple(_credited(one, of) for one, of in ruled if of.code in row.codes)
    return Line(
        row.programme,
        tuple(row.codes),
        rule,
        span,
        row.required,
        row.done,
        row.due_on,
        pieces,
        credited,
        tuple(row.voluntary),
        tuple(row.short),
        row.band,
    )


def _credited(row: Credit, rule: Rule) -> Credited:
    return Credited(row.contact_id, rule, row.period_key, row.quantity, row.is_confirmed)


def _folded(piece: Piece) -> list[Any]:
    return [piece.span.first.isoformat(), piece.span.number, piece.needed, piece.done, piece.due_on.isoformat()]


def _unfolded(folded: list[Any], period: Period) -> Piece:
    first, number, needed, done, due_on = folded
    day = date.fromisoformat(first)
    span = spans.week(day, number) if period is Period.WEEK else spans.month(day)
    return Piece(span, needed, done, date.fromisoformat(due_on))
