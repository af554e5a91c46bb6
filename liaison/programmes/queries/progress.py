"""Stored progress, as the same `Line` that `judge` returns. Whom a reader may see is asked by the page.

lines_of([person_id], present_year())       my duties: every period of the year
lines_of(ids, year, period_key="2026-11")   the office's table: fifty people, one month
stale(ids, year)                            whose stored lines no longer hold
Pages ask contacts/queries/present.py, which judges those afresh.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import case, select

from liaison.core.clock import today
from liaison.core.db import db, run
from liaison.programmes.derived import Credit, Progress, ProgressState
from liaison.programmes.in_force import Known, known
from liaison.programmes.marks import mark_of
from liaison.programmes.queries.people import facts_of
from liaison.programmes.reckoning import Facts, Line
from liaison.programmes.stored import line_of


def lines_of(
    person_ids: Collection[int], academic_year: str, period_key: str = "", kept: Known | None = None
) -> dict[int, list[Line]]:
    """The lines of these people, each in the order of the rules and of time. Two statements, and one for marks."""
    kept = kept or known()
    keys = kept.school.keys(academic_year)
    mine = (Progress.person_id.in_(person_ids), Progress.period_key.in_([period_key] if period_key else sorted(keys)))
    rows = db.session.scalars(select(Progress).where(*mine)).all()
    credits_of = _credits(person_ids, keys)
    names = {term.key: term.name for term in kept.school.terms}
    found: dict[int, list[Line]] = {one: [] for one in person_ids}
    for row in rows:
        found[row.person_id].append(line_of(row, kept.book, credits_of[row.person_id], names.get(row.period_key, "")))
    return {one: in_order(lines, kept) for one, lines in found.items()}


def in_order(lines: Iterable[Line], kept: Known) -> list[Line]:
    """In the order of the rules and of time."""
    order = {code: n for n, code in enumerate(code for _programme, codes in kept.book.groups for code in codes)}
    return sorted(lines, key=lambda line: (order.get(line.rule.code, 0), line.span.first, line.span.last))


def stale(
    person_ids: Collection[int], academic_year: str, kept: Known | None = None, uncounted: Collection[int] = ()
) -> tuple[list[int], dict[int, Facts]]:
    """Whose stored lines no longer hold: posts, absences, links, calendar, rules or the day changed; or `uncounted`.

    With what was asked about all of them to tell. Two statements, and one for marks.
    """
    kept, day = kept or known(), today()
    wanted = select(ProgressState.person_id, ProgressState.mark).where(
        ProgressState.person_id.in_(person_ids), ProgressState.academic_year == academic_year
    )
    marks = {row.person_id: row.mark for row in run(wanted)}
    facts = facts_of(person_ids)
    held = {one for one in person_ids if marks.get(one) == mark_of(facts[one], kept.mark, day)}
    return [one for one in person_ids if one not in held or one in uncounted], facts


def no_further(done: Any, required: Any) -> Any:
    """What was done of a line as far as it was asked: one person's surplus hides nobody's shortfall. As columns."""
    return case((done > required, required), else_=done)


def years() -> Sequence[str]:
    """The academic years for which anything is stored."""
    return db.session.scalars(select(ProgressState.academic_year).distinct()).all()


def _credits(person_ids: Collection[int], keys: Collection[str]) -> dict[int, list[Credit]]:
    mine = (Credit.person_id.in_(person_ids), Credit.period_key.in_(sorted(keys)))
    found: dict[int, list[Credit]] = defaultdict(list)
    for row in db.session.scalars(select(Credit).where(*mine).order_by(Credit.contact_id)):
        found[row.person_id].append(row)
    return found
