"""联系工作 in numbers, of the whole university: how often, where to, what came of plans and of requirements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select, true

from liaison.contacts.queries.earlier import rewritten_since
from liaison.contacts.queries.outings import place_weeks, totals
from liaison.core.db import run
from liaison.oversight.figures.scope import Scope
from liaison.programmes.derived import ProgressChange
from liaison.programmes.queries.progress import no_further


@dataclass(frozen=True)
class Outings:
    """`heard` of `contacts` brought a voice; `kept` of `planned` place-weeks; `done` of `required`; so many exempt."""

    contacts: int
    heard: int
    visited: int
    units: int
    planned: int
    kept: int
    done: int
    required: int
    exempt: int


def outings(scope: Scope) -> Outings:
    """Two statements, one more for a day in the past."""
    changed = rewritten_since(scope.cut_off)
    there, lines = totals(scope.begin, scope.end, scope.cut_off, changed).subquery(), _requirement(scope).subquery()
    counted = run(select(there, lines).join_from(there, lines, true())).one()
    planned, kept = place_weeks(scope.first, min(scope.last, scope.as_of), scope.cut_off, changed)
    return Outings(
        counted.contacts,
        counted.heard,
        counted.visited,
        counted.units,
        planned=len(planned),
        kept=len(kept),
        done=int(counted.done or 0),
        required=int(counted.required or 0),
        exempt=int(counted.exempt or 0),
    )


def _requirement(scope: Scope) -> Any:
    """The lines of exactly this period as they stood at the cut-off."""
    c = ProgressChange
    latest = select(func.max(c.id)).where(c.first_on == scope.first, c.last_on == scope.last, c.at < scope.cut_off)
    stood = latest.group_by(c.person_id, c.code, c.period_key)
    return _COUNTED.where(c.id.in_(stood), c.is_there)


_CHANGE = ProgressChange
_ENOUGH = no_further(_CHANGE.done, _CHANGE.required)
_COUNTED = select(
    func.sum(case((_CHANGE.required.is_not(None), _ENOUGH), else_=0)).label("done"),
    func.sum(_CHANGE.required).label("required"),
    func.sum(case((_CHANGE.required.is_(None), 1), else_=0)).label("exempt"),
)
