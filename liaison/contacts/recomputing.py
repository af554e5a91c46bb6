"""Progress of everybody: what no longer holds is made anew by the tick, all of it by hand. Chunk by chunk, each its
own transaction, so that nobody who files a contact waits."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from liaison.contacts.actions.crediting import renew, renew_if_stale
from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.core.db import db
from liaison.programmes.actions import progress
from liaison.programmes.in_force import Known, known
from liaison.programmes.queries import people

CHUNK = 200  # people at a time: enough for few statements, little enough to keep nobody waiting


def renew_stale() -> int:
    """Whoever's stored lines no longer hold, in the present and the last academic year."""
    done = 0
    for year in recent(known()):
        for some in _chunks(people.obliged_ids()):
            done += renew_if_stale(some, year)
            db.session.commit()
    return done


def recompute() -> int:
    """Everything from nothing, for every academic year since the first contact."""
    kept = known()
    progress.forget_all()
    db.session.commit()
    ids = people.obliged_ids()
    for year in _years(kept):
        for some in _chunks(ids):
            renew(some, year, kept)
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


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for n in range(0, len(ids), CHUNK):
        yield ids[n : n + CHUNK]
