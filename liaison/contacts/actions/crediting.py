"""计入: what contacts count for, kept right. Derived only: rows of `credit` and `progress` are made here, never edited.

A contact's own deed renews its people in the same transaction (records.write). What changes below – posts,
absences, links, calendar, rules – is found by its mark: by the tick (contacts/recomputing.py), and by the page that
changed it, which calls `renew_if_stale`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import select

from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.queries.meetings import meetings_of
from liaison.core import clock
from liaison.core.db import run
from liaison.programmes.actions import progress
from liaison.programmes.derived import Credit
from liaison.programmes.in_force import Known, known
from liaison.programmes.marks import mark_of
from liaison.programmes.queries import people
from liaison.programmes.queries.progress import stale_ids
from liaison.programmes.reckoning import judge


def follow(contact_ids: Collection[int], also: Iterable[int] = ()) -> None:
    """After a deed: renew whoever takes part in these contacts, or did (he has a credit; or is named in `also`)."""
    kept = known()
    if not kept.book.groups:
        return  # no programme: nothing counts for anything
    leaders = select(ContactLeader.person_id, Contact.held_at).join(Contact, Contact.id == ContactLeader.contact_id)
    once = select(Credit.person_id, Contact.held_at).join(Contact, Contact.id == Credit.contact_id)
    these = Contact.id.in_(contact_ids)
    rows = run(leaders.where(these).union(once.where(these))).all()
    years = {kept.school.academic_year(clock.local(row.held_at).date()) for row in rows}
    ids = sorted({row.person_id for row in rows} | set(also))
    for year in sorted(years):
        renew(ids, year, kept)


def renew(person_ids: Collection[int], academic_year: str, kept: Known | None = None) -> None:
    """Judge these people anew and keep what differs. Commits nothing."""
    kept, day = kept or known(), clock.today()
    facts = people.facts_of(person_ids)
    progress.claim({one: mark_of(facts[one], kept.mark, day) for one in facts}, academic_year)
    spans = kept.school.spans(academic_year)
    met = meetings_of(person_ids, min(one.first for one in spans), max(one.last for one in spans))
    whole = [replace(facts[one], meetings=met[one]) for one in facts]
    lines = {one.person_id: judge(one, kept.school, kept.book, academic_year, day) for one in whole}
    progress.keep(lines, kept.school.keys(academic_year))


def renew_if_stale(person_ids: Collection[int], academic_year: str) -> int:
    """For a page that changed something of these people; commits nothing. Returns how many it was."""
    stale = stale_ids(person_ids, academic_year)
    if stale:
        renew(stale, academic_year)
    return len(stale)
