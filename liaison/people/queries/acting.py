"""Who is acting: two statements per request, whoever he is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, literal, null, select, type_coerce, union_all

from liaison.core import clock
from liaison.core.db import db, run
from liaison.people.actor import Actor
from liaison.people.models import (
    Dated,
    Delegation,
    Link,
    Person,
    Post,
    RoleGrant,
    SecondFactor,
    SignIn,
    Supervision,
    Unit,
)
from liaison.people.words import Role, UnitType


@dataclass(frozen=True)
class Ties:
    """What a person is today: roles with their units, and whom and what he is tied to."""

    roles: frozenset[Role]
    units: dict[Role, frozenset[int]]
    leads_for: frozenset[int]
    supervised: frozenset[int]
    linked: frozenset[int]
    home: str  # name of the unit of his main post; empty for the university itself


def token_hash(token: str) -> str:
    """What the table keeps of a token."""
    return sha256(token.encode()).hexdigest()


def session_of(token: str) -> Any | None:
    """The open session of a token with its person, as one row; None when there is none or it has ended."""
    return run(_SESSION, {"token": token_hash(token), "now": clock.now()}).first()


def ties_of(person_id: int, on: date | None = None) -> Ties:
    """What a person is on a day (today): roles, delegations, supervisions, links, main post."""
    found: Sequence[Any] = run(_TIES, {"person": person_id, "day": on or clock.today()}).all()
    roles = [(Role(word), number) for kind, word, number in found if kind == "role"]
    posts = sorted((number, word) for kind, word, number in found if kind == "post")
    return Ties(
        roles=frozenset(role for role, _unit in roles),
        units={role: _numbers(unit for r, unit in roles if r is role) for role, _unit in roles},
        leads_for=_of(found, "delegation"),
        supervised=_of(found, "supervision"),
        linked=_of(found, "link"),
        home=posts[0][1] if posts else "",
    )


def roles_to_come(person_id: int) -> frozenset[Role]:
    """The roles a person holds or will hold; a session is measured by all of them."""
    not_over = RoleGrant.until_on.is_(None) | (RoleGrant.until_on >= clock.today())
    return frozenset(db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person_id, not_over)))


def actor_from(session: Any, ties: Ties, *, is_recently_confirmed: bool, must_change_password: bool) -> Actor:
    """The value every action and query takes: the person of a session with what he is today."""
    return Actor(
        id=session.person_id,
        name=session.name,
        login=session.login,
        roles=ties.roles,
        units=ties.units,
        leads_for=ties.leads_for,
        supervised=ties.supervised,
        linked=ties.linked,
        label=f"{ties.home} {session.name}".strip(),
        language=session.language,
        is_large_type=session.is_large_type,
        must_change_password=must_change_password or session.must_change_password,
        has_second_step=session.second_step_since is not None,
        proven_at=session.proven_at,
        sign_in_id=session.sign_in_id,
        is_recently_confirmed=is_recently_confirmed,
    )


def actor_of(person_id: int) -> Actor | None:
    """A person as an actor without a session: for commands, imports and the demo. None if there is no such person."""
    person = db.session.get(Person, person_id)
    if person is None:
        return None
    ties = ties_of(person_id)
    return Actor(
        id=person.id,
        name=person.name,
        login=person.login,
        roles=ties.roles,
        units=ties.units,
        leads_for=ties.leads_for,
        supervised=ties.supervised,
        linked=ties.linked,
        label=f"{ties.home} {person.name}".strip(),
        language=person.language,
    )


def valid(model: type[Dated], day: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Valid on a day: first and last day included, open-ended without a last one."""
    return (model.from_on <= day) & (model.until_on.is_(None) | (model.until_on >= day))


def _of(found: Sequence[Any], wanted: str) -> frozenset[int]:
    return _numbers(number for kind, _word, number in found if kind == wanted)


def _numbers(numbers: Any) -> frozenset[int]:
    return frozenset(number for number in numbers if number is not None)


def _session() -> Any:
    person = (
        Person.login,
        Person.name,
        Person.language,
        Person.is_large_type,
        Person.must_change_password,
        Person.password_set_at,
    )
    session = (SignIn.id.label("sign_in_id"), SignIn.person_id, SignIn.started_at, SignIn.seen_at, SignIn.confirmed_at)
    second_step = (SignIn.proven_at, SecondFactor.since.label("second_step_since"))
    return (
        select(*session, SignIn.ends_at, SignIn.idle_minutes, *second_step, *person)
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(SecondFactor, SecondFactor.person_id == SignIn.person_id)
        .where(SignIn.token_hash == bindparam("token"), SignIn.ends_at > bindparam("now"), Person.is_active)
    )


def _ties() -> Any:
    day: Any = bindparam("day")
    mine: Any = bindparam("person")

    def tie(kind: str, model: Any, owner: Any, number: Any, word: Any = None) -> Select[Any]:
        columns = (literal(kind), null() if word is None else word, number)
        return select(*columns).where(owner == mine, valid(model, day))

    home = (
        tie("post", Post, Post.person_id, Post.order, Unit.name)
        .join_from(Post, Unit, Unit.id == Post.unit_id)
        .where(Unit.type != UnitType.UNIVERSITY)
    )
    return union_all(
        tie("role", RoleGrant, RoleGrant.person_id, RoleGrant.unit_id, type_coerce(RoleGrant.role, String)),
        tie("delegation", Delegation, Delegation.liaison_id, Delegation.leader_id),
        tie("supervision", Supervision, Supervision.leader_id, Supervision.unit_id),
        tie("link", Link, Link.person_id, Link.unit_id),
        home,
    )


_SESSION, _TIES = _session(), _ties()  # built once: building costs more than running
