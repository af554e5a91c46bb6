"""Who may take part in a contact, and for whom the actor may file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from liaison.access import Action, Scope, scopes
from liaison.core.clock import today
from liaison.core.db import db
from liaison.people.actor import Actor
from liaison.people.models import Person, Post, RoleGrant
from liaison.people.words import Role


@dataclass(frozen=True)
class Someone:
    id: int
    name: str


def may_file_for(actor: Actor) -> frozenset[int]:
    """Himself, where he records contacts of his own; the leaders who delegated to him."""
    held = scopes(actor, Action.RECORD_CONTACT)
    own = {actor.id} if Scope.OWN in held and actor.id is not None else set()
    return frozenset(own | set(actor.leads_for if Scope.DELEGATOR in held else ()))


def all_leaders() -> list[Someone]:
    """Everybody who is a leader today, in the order of their posts."""
    day = today()
    wanted = (
        select(Person.id, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(Post, Post.person_id == Person.id)
        .where(
            RoleGrant.role == Role.LEADER,
            RoleGrant.from_on <= day,
            or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day),
            Person.is_active,
        )
        .group_by(Person.id, Person.name)
        .order_by(func.min(Post.order), Person.id)
    )
    return [Someone(*row) for row in db.session.execute(wanted)]
