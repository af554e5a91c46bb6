"""What is asked about programmes, their editions and lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from liaison.core.db import db
from liaison.programmes.models import Programme, ProgrammeEdition, Requirement
from liaison.programmes.reckoning import Edition, Rule, Rulebook
from liaison.programmes.words import ContactKind


def programmes() -> Sequence[Programme]:
    return db.session.scalars(select(Programme).order_by(Programme.order, Programme.id)).all()


def programme(code: str) -> Programme | None:
    return db.session.scalar(select(Programme).where(Programme.code == code))


def editions(programme_id: int) -> Sequence[ProgrammeEdition]:
    """The newest first."""
    mine = select(ProgrammeEdition).where(ProgrammeEdition.programme_id == programme_id)
    return db.session.scalars(mine.order_by(ProgrammeEdition.edition.desc())).all()


def requirements(edition_id: int) -> Sequence[Requirement]:
    """The lines of an edition in their order."""
    mine = select(Requirement).where(Requirement.edition_id == edition_id)
    return db.session.scalars(mine.order_by(Requirement.order)).all()


def mark() -> int | None:
    """What tells whether an edition was saved since."""
    return db.session.scalar(select(func.max(ProgrammeEdition.id)))


def asks(codes: Collection[str], day: date) -> ColumnElement[bool]:
    """Whether a line of one of these codes is in force on a day: in the last edition that begins by then."""
    later = aliased(ProgrammeEdition)
    this = (ProgrammeEdition.from_on, ProgrammeEdition.edition)
    is_outdated = exists().where(
        later.programme_id == ProgrammeEdition.programme_id,
        later.from_on <= day,
        or_(later.from_on > this[0], and_(later.from_on == this[0], later.edition > this[1])),
    )
    return exists().where(
        Requirement.edition_id == ProgrammeEdition.id,
        Requirement.code.in_(codes),
        Requirement.is_in_force,
        ProgrammeEdition.is_in_force,
        ProgrammeEdition.from_on <= day,
        ~is_outdated,
    )


def rulebook() -> Rulebook:
    """Every edition as the value `judge` takes; a programme or line that is not in force asks nothing."""
    wanted = select(Programme.code, ProgrammeEdition, Requirement).select_from(Programme)
    wanted = wanted.join(ProgrammeEdition, ProgrammeEdition.programme_id == Programme.id)
    wanted = wanted.outerjoin(Requirement, Requirement.edition_id == ProgrammeEdition.id)
    found: dict[int, Edition] = {}
    in_order = wanted.order_by(Programme.order, Programme.id, ProgrammeEdition.edition, Requirement.order)
    for code, edition, line in db.session.execute(in_order):
        known = found.get(edition.id, Edition(code, edition.from_on))
        is_owed = line is not None and line.is_in_force and edition.is_in_force
        found[edition.id] = Edition(code, edition.from_on, (*known.rules, _rule(line)) if is_owed else known.rules)
    return Rulebook(found.values())


def _rule(line: Requirement) -> Rule:
    return Rule(
        code=line.code,
        title=line.title,
        subject=line.subject_role,
        period=line.period,
        minimum=line.minimum,
        unit=line.unit,
        strength=line.strength,
        kinds=frozenset(ContactKind(kind) for kind in line.kinds),
        scope=line.target_scope,
        basis=line.calendar_basis,
        channel=line.channel,
        per_each=line.per_each,
        exclusive_group=line.exclusive_group,
        combine_group=line.combine_group,
        is_prorated=line.is_prorated,
        makeup_days=line.makeup_days,
        id=line.id,
    )
