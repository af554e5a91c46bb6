"""联系制度 as its page shows them: editions, their lines, which edition holds on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import func, select

from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people.models import Person
from liaison.programmes.models import Programme, ProgrammeEdition, Requirement
from liaison.programmes.queries import rules
from liaison.programmes.shipped import RuleText

NUMBER_OF_SCHOOL = ("MOE19", "MOE19-DEP")  # the line whose number the notice leaves to each school


@dataclass(frozen=True)
class Listed:
    """A programme with the edition that holds today, and the one that will, if any."""

    programme: Programme
    present: ProgrammeEdition | None
    coming: ProgrammeEdition | None
    lines: int  # in force in the present edition

    @property
    def is_in_force(self) -> bool:
        return self.present is not None and self.present.is_in_force


def index() -> list[Listed]:
    """All of them in the order of the menu, in three statements."""
    editions: dict[int, list[ProgrammeEdition]] = defaultdict(list)
    for one in db.session.scalars(select(ProgrammeEdition).order_by(ProgrammeEdition.edition)):
        editions[one.programme_id].append(one)
    counted = select(Requirement.edition_id, func.count().label("lines")).where(Requirement.is_in_force)
    lines = {row.edition_id: row.lines for row in db.session.execute(counted.group_by(Requirement.edition_id))}
    return [_listed(one, editions[one.id], lines) for one in rules.programmes()]


def load(code: str) -> Programme:
    found = rules.programme(code)
    if found is None:
        raise NotVisible(code)
    return found


def lines(edition: ProgrammeEdition) -> list[RuleText]:
    """The lines of an edition as they are typed."""
    return [text_of(row) for row in rules.requirements(edition.id)]


def text_of(row: Requirement) -> RuleText:
    columns = {one.name: getattr(row, one.name) for one in fields(RuleText)}
    return RuleText(**columns | {"kinds": tuple(row.kinds)})


def on_day(editions: Sequence[ProgrammeEdition], day: date) -> ProgrammeEdition | None:
    """The edition that holds for periods that begin on a day: of one day the later one."""
    begun = [one for one in editions if one.from_on <= day]
    return max(begun, key=lambda one: (one.from_on, one.edition), default=None)


def makers(editions: Sequence[ProgrammeEdition]) -> dict[int, str]:
    """Who saved them, by key; nobody saved what came with the program."""
    people = {one.made_by_id for one in editions if one.made_by_id}
    wanted = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in db.session.execute(wanted)} if people else {}


def in_use() -> list[str]:
    """Titles of the programmes in force today."""
    return [one.programme.title for one in index() if one.is_in_force]


def is_decided() -> bool:
    """Somebody of the school has saved an edition of his own."""
    own = select(ProgrammeEdition.id).where(ProgrammeEdition.made_by_id.is_not(None))
    return db.session.scalar(own.limit(1)) is not None


def school_number() -> int | None:
    """How often departments and colleges keep contact, once the school has set it (MOE19-DEP in force)."""
    code, line = NUMBER_OF_SCHOOL
    newest = (
        select(ProgrammeEdition.id)
        .join(Programme, Programme.id == ProgrammeEdition.programme_id)
        .where(Programme.code == code)
        .order_by(ProgrammeEdition.edition.desc())
        .limit(1)
    )
    wanted = select(Requirement.minimum).where(Requirement.edition_id == newest.scalar_subquery())
    return db.session.scalar(wanted.where(Requirement.code == line, Requirement.is_in_force))


def _listed(programme: Programme, editions: list[ProgrammeEdition], lines: dict[int, int]) -> Listed:
    present = on_day(editions, today())
    coming = next((one for one in editions if one.from_on > today()), None)
    return Listed(programme, present, coming, lines.get(present.id, 0) if present else 0)
