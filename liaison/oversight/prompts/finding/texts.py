"""I2 and I9: summaries and answers that read alike (domain.md §6.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from liaison.oversight.prompts.catalogue import RULES
from liaison.oversight.prompts.finding.contacts import Held
from liaison.oversight.prompts.finding.likeness import alike
from liaison.oversight.prompts.finding.night import Found, Night, Record, Whom
from liaison.oversight.prompts.words import PromptKind

K = PromptKind


@dataclass(frozen=True)
class Written:
    """The summary of a contact."""

    text: str
    of: Held


def sameness(written: Sequence[Written], night: Night) -> Iterator[Found]:
    """I2: whoever filed the later of two is asked; the earlier may be his own or another's."""
    limit = RULES[K.SAMENESS].limits
    in_order = sorted(written, key=lambda one: (one.of.filed_at, one.of.number))
    for m, n in alike([one.text for one in in_order], limit["alike"]):
        earlier, later = in_order[m].of, in_order[n].of
        if later.filed_at < night.since:
            continue
        records = frozenset({Record(earlier.number), Record(later.number)})
        for person in later.asked:
            days = limit["own_days"] if person in earlier.leaders else limit["others_days"]
            if later.filed_at - earlier.filed_at <= timedelta(days=days):
                yield Found(K.SAMENESS, Whom(person), records, 2, 2, at=later.filed_at)


def template(handled: Sequence[Any]) -> Iterator[Found]:
    """I9: an answer with so many others of the unit like it. Rows: number, episode, unit_id, text, handled_at."""
    limit = RULES[K.TEMPLATE].limits
    by_unit: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in handled:
        by_unit[row.unit_id][row.text].append(row)  # the very same words are compared once
    for unit, by_text in by_unit.items():
        texts = list(by_text)
        like: dict[int, set[int]] = {n: {n} for n in range(len(texts))}
        for m, n in alike(texts, limit["alike"]):
            like[m].add(n)
            like[n].add(m)
        for group in like.values():
            rows = [row for n in group for row in by_text[texts[n]]]
            if len(rows) >= limit["tickets"]:
                records = frozenset(Record(row.number, row.episode) for row in rows)
                at = max(row.handled_at for row in rows)
                yield Found(K.TEMPLATE, Whom(unit_id=unit), records, len(rows), len(rows), at=at)
