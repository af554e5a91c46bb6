"""What a contact may name besides units: the young teachers one is linked with, the courses leaders listen to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from liaison.calendars.models import Term
from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.models import Person, StaffLink
from liaison.people.queries.acting import valid
from liaison.programmes.models import Course

Named = tuple[int, str]


def young_teachers(person_ids: Iterable[int], also: int | None = None) -> list[Named]:
    """The young teachers these people are linked with today, by name only; `also` one who is named already."""
    wanted = (
        select(Person.id, Person.name)
        .join(StaffLink, StaffLink.colleague_id == Person.id)
        .where(StaffLink.person_id.in_(sorted(person_ids)), StaffLink.is_young_teacher, valid(StaffLink, today()))
        .distinct()
    )
    return _named(wanted.union(select(Person.id, Person.name).where(Person.id == also)) if also else wanted)


def ideology_courses(also: int | None = None) -> list[Named]:
    """思政课 of the term that runs or ran last; `also` one that is named already."""
    latest = select(Term.id).where(Term.first_monday <= today()).order_by(Term.first_monday.desc()).limit(1)
    wanted = select(Course.id, Course.name).where(
        (Course.is_ideology & (Course.term_id == latest.scalar_subquery())) | (Course.id == also)
    )
    return _named(wanted.order_by(Course.code, Course.id))


def _named(wanted: Any) -> list[Named]:
    return [(row.id, row.name) for row in db.session.execute(wanted)]
