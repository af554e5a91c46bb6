"""Progress as it stands at this moment, for pages: what is stored if it holds, else judged afresh."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.queries.meetings import meetings_of
from liaison.core.clock import local, today
from liaison.core.db import run
from liaison.programmes.in_force import Known, known
from liaison.programmes.queries import progress
from liaison.programmes.reckoning import Facts, Line, judge

AFRESH = 10  # people one page judges itself; more than that the tick renews within the minute


@dataclass(frozen=True)
class Present:
    """The lines of each person in the order of the rules and of time; whether all of them are of this moment; and
    what they were made from, but the contacts."""

    lines: dict[int, list[Line]]
    is_current: bool
    facts: dict[int, Facts]


def present(
    person_ids: Collection[int], academic_year: str, period_key: str = "", kept: Known | None = None
) -> Present:
    """How far these people are in an academic year, or in one of its periods. Writes nothing."""
    kept = kept or known()
    stale, facts = progress.stale(person_ids, academic_year, kept, uncounted(person_ids))
    afresh, settled = stale[:AFRESH], [one for one in person_ids if one not in stale[:AFRESH]]
    lines = progress.lines_of(settled, academic_year, period_key, kept) if settled else {}
    if afresh:
        for one, found in judged({one: facts[one] for one in afresh}, academic_year, kept).items():
            lines[one] = progress.in_order((line for line in found if period_key in ("", line.span.key)), kept)
    return Present(lines, len(stale) == len(afresh), facts)


def uncounted(person_ids: Collection[int]) -> set[int]:
    """Who of them takes part in a contact that waits to be counted."""
    mine = (ContactLeader.person_id.in_(person_ids), ~ContactLeader.is_counted)
    return set(run(select(ContactLeader.person_id).where(*mine)).scalars())


def queue() -> list[tuple[int, date]]:
    """Everybody who waits to be counted, with the day of the contact."""
    rows = select(ContactLeader.person_id, Contact.held_at).join(Contact, Contact.id == ContactLeader.contact_id)
    return [(row.person_id, local(row.held_at).date()) for row in run(rows.where(~ContactLeader.is_counted))]


def judged(facts: Mapping[int, Facts], academic_year: str, kept: Known) -> dict[int, list[Line]]:
    """The lines that follow from these facts and from the contacts of the year: two statements, however many people."""
    spans = kept.school.spans(academic_year)
    met = meetings_of(list(facts), min(one.first for one in spans), max(one.last for one in spans))
    whole = [replace(one, meetings=met[one.person_id]) for one in facts.values()]
    return {one.person_id: judge(one, kept.school, kept.book, academic_year, today()) for one in whole}
