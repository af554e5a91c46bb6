"""Staff and their accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, literal, null, or_, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from liaison.core import clock
from liaison.core.db import db
from liaison.core.language import gettext as _
from liaison.core.paging import Page, page
from liaison.people.models import PasswordHistory, Person, Post, RoleGrant, SignIn, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import Role

ROW = (Person.id, Person.login, Person.name, Person.staff_no, Person.is_active, Person.must_change_password)


@dataclass
class Told:
    """What the list of accounts says of one person beside his name."""

    posts: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


def by_login(login: str) -> Person | None:
    """The person of a login, however it is capitalised."""
    return db.session.scalar(select(Person).where(Person.login == login.strip().lower()))


def any_person() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is not None


def accounts(words: str, asked: Mapping[str, str]) -> Page:
    """Accounts whose login, name or staff number contains the words, by login."""
    statement: Any = select(*ROW)
    if words:
        columns = (Person.login, Person.name, Person.staff_no)
        statement = statement.where(or_(*(column.contains(words, autoescape=True) for column in columns)))
    return page(statement, [Person.login], asked)


def told_of(person_ids: Sequence[int]) -> dict[int, Told]:
    """Posts and roles of today for these people, in one statement."""
    today = clock.today()
    post = (
        select(Post.person_id, Unit.name, Post.title, Post.order)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_(person_ids), valid(Post, today))
    )
    role = (
        select(RoleGrant.person_id, null(), type_coerce(RoleGrant.role, String), literal(0))
        .where(RoleGrant.person_id.in_(person_ids), valid(RoleGrant, today))
        .distinct()
    )
    told = {person_id: Told() for person_id in person_ids}
    found: Any = db.session.execute(union_all(post, role))
    for person_id, unit, word, _order in found:
        if unit is None:
            told[person_id].roles.append(_(Role(word).label))
        else:
            told[person_id].posts.append(f"{unit} {word}")
    return told


def posts_of(person_id: int) -> Sequence[Any]:
    """Every post a person held, the latest first."""
    statement = (
        select(Post.id, Post.title, Post.category, Post.rank, Post.from_on, Post.until_on, Unit.name.label("unit"))
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id == person_id)
    )
    return db.session.execute(statement.order_by(Post.from_on.desc(), Post.id.desc())).all()


def grants_of(person_id: int) -> Sequence[Any]:
    """Every role a person held, where and when and by whose hand, the latest first."""
    giver = aliased(Person)
    columns = (RoleGrant.id, RoleGrant.role, RoleGrant.from_on, RoleGrant.until_on, Unit.name.label("unit"))
    statement = (
        select(*columns, giver.name.label("giver"))
        .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
        .outerjoin(giver, giver.id == RoleGrant.granted_by)
        .where(RoleGrant.person_id == person_id)
    )
    return db.session.execute(statement.order_by(RoleGrant.from_on.desc(), RoleGrant.id.desc())).all()


def sessions_of(person_id: int) -> Sequence[Any]:
    """The open sessions of a person, the one used last first."""
    columns = (SignIn.id, SignIn.device, SignIn.started_at, SignIn.seen_at)
    where = (SignIn.person_id == person_id, SignIn.ends_at > clock.now())
    return db.session.execute(select(*columns).where(*where).order_by(SignIn.seen_at.desc(), SignIn.id.desc())).all()


def earlier_passwords(person_id: int, count: int) -> Sequence[str]:
    """The hashes of the last passwords, the latest first."""
    statement = select(PasswordHistory.password_hash).where(PasswordHistory.person_id == person_id)
    return db.session.scalars(statement.order_by(PasswordHistory.id.desc()).limit(count)).all()


def people_with(role: Role, unit_ids: Sequence[int] | None = None) -> Sequence[int]:
    """The active people who hold a role today, anywhere or at one of these units; for notices and hand-overs."""
    statement = (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == role, Person.is_active, valid(RoleGrant, clock.today()))
    )
    if unit_ids is not None:
        statement = statement.where(RoleGrant.unit_id.in_(unit_ids))
    return db.session.scalars(statement.distinct()).all()


def holders_of(role: Role) -> Sequence[Any]:
    """Login and name of the active people with a role today, to choose from."""
    statement = (
        select(Person.login, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, Person.is_active, valid(RoleGrant, clock.today()))
    )
    return db.session.execute(statement.distinct().order_by(Person.login).limit(300)).all()
