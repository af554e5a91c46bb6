"""联系工作 in numbers, of the whole university: how often, where to, what came of plans and of requirements."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, true

from liaison.contacts.queries.outings import place_weeks, totals
from liaison.core.db import run
from liaison.oversight.figures.scope import Scope
from liaison.programmes.derived import Progress
from liaison.programmes.reckoning import spans


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
    """Two statements."""
    there, lines = totals(scope.begin, scope.end, scope.cut_off).subquery(), _LINES.where(*_of(scope)).subquery()
    counted = run(select(there, lines).join_from(there, lines, true())).one()
    planned, kept = place_weeks(scope.first, min(scope.last, scope.as_of), scope.cut_off)
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


def _of(scope: Scope) -> list[ColumnElement[bool]]:
    """The lines of exactly this period; those of a month by their index."""
    month = spans.month(scope.first)
    if month.last == scope.last:
        return [Progress.period_key == month.key]
    return [Progress.first_on == scope.first, Progress.last_on == scope.last]


_ENOUGH = case((Progress.done > Progress.required, Progress.required), else_=Progress.done)  # more is not more than all
_LINES = select(
    func.sum(case((Progress.required.is_not(None), _ENOUGH), else_=0)).label("done"),
    func.sum(Progress.required).label("required"),
    func.sum(case((Progress.required.is_(None), 1), else_=0)).label("exempt"),
)
