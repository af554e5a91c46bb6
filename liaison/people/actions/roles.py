"""Roles: granted by an administrator to somebody else, for a time, where they hold (domain.md §2.2)."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from liaison.audit.actions import append
from liaison.core.clock import now, today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.people.actions.sessions import end_sessions_of
from liaison.people.models import Person, RoleGrant, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import INCOMPATIBLE, OF_A_UNIT, Role


def grant_role(
    person: Person, role: Role, unit: Unit | None, from_on: date, until_on: date | None = None, *, actor_id: int | None
) -> RoleGrant:
    """Give a role between two days; ends the person's sessions, so that he signs in with it.

    BadInput(role|unit|until_on=…) when it cannot be; Conflict when an administrator grants to himself.
    """
    _refuse_self(person, actor_id)
    held = _grants_between(person.id, from_on, until_on)
    _check_role(role, unit, held)
    grant = RoleGrant(
        person_id=person.id,
        role=role,
        unit_id=unit.id if unit else None,
        granted_by=actor_id,
        granted_at=now(),
        from_on=from_on,
        until_on=until_on,
    )
    db.session.add(grant)
    ended = end_sessions_of(person.id)
    where = unit.code if unit else ""
    append(actor_id, "role.granted", object=person.login, role=role, unit=where, until=until_on, ended=ended)
    return grant


def end_role(person: Person, grant_id: int, *, actor_id: int) -> None:
    """End a role at once: yesterday was its last day. NotVisible when it is not this person's."""
    _refuse_self(person, actor_id)
    where = (RoleGrant.id == grant_id, RoleGrant.person_id == person.id)
    grant = db.session.scalar(select(RoleGrant).where(*where))
    if grant is None:
        raise NotVisible
    if grant.role is Role.ADMIN:
        keep_an_administrator(person.id)
    _end(grant)
    append(actor_id, "role.ended", object=person.login, role=grant.role, ended=end_sessions_of(person.id))


def _end(grant: RoleGrant) -> None:
    """One that began today or will begin is ended before it was: it held on no day that is over."""
    grant.until_on = today() - timedelta(days=1)


def _refuse_self(person: Person, actor_id: int | None) -> None:
    if person.id == actor_id:
        raise Conflict(_("自己的角色由另一位管理员设置。"))


def _check_role(role: Role, unit: Unit | None, held: list[RoleGrant]) -> None:
    if role in OF_A_UNIT and unit is None:
        raise BadInput(unit=_("这个角色属于一个单位，请写明是哪个。"))
    if role not in OF_A_UNIT and unit is not None:
        raise BadInput(unit=_("这个角色全校有效，单位请留空。"))
    if any(grant.role is role and grant.unit_id == (unit.id if unit else None) for grant in held):
        raise BadInput(role=_("这段时间里已有这个角色。"))
    for pair in INCOMPATIBLE:
        other = next((grant.role for grant in held if {grant.role, role} == pair), None)
        if other:
            raise BadInput(role=_("%(role)s不能兼任%(other)s。", role=role.label, other=other.label))


def _grants_between(person_id: int, from_on: date, until_on: date | None) -> list[RoleGrant]:
    """Grants that share a day with these; the person is locked, so that two administrators cannot split a pair."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    where = [RoleGrant.person_id == person_id, RoleGrant.until_on.is_(None) | (RoleGrant.until_on >= from_on)]
    if until_on:
        where.append(RoleGrant.from_on <= until_on)
    return list(db.session.scalars(select(RoleGrant).where(*where)))


def keep_an_administrator(person_id: int) -> None:
    """Somebody else must stay administrator; the rows are locked, so that two cannot end each other."""
    others = (
        select(RoleGrant.id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMIN, valid(RoleGrant, today()), Person.is_active)
    )
    held = db.session.execute(others.add_columns(RoleGrant.person_id).order_by(RoleGrant.id).with_for_update()).all()
    if not any(owner != person_id for _grant, owner in held):
        raise Conflict(_("至少要留一位系统管理员。"))
