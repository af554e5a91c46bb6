"""I1, I3–I7: questions about when and how contacts were recorded (domain.md §6.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from liaison.core import clock
from liaison.oversight.prompts.catalogue import RULES
from liaison.oversight.prompts.finding.night import Found, Night, Record, Whom
from liaison.oversight.prompts.words import PromptKind
from liaison.programmes.words import HalfDay

K = PromptKind
NOON = 12


@dataclass(slots=True)
class Held:
    """One contact that took place, with those who took part and whether each stands by it."""

    number: str
    held_at: datetime
    filed_at: datetime
    filed_by: int
    is_on_site: bool
    minutes: int
    campus: str
    has_voice: bool
    leaders: dict[int, bool]

    @property
    def asked(self) -> Iterable[int]:
        """Who answers for the record: its filer where he took part himself, else everybody he filed it for."""
        return (self.filed_by,) if self.filed_by in self.leaders else self.leaders

    @property
    def until(self) -> datetime:
        return self.held_at + timedelta(minutes=self.minutes)

    @property
    def delay(self) -> timedelta:
        return self.filed_at - self.held_at


def batches(filed: Sequence[Held]) -> Iterator[Found]:
    """I1. `filed`: what was filed lately."""
    limit = RULES[K.BATCH].limits
    for (_account, person), mine in _by(filed, lambda one: ((one.filed_by, who) for who in one.asked)).items():
        mine.sort(key=lambda one: one.filed_at)
        begin = 0
        while begin < len(mine):
            end = mine[begin].filed_at + timedelta(minutes=limit["minutes"])
            batch = [one for one in mine[begin:] if one.filed_at <= end]
            is_one = len(batch) >= limit["records"] and _days_apart(batch) >= limit["days"]
            if is_one:
                yield _about(K.BATCH, person, batch, batch[-1].filed_at)
            begin += len(batch) if is_one else 1


def overlaps(held: Sequence[Held], absences: Mapping[int, Sequence[Any]], night: Night) -> Iterator[Found]:
    """I3, where the later of two was filed lately. `absences`: by person, rows with from_on, until_on, half."""
    for person, mine in _by([one for one in held if one.is_on_site], lambda one: one.leaders).items():
        mine.sort(key=lambda one: one.held_at)
        away = [[one] for one in mine if any(_is_away(one.held_at, row) for row in absences.get(person, ()))]
        for some in [*away, *_overlapping(mine)]:
            filed_at = max(one.filed_at for one in some)
            if filed_at >= night.since:
                yield _about(K.OVERLAP, person, some, filed_at)


def last_minute(held: Sequence[Held], night: Night) -> Iterator[Found]:
    """I4. `held`: contacts of the term and of the last month."""
    limit = RULES[K.LAST_MINUTE].limits
    late = clock.end_of(night.month.last - timedelta(days=limit["days"]))
    of_month = [one for one in held if clock.moment(night.month.first) <= one.held_at < clock.end_of(night.month.last)]
    for person, mine in _by(of_month, lambda one: one.leaders).items():
        at_the_end = [one for one in mine if one.held_at >= late]
        if len(mine) >= limit["records"] and len(at_the_end) * 100 >= len(mine) * limit["share"]:
            yield _share(K.LAST_MINUTE, person, at_the_end, len(mine), night.month.key)


def quiet(held: Sequence[Held], night: Night) -> Iterator[Found]:
    """I5: the newest ones without a voice, in a row."""
    limit = RULES[K.QUIET].limits["records"]
    for person, mine in _by(_of_term(held, night), lambda one: one.leaders).items():
        newest = sorted(mine, key=lambda one: one.held_at)[-limit:]
        if len(newest) == limit and not any(one.has_voice for one in newest):
            yield _share(K.QUIET, person, newest, limit, night.term.key)


def delay(held: Sequence[Held], night: Night) -> Iterator[Found]:
    """I6."""
    limit = RULES[K.DELAY].limits
    days = timedelta(days=limit["days"])
    for person, mine in _by(_of_term(held, night), lambda one: one.asked).items():
        if len(mine) >= limit["records"] and median(one.delay.total_seconds() for one in mine) > days.total_seconds():
            late = [one for one in mine if one.delay > days]
            yield _share(K.DELAY, person, late, len(mine), night.term.key)


def proxy(held: Sequence[Held], night: Night) -> Iterator[Found]:
    """I7: what others filed for somebody and he has had time to confirm."""
    limit, until = RULES[K.PROXY].limits, clock.moment(night.silent_since)
    recorded = [one for one in _of_term(held, night) if one.filed_at < until]
    others = _by(recorded, lambda one: (who for who in one.leaders if who != one.filed_by))
    for person, mine in others.items():
        waiting = [one for one in mine if not one.leaders[person]]
        if len(mine) >= limit["records"] and len(waiting) * 100 >= len(mine) * limit["share"]:
            yield _share(K.PROXY, person, waiting, len(mine), night.term.key)


def _of_term(held: Iterable[Held], night: Night) -> list[Held]:
    begin = clock.moment(night.term.first)
    return [one for one in held if one.held_at >= begin]


def _by(held: Iterable[Held], whose: Callable[[Held], Iterable[Any]]) -> dict[Any, list[Held]]:
    found: dict[Any, list[Held]] = defaultdict(list)
    for one in held:
        for who in whose(one):
            found[who].append(one)
    return found


def _overlapping(mine: Sequence[Held]) -> Iterator[tuple[Held, Held]]:
    """Neighbours in time at two known campuses, one beginning before the other is over."""
    for n, earlier in enumerate(mine):
        for later in mine[n + 1 :]:
            if later.held_at > earlier.held_at and later.held_at >= earlier.until:
                break
            if earlier.campus and later.campus and earlier.campus != later.campus:
                yield earlier, later


def _is_away(at: datetime, away: Any) -> bool:
    here = clock.local(at)
    if not away.from_on <= here.date() <= away.until_on:
        return False
    return away.half is None or (away.half is HalfDay.MORNING) == (here.hour < NOON)


def _days_apart(batch: Sequence[Held]) -> int:
    days: list[date] = [clock.local(one.held_at).date() for one in batch]
    return (max(days) - min(days)).days


def _about(kind: PromptKind, person: int, records: Sequence[Held], at: datetime) -> Found:
    return Found(kind, Whom(person), _records(records), len(records), len(records), at=at)


def _share(kind: PromptKind, person: int, records: Sequence[Held], whole: int, period: str) -> Found:
    return Found(kind, Whom(person), _records(records), len(records), whole, period)


def _records(held: Iterable[Held]) -> frozenset[Record]:
    return frozenset(Record(one.number) for one in held)
