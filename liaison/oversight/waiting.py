"""What the daily digest says about papers: a record form to confirm, a plan to declare. Each ends by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from liaison.contacts.models import locks_at
from liaison.core.clock import moment, now, today
from liaison.notifications.matters import Line, Matter
from liaison.oversight.queries.record_holders import unconfirmed, undeclared
from liaison.oversight.queries.record_sources import academic_year
from liaison.oversight.queries.statements import unanswered
from liaison.people.actor import Actor
from liaison.settings.in_force import number

FORM, PLAN, STATEMENT = "paper.form", "paper.plan", "paper.statement"


def waiting() -> dict[int, list[Line]]:
    """Until the month is locked: whose form is not confirmed. In early September: whose plan is missing. Statements
    that wait for their person."""
    found: dict[int, list[Line]] = defaultdict(list)
    month = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    if now() < locks_at(moment(month)):
        for person in unconfirmed(month):
            found[person].append(Line(FORM, f"{month:%Y-%m}"))
    if _is_plan_time():
        year = academic_year(today())
        for person in undeclared(year, today().replace(day=1)):
            found[person].append(Line(PLAN, year))
    for row in unanswered():
        found[row.person_id].append(Line(STATEMENT, row.number))
    return found


def seen(actor: Actor, numbers: Collection[str]) -> Collection[str]:
    """What still waits for this person; what he did meanwhile is said no more."""
    mine = waiting().get(actor.id, []) if actor.id is not None else []
    return {line.about for line in mine} & set(numbers)


def _is_plan_time() -> bool:
    due_on = date(today().year, 9, number("plan_due_day"))
    return today().replace(day=1) == due_on.replace(day=1) and today() <= due_on


def _never(_number: str) -> bool:
    return False


MATTER = Matter(seen=seen, may_be_named=_never, waiting=waiting)
