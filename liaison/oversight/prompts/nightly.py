"""Once a night: what was found becomes questions, what was corrected is forgotten, what is over goes (domain.md §6.3).

Reading keeps nobody from writing; what follows is one short transaction. May run late, twice, or not for a week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from liaison.calendars.working_days import add_working_days
from liaison.core import clock, leases
from liaison.core.db import db, read_only
from liaison.oversight.prompts import keeping, searching
from liaison.oversight.prompts.catalogue import RULES
from liaison.oversight.prompts.finding.night import FRESH, LOOK_BACK, Found, Night, Record, Whom
from liaison.oversight.prompts.keeping import Kept
from liaison.oversight.prompts.words import PromptKind

NAME = "prompts"
HOUR = 1  # not before one o'clock: the day before is over
ALONE = 5  # working days in which only those who are asked see it
Asked = dict[tuple[PromptKind, Whom], list[Kept]]


def ask_tonight() -> int:
    """Once a day, at its first minute after HOUR; returns how many questions were put. Commits."""
    if clock.local(clock.now()).hour < HOUR or not leases.take(NAME, clock.end_of(clock.today())):
        return 0
    db.session.commit()  # a night that fails is told, and the next one finds what it missed
    return ask()


def ask() -> int:
    """Search, then write. Commits."""
    night, findings = _read()
    kept = keeping.all_kept()
    corrected = [one for one in kept if is_corrected(one, findings.found, night)]
    keeping.forget(corrected)
    keeping.let_go([one for one in kept if _is_over(one, night)])
    keeping.count(night.term.key, findings.could)
    keeping.forget_marks(night.since)
    gone = {one.id for one in corrected}
    new = list(_new(findings.found, [one for one in kept if one.id not in gone], night))
    for one in new:
        keeping.put(one, night.term.key, _alone_until(one, night))
    db.session.commit()
    return len(new)


def is_corrected(one: Kept, found: Iterable[Found], night: Night) -> bool:
    """Asked lately, still alone with it, and what was found is not found any more."""
    if one.private_until <= clock.now() or not _is_looked_at(one, night):
        return False
    same = [f for f in found if (f.kind, f.whom, f.period) == (one.kind, one.whom, one.period)]
    return not (same if one.period else [f for f in same if f.records & one.records])


def _read() -> tuple[Night, searching.Findings]:
    """In a transaction of its own, which only reads."""
    read_only(True)
    try:
        night = searching.night_of(clock.today())
        return night, searching.search(night)
    finally:
        db.session.rollback()
        read_only(False)


def _new(found: Iterable[Found], kept: Iterable[Kept], night: Night) -> Iterable[Found]:
    """What was not asked yet: once for each period; about records once, and not again within the fresh days."""
    asked: Asked = defaultdict(list)
    for one in kept:
        asked[one.kind, one.whom].append(one)
    lists: dict[tuple[PromptKind, Whom], list[Found]] = defaultdict(list)
    for finding in found:
        before = asked[finding.kind, finding.whom]
        if not finding.period:
            lists[finding.kind, finding.whom].append(finding)
        elif finding.period not in {one.period for one in before}:
            yield finding
    for subject, findings in lists.items():
        yield from _of_records(findings, asked[subject], night)


def _of_records(findings: list[Found], before: list[Kept], night: Night) -> Iterable[Found]:
    """One list of all that is fresh and holds something new."""
    if any(one.asked_at > clock.now() - FRESH for one in before):
        return
    known = {record for one in before for record in one.records}
    new = [one for one in findings if one.at and one.at >= night.fresh_since and not one.records <= known]
    if new:
        yield joined(new)


def joined(some: Sequence[Found]) -> Found:
    """One question of several findings: all their records, and the number that its sentence may say of them."""
    kind, whom = some[0].kind, some[0].whom
    records, rule = frozenset[Record]().union(*(one.records for one in some)), RULES[kind]
    part = rule.joined(one.part for one in some) if rule.joined else len(records)
    return Found(kind, whom, records, part, part, at=max(one.at for one in some if one.at))


def _is_looked_at(one: Kept, night: Night) -> bool:
    if one.period:
        return one.period in {night.month.key, night.term.key}
    return one.asked_at > clock.now() - (LOOK_BACK - FRESH)


def _is_over(one: Kept, night: Night) -> bool:
    """Concluded, and its term is over; not so soon that it would be found again."""
    return one.is_concluded and one.term != night.term.key and one.asked_at < clock.now() - LOOK_BACK


def _alone_until(one: Found, night: Night) -> datetime:
    if RULES[one.kind].goes_straight:
        return clock.now()
    return clock.end_of(add_working_days(night.day, ALONE))
