"""What stands in the registers, newest first; and who or what is meant by a few typed words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import aliased

from liaison.calendars.models import Term
from liaison.contacts.queries import places
from liaison.contacts.queries.places import Place
from liaison.core.clock import today
from liaison.core.db import run
from liaison.core.paging import Page, page
from liaison.people.models import Link, Person, StaffLink, Unit
from liaison.programmes.actions.registers import ABSENCES, COURSES, LINKS, OBLIGED, STAFF_LINKS, Register
from liaison.programmes.models import Absence, Course, StaffObliged

HITS = 8
Home, Other = aliased(Unit, name="home"), aliased(Person, name="other")
TERM = (Term.academic_year, Term.name.label("term"))
WHO = (Person.name.label("who"), Home.name.label("home"))


def rows(register: Register, words: str, with_past: bool, asked: Any) -> Page:
    """A page of a register: rows that hold today or later, or all; of people and things named so."""
    model: Any = register.model
    wanted = STATEMENTS[register.name]
    if register.is_dated and not with_past:
        wanted = wanted.where(model.until_on.is_(None) | (model.until_on >= today()))
    if words:
        named = NAMES[register.name]
        wanted = wanted.where(or_(*(column.icontains(words, autoescape=True) for column in named)))
    return page(wanted, [model.id], asked, is_descending=True)


def row(register: Register, key: int) -> Any:
    """One row with its names; None where there is none."""
    model: Any = register.model
    return run(STATEMENTS[register.name].where(model.id == key)).one_or_none()


def _of_people(model: Any, *columns: Any) -> Select[Any]:
    wanted = select(model.id, model.from_on, model.until_on, *WHO, *columns)
    return wanted.join(Person, Person.id == model.person_id).outerjoin(Home, Home.id == Person.unit_id)


STATEMENTS: dict[str, Any] = {
    LINKS.name: _of_people(Link, Unit.name.label("what"), Unit.type, Other.name.label("liaison"))
    .join(Unit, Unit.id == Link.unit_id)
    .outerjoin(Other, Other.id == Link.liaison_id),
    STAFF_LINKS.name: _of_people(StaffLink, Other.name.label("what"), StaffLink.is_young_teacher).join(
        Other, Other.id == StaffLink.colleague_id
    ),
    ABSENCES.name: _of_people(Absence, Absence.type, Absence.half),
    OBLIGED.name: _of_people(StaffObliged),
    COURSES.name: select(Course.id, Course.code, Course.name, Course.is_ideology, Unit.name.label("home"), *TERM)
    .join(Unit, Unit.id == Course.unit_id)
    .join(Term, Term.id == Course.term_id),
}
NAMES: dict[str, Sequence[Any]] = {
    LINKS.name: (Person.name, Person.staff_no, Unit.name),
    STAFF_LINKS.name: (Person.name, Person.staff_no, Other.name),
    ABSENCES.name: (Person.name, Person.staff_no),
    OBLIGED.name: (Person.name, Person.staff_no),
    COURSES.name: (Course.code, Course.name),
}


def people(typed: str) -> list[Place]:
    """The one of this number or login; else active staff whose name or number holds it, eight at most."""
    words = unicodedata.normalize("NFKC", typed).strip()[: places.LONGEST_SEARCH]
    if not words:
        return []
    columns = (Person.name, Person.staff_no, Person.login)
    named = or_(*(column.icontains(words, autoescape=True) for column in columns))
    return _people(
        _staff().where(Person.is_active, named).order_by(_nearness(words), Person.name, Person.id).limit(HITS)
    )


def people_by_ids(ids: Iterable[int]) -> list[Place]:
    return _people(_staff().where(Person.id.in_(list(ids))).order_by(Person.id))


def terms() -> list[tuple[int, str]]:
    """The newest first: key and words."""
    wanted = select(Term.id, *TERM).order_by(Term.first_monday.desc())
    return [(one.id, term_words(one.academic_year, one.term)) for one in run(wanted)]


def term_words(academic_year: str, name: str) -> str:
    """2026-2027 第一学期, the year said once."""
    return name if academic_year in name else f"{academic_year} {name}"


def _staff() -> Any:
    wanted = select(Person.id, Person.name, Person.staff_no, Home.name.label("home"))
    return wanted.outerjoin(Home, Home.id == Person.unit_id)


def _people(wanted: Select[Any]) -> list[Place]:
    """Two of one name are told apart by number and unit."""
    return [Place(one.id, one.name, " ".join(filter(None, (one.home, one.staff_no)))) for one in run(wanted)]


def _nearness(words: str) -> ColumnElement[int]:
    return case((Person.name == words, 0), (Person.name.istartswith(words, autoescape=True), 1), else_=2)
