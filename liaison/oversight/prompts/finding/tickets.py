"""I8, I10, I12, I13, I17, I19: questions about single tickets, each with its list (domain.md §6.2).

Rows carry `number`, `episode` and `unit_id`, the lead unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from liaison.oversight.prompts.catalogue import RULES
from liaison.oversight.prompts.finding.night import Found, Night, Record, Whom
from liaison.oversight.prompts.words import PromptKind
from workflows.ticket_words import LimitClass

K = PromptKind


def on_spot(filers: Iterable[Any], doubted: Mapping[int, Sequence[Any]], night: Night) -> Iterator[Found]:
    """I8. `filers`: person_id, voices, on_spot of the term; `doubted`: by person, what a check found otherwise."""
    limit = RULES[K.ON_SPOT].limits
    for row in filers:
        wrong = doubted.get(row.person_id, ())
        is_much = row.voices >= limit["voices"] and row.on_spot * 100 >= row.voices * limit["share"]
        if is_much and len(wrong) >= limit["checks"]:
            yield Found(K.ON_SPOT, Whom(row.person_id), _records(wrong), len(wrong), row.voices, night.term.key)


def haste(handled: Iterable[Any], noted: set[int]) -> Iterator[Found]:
    """I10. Rows also: id, text, limit_class, signed_at, handled_at. `noted`: tickets with a note of progress."""
    limit = RULES[K.HASTE].limits
    for row in handled:
        if row.signed_at is None or row.limit_class is LimitClass.SIMPLE:
            continue
        is_short = len(row.text.strip()) < limit["length"] or row.id not in noted
        if row.handled_at - row.signed_at < timedelta(minutes=limit["minutes"]) and is_short:
            yield _one(K.HASTE, Whom(unit_id=row.unit_id), row, row.handled_at)


def mismatch(checked: Iterable[Any]) -> Iterator[Found]:
    """I12. Rows of checks that found it otherwise, also: at, answered_by (who answered on the spot)."""
    for row in checked:
        whom = Whom(unit_id=row.unit_id) if row.unit_id else Whom(row.answered_by)
        if whom != Whom():
            yield _one(K.MISMATCH, whom, row, row.at)


def recurrence(confirmed: Iterable[Any]) -> Iterator[Found]:
    """I13. Rows of the earlier ticket, also: handled_at, raised_at of the later one, at of the confirmation."""
    days = timedelta(days=RULES[K.RECURRENCE].limits["days"])
    for row in confirmed:
        if row.unit_id and row.handled_at <= row.raised_at <= row.handled_at + days:
            yield _one(K.RECURRENCE, Whom(unit_id=row.unit_id), row, row.at)


def quick_reopen(reopened: Iterable[Any], night: Night) -> Iterator[Found]:
    """I17. Rows of tickets closed in the month, also: closed_at, reopened_at."""
    limit = RULES[K.QUICK_REOPEN].limits
    days = timedelta(days=limit["days"])
    soon = {(row.number, row.unit_id): row for row in reopened if row.reopened_at - row.closed_at <= days}
    yield from _several(K.QUICK_REOPEN, soon.values(), limit["tickets"], night)


def pauses(waited: Iterable[Any], night: Night) -> Iterator[Found]:
    """I19. Rows of tickets handled in the month, also: paused and held, both timedelta."""
    longer = [row for row in waited if row.paused > row.held]
    yield from _several(K.PAUSES, longer, RULES[K.PAUSES].limits["tickets"], night)


def _several(kind: PromptKind, rows: Iterable[Any], least: int, night: Night) -> Iterator[Found]:
    by_unit: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.unit_id:
            by_unit[row.unit_id].append(row)
    for unit, some in by_unit.items():
        if len(some) >= least:
            yield Found(kind, Whom(unit_id=unit), _records(some), len(some), len(some), night.month.key)


def _one(kind: PromptKind, whom: Whom, row: Any, at: Any) -> Found:
    return Found(kind, whom, _records([row]), 1, 1, at=at)


def _records(rows: Iterable[Any]) -> frozenset[Record]:
    return frozenset(Record(row.number, row.episode) for row in rows)
