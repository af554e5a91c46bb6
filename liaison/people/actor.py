"""Who is acting: a small value, read from the database at each request, passed as an argument everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import g
from flask_login import UserMixin

from liaison.people.words import Role

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Actor(UserMixin):
    """A signed-in person with his roles, or the system, or the holder of a query code.

    `units` says where each role holds; roles of the office hold everywhere and have no unit.
    """

    id: int | None
    name: str
    login: str = ""
    roles: frozenset[Role] = frozenset()
    units: dict[Role, frozenset[int]] = field(default_factory=dict, hash=False, compare=False)
    leads_for: frozenset[int] = NOBODY  # leaders who delegated to this liaison, today
    supervised: frozenset[int] = NOBODY  # units this leader is in charge of, today
    linked: frozenset[int] = NOBODY  # units this person is linked with (联系点), today
    label: str = ""  # "党政办公室 王老师": how the timeline names him
    language: str = "zh"
    is_large_type: bool = False
    must_change_password: bool = False
    has_second_step: bool = False  # a code from the telephone is asked for after the password
    proven_at: datetime | None = None  # when this session's code was right
    sign_in_id: int | None = None
    is_recently_confirmed: bool = False  # typed the password a short while ago: approvals and exports ask for it

    def has(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    def at(self, role: Role) -> frozenset[int]:
        """The units where this actor holds the role."""
        return self.units.get(role, NOBODY)

    def get_id(self) -> str:
        return str(self.id)


SYSTEM = Actor(id=None, name="系统", label="系统")
HOLDER = Actor(id=None, name="持码人", label="反映人")


def me() -> Actor:
    """The signed-in person of this request: a proxy asked a hundred times a page costs as much as its queries."""
    actor: Actor = g.actor
    return actor
