"""What the set-up asks for: how far each step is, in a handful of small statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from liaison.calendars.models import LimitVersion, Term
from liaison.core.clock import today
from liaison.core.db import db
from liaison.oversight.queries import programmes
from liaison.people.models import Person, RoleGrant
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from liaison.settings import in_force, queries
from liaison.tickets.models import Category

NEEDED = (Role.DIRECTOR, Role.CLERK, Role.CONFIDENTIAL, Role.AUDITOR, Role.SECURITY)


@dataclass(frozen=True)
class Found:
    """What is there already."""

    editions: dict[str, int]
    programmes: list[str]  # in force today
    has_own_rules: bool  # the school has saved an edition of its own
    school_number: int | None  # of MOE19-DEP, once it is in force
    last_day_of_terms: Any
    limit_editions: int
    unmapped: list[str]  # categories without a usual unit
    holders: dict[Role, list[str]]  # who holds the roles that must be held

    def is_done(self, step: str) -> bool:
        return bool(CHECKS[step](self)) if step in CHECKS else step in self.editions


def found() -> Found:
    return Found(
        editions=queries.editions(),
        programmes=programmes.in_use(),
        has_own_rules=programmes.is_decided(),
        school_number=programmes.school_number(),
        last_day_of_terms=db.session.scalar(select(func.max(Term.last_day))),
        limit_editions=db.session.scalar(select(func.count(LimitVersion.id))) or 0,
        unmapped=unmapped(),
        holders=_holders(),
    )


def unmapped() -> list[str]:
    """Names of the categories without a usual unit, in the order of their codes."""
    without = select(Category.name).where(Category.lead_unit_id.is_(None)).order_by(Category.code)
    return list(db.session.scalars(without))


def catalogue() -> list[Any]:
    """Code, name, unit of every category."""
    columns = (Category.code, Category.name, Category.lead_unit_id)
    return list(db.session.execute(select(*columns).order_by(Category.code)))


def is_complete() -> bool:
    """Nothing of the set-up is left."""
    known = found()
    return all(known.is_done(step) for step in STEPS)


def _holders() -> dict[Role, list[str]]:
    held: dict[Role, list[str]] = {role: [] for role in NEEDED}
    names = (
        select(RoleGrant.role, Person.name)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role.in_(NEEDED), valid(RoleGrant, today()), Person.is_active)
        .order_by(Person.id)
    )
    for role, name in db.session.execute(names):
        held[role].append(name)
    return held


CHECKS: dict[str, Any] = {
    "programmes": lambda known: known.has_own_rules or "programmes" in known.editions,
    "school_number": lambda known: known.school_number or "school_number" in known.editions,
    "calendar": lambda known: known.last_day_of_terms and known.last_day_of_terms >= today(),
    "limits": lambda known: "limits" in known.editions or known.limit_editions > 1,
    "catalogue": lambda known: not known.unmapped or "catalogue" in known.editions,
    "telephones": lambda known: in_force.phones(),
    "persons": lambda known: all(known.holders.values()),
}
STEPS = (
    "programmes",
    "school_number",
    "calendar",
    "limits",
    "catalogue",
    "desk",
    "sampling",
    "telephones",
    "persons",
    "privacy",
    "feedback",
    "publication",
    "rules",
    "notices",
)
