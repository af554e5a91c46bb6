"""Progress of everybody: what no longer holds is made anew by the tick, all of it by hand. A few people in each
transaction, so that nobody who files a contact waits."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from liaison.contacts.actions.crediting import renew
from liaison.contacts.models import Contact
from liaison.contacts.queries.present import queue
from liaison.core import clock
from liaison.core.db import db, reading
from liaison.programmes.actions import progress
from liaison.programmes.in_force import Known, known
from liaison.programmes.queries import people
from liaison.programmes.queries.progress import stale

ASKED, RENEWED = 200, 10  # people at a time: what is only read keeps nobody waiting, what is written does


def count_new() -> int:
    """Whoever took part in a contact that waits to be counted, each in the year of the contact."""
    kept = known()
    with reading():
        due = {(kept.school.academic_year(day), person_id) for person_id, day in queue()}
    years = {year: sorted(one for of, one in due if of == year) for year in {year for year, _person_id in due}}
    return sum(_renew(ids, year) for year, ids in sorted(years.items()))


def renew_stale() -> int:
    """Whoever's stored lines no longer hold, in the present and the last academic year, for whatever reason."""
    return count_new() + sum(_renew(_stale(year), year) for year in recent(known()))


def recompute() -> int:
    """Everything from nothing, for every academic year since the first contact."""
    kept = known()
    progress.forget()
    db.session.commit()
    ids = people.obliged_ids()
    for year in _years(kept):
        _renew(ids, year)
    return len(ids)


def _stale(year: str) -> list[int]:
    with reading():
        return [one for some in _chunks(people.obliged_ids(), ASKED) for one in stale(some, year)[0]]


def _renew(ids: list[int], year: str) -> int:
    for some in _chunks(ids, RENEWED):
        renew(some, year)
        db.session.commit()
    return len(ids)


def recent(kept: Known) -> list[str]:
    """The last and the present academic year: what is still watched."""
    this = kept.school.academic_year(clock.today())
    autumn = int(this[:4])
    return [f"{autumn - 1}-{autumn}", this]


def _years(kept: Known) -> list[str]:
    """From the first contact to today, the last academic year always among them."""
    first = db.session.scalar(select(Contact.held_at).order_by(Contact.held_at).limit(1)) or clock.now()
    last_year, this_year = recent(kept)
    begin = min(kept.school.academic_year(clock.local(first).date()), last_year)
    return [f"{autumn}-{autumn + 1}" for autumn in range(int(begin[:4]), int(this_year[:4]) + 1)]


def _chunks(ids: list[int], size: int) -> Iterator[list[int]]:
    for n in range(0, len(ids), size):
        yield ids[n : n + size]
