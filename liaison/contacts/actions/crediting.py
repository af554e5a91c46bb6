"""计入: what contacts count for, kept right. Derived only: rows of `credit` and `progress` are made here, never edited.

A contact is filed without counting: its leaders' rows wait as a queue, and go back to it with every deed on the
contact. What changes below – posts, absences, links, calendar, rules – shows in the marks. The tick counts both
(contacts/recomputing.py); until then pages judge afresh whom they show (queries/present.py).

Whoever counts takes people first, then their rows out of the queue, then reads the contacts; a deed at the same
moment waits for him and has the last word. All take rows in the order of keys, so that nobody waits in a ring.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.queries.present import judged
from liaison.core import clock
from liaison.core.db import run, table
from liaison.programmes.actions import progress
from liaison.programmes.in_force import Known, known
from liaison.programmes.marks import OUTDATED, mark_of
from liaison.programmes.queries import people
from liaison.programmes.reckoning import Span

LEADERS = table(ContactLeader)


def recount(contact_id: int) -> None:
    """After a deed on a contact: whoever takes part waits again to be counted."""
    rows = select(ContactLeader.id).where(ContactLeader.contact_id == contact_id)
    waiting = rows.order_by(ContactLeader.id).with_for_update()
    run(update(LEADERS).where(LEADERS.c.id.in_(waiting)).values(is_counted=False))


def forget(person_ids: Collection[int], held_at: datetime) -> None:
    """Nothing stored of these people holds in the academic year of this moment: a contact of theirs is theirs no more,
    or is of another year now. Before `recount`. Said also of whom nothing is stored: somebody may be at it."""
    progress.claim(dict.fromkeys(person_ids, OUTDATED), known().school.academic_year(clock.local(held_at).date()))


def renew(person_ids: Collection[int], academic_year: str, kept: Known | None = None) -> None:
    """Judge these people anew and keep what differs. Commits nothing."""
    kept, day = kept or known(), clock.today()
    facts = people.facts_of(person_ids)
    progress.claim({one: mark_of(facts[one], kept.mark, day) for one in facts}, academic_year)
    _take(person_ids, kept.school.year(academic_year))
    progress.keep(judged(facts, academic_year, kept), kept.school.keys(academic_year))


def _take(person_ids: Collection[int], year: Span) -> None:
    """Out of the queue, whatever they took part in that began in this year."""
    held = (Contact.held_at >= clock.moment(year.first), Contact.held_at < clock.end_of(year.last))
    mine = (ContactLeader.person_id.in_(person_ids), ~ContactLeader.is_counted, *held)
    rows = select(ContactLeader.id).join(Contact, Contact.id == ContactLeader.contact_id).where(*mine)
    taken = rows.order_by(ContactLeader.id).with_for_update(of=ContactLeader)
    run(update(LEADERS).where(LEADERS.c.id.in_(taken)).values(is_counted=True))
