"""I11, I14–I16, I18: questions about a share or a number, of a unit or of the office (domain.md §6.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from liaison.core import clock
from liaison.oversight.prompts.catalogue import RULES
from liaison.oversight.prompts.finding.night import Found, Night, Record, Whom
from liaison.oversight.prompts.words import PromptKind

K = PromptKind
Counts = Mapping[int, tuple[int, int]]  # by unit: so many explained, of so many handled


def explained(present: Counts, before: Counts, night: Night) -> Iterator[Found]:
    """I14. A unit that handled nothing last term has nothing to be compared with."""
    limit = RULES[K.EXPLAINED].limits
    for unit, (part, whole) in present.items():
        last_part, last_whole = before.get(unit, (0, 0))
        if whole < limit["tickets"] or not last_whole or part * 100 < whole * limit["share"]:
            continue
        if (part * last_whole - last_part * whole) * 100 >= limit["points"] * whole * last_whole:
            yield Found(K.EXPLAINED, Whom(unit_id=unit), frozenset(), part, whole, night.term.key)


def extensions(asked: Iterable[Any], night: Night) -> Iterator[Found]:
    """I15. Rows: number, episode, unit_id, asked_at, due_at as it stood when it was asked."""
    limit = RULES[K.EXTENSIONS].limits
    for unit, rows in _by_unit(asked).items():
        last_day = [row for row in rows if clock.local(row.asked_at).date() == clock.day_ending_at(row.due_at)]
        if len(rows) >= limit["requests"] and len(last_day) * 100 >= len(rows) * limit["share"]:
            yield _share(K.EXTENSIONS, unit, last_day, len(rows), night.term.key)


def bunching(handled: Iterable[Any], night: Night) -> Iterator[Found]:
    """I16. Rows of tickets handled in the month: number, episode, unit_id, handled_at, due_at."""
    limit = RULES[K.BUNCHING].limits
    hours = timedelta(hours=limit["hours"])
    for unit, rows in _by_unit(handled).items():
        late = [row for row in rows if row.due_at is not None and row.due_at - hours <= row.handled_at <= row.due_at]
        if len(rows) >= limit["tickets"] and len(late) * 100 >= len(rows) * limit["share"]:
            yield _share(K.BUNCHING, unit, late, len(rows), night.month.key)


def exclusions(months: Sequence[tuple[int, int]], night: Night) -> Iterator[Found]:
    """I18. `months`: excluded and all of the last month, then of those before it; a month without any says nothing."""
    limit = RULES[K.EXCLUSIONS].limits
    (part, whole), before = months[0], [100 * some / every for some, every in months[1:] if every]
    share = 100 * part / whole if whole else 0
    if share > limit["share"] and before and share - sum(before) / len(before) >= limit["points"]:
        yield Found(K.EXCLUSIONS, Whom(), frozenset(), part, whole, night.month.key)


def ratings(marks: Iterable[Any]) -> Iterator[Found]:
    """I11. Rows: unit_id, count, at. Which rating it was is not kept, so there is no list."""
    for row in marks:
        about = frozenset({Record(f"{clock.local(row.at):%Y-%m-%d %H:00}")})
        yield Found(K.RATINGS, Whom(unit_id=row.unit_id), about, row.count, row.count, at=row.at)


def _by_unit(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.unit_id:
            found[row.unit_id].append(row)
    return found


def _share(kind: PromptKind, unit: int, rows: Sequence[Any], whole: int, period: str) -> Found:
    records = frozenset(Record(row.number, row.episode) for row in rows)
    return Found(kind, Whom(unit_id=unit), records, len(rows), whole, period)
