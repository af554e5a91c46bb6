"""Stored progress, as the same `Line` that `judge` returns. Whom a reader may see is asked by the page.

lines_of([person_id], present_year())       my duties: every period of the year
lines_of(ids, year, period_key="2026-11")   the office's table: fifty people, one month
is_current(ids, year)                       does what is stored still hold? else «正在更新»
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select

from liaison.core.clock import today
from liaison.core.db import db
from liaison.programmes.derived import Credit, Progress, ProgressState
from liaison.programmes.in_force import known
from liaison.programmes.marks import mark_of
from liaison.programmes.queries.people import facts_of
from liaison.programmes.reckoning import Line
from liaison.programmes.stored import line_of


def lines_of(person_ids: Collection[int], academic_year: str, period_key: str = "") -> dict[int, list[Line]]:
    """The lines of these people, each in the order of the rules and of time. Two statements, and one for marks."""
    kept = known()
    keys = kept.school.keys(academic_year)
    mine = (Progress.person_id.in_(person_ids), Progress.period_key.in_([period_key] if period_key else sorted(keys)))
    rows = db.session.scalars(select(Progress).where(*mine)).all()
    credits_of = _credits(person_ids, keys)
    names = {term.key: term.name for term in kept.school.terms}
    order = {code: n for n, code in enumerate(code for _programme, codes in kept.book.groups for code in codes)}
    found: dict[int, list[Line]] = {one: [] for one in person_ids}
    for row in sorted(rows, key=lambda row: (order.get(row.code, 0), row.first_on, row.last_on)):
        found[row.person_id].append(line_of(row, kept.book, credits_of[row.person_id], names.get(row.period_key, "")))
    return found


def stale_ids(person_ids: Collection[int], academic_year: str) -> list[int]:
    """Whose stored lines no longer hold: posts, absences, links, calendar, rules or the day changed. Three asked."""
    kept, day = known(), today()
    wanted = select(ProgressState.person_id, ProgressState.mark).where(
        ProgressState.person_id.in_(person_ids), ProgressState.academic_year == academic_year
    )
    marks = {row.person_id: row.mark for row in db.session.execute(wanted)}
    facts = facts_of(person_ids)
    return [one for one in person_ids if marks.get(one) != mark_of(facts[one], kept.mark, day)]


def is_current(person_ids: Collection[int], academic_year: str) -> bool:
    return not stale_ids(person_ids, academic_year)


def credited_contacts(person_id: int, requirement_id: int, period_keys: Collection[str]) -> Select[Any]:
    """The ids of the contacts behind a number, for a list to join."""
    mine = (Credit.person_id == person_id, Credit.requirement_id == requirement_id)
    return select(Credit.contact_id).where(*mine, Credit.period_key.in_(period_keys), Credit.is_confirmed)


def years() -> Sequence[str]:
    """The academic years for which anything is stored."""
    return db.session.scalars(select(ProgressState.academic_year).distinct()).all()


def _credits(person_ids: Collection[int], keys: Collection[str]) -> dict[int, list[Credit]]:
    mine = (Credit.person_id.in_(person_ids), Credit.period_key.in_(sorted(keys)))
    found: dict[int, list[Credit]] = defaultdict(list)
    for row in db.session.scalars(select(Credit).where(*mine).order_by(Credit.contact_id)):
        found[row.person_id].append(row)
    return found
