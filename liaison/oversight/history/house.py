"""Who does the deeds of a history: a small university, its units made when they are first named."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from sqlalchemy import select

from liaison.core import clock
from liaison.core.db import add_one, db
from liaison.people.actor import HOLDER, SYSTEM, Actor
from liaison.people.models import Person, Post, RoleGrant, Supervision, Unit
from liaison.people.queries.acting import actor_of
from liaison.people.words import OF_A_UNIT, Role, UnitType
from liaison.tickets.actions.categories import settle_categories
from liaison.tickets.models import Category, Ticket

SINCE = date(2000, 1, 1)
OFFICE: dict[str, Role] = {  # parts that one person plays for every ticket; the checker dispatches nothing
    "filer": Role.LEADER,
    "clerk": Role.CLERK,
    "checker": Role.CLERK,
    "director": Role.DIRECTOR,
    "confidential": Role.CONFIDENTIAL,
}
OF_LEAD = {"head": Role.HEAD, "handler": Role.HANDLER}  # of the unit that leads the ticket
NOBODY = {"holder": HOLDER, "system": SYSTEM}


class House:
    """Built in an empty database. Commits nothing."""

    def __init__(self) -> None:
        settle_categories()
        root = self._new_unit("history", "历史", UnitType.UNIVERSITY, None, 1)
        self._office = self._new_unit("history-office", "党政办公室", UnitType.PARTY_OFFICE, root, 2)
        self._root = root
        self._units: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._people: dict[tuple[str, int], int] = {}
        self._actors: dict[tuple[str, int], Actor] = {}
        self.categories = {row.code: row.id for row in db.session.execute(select(Category.code, Category.id))}
        for part, role in OFFICE.items():
            self._people[part, 0] = self._new_person(part, role, self._office)

    def actor(self, part: str, ticket: Ticket | None, unit: str = "") -> Actor:
        """Who plays a part for a ticket; `unit` names another unit than its lead, for co-units."""
        if part in NOBODY:
            return NOBODY[part]
        if part in OFFICE:
            return self._known(part, 0)
        at = self.unit(unit) if unit else ticket.lead_unit_id if ticket else None
        if part not in OF_LEAD:
            raise LookupError(f"没有“{part}”这个角色。")
        if at is None:
            raise LookupError(f"还没有主办单位，不知道 {part} 是谁。")
        return self._known(part, at)

    def person(self, part: str, unit_id: int) -> int:
        return self._people[part, unit_id]

    def filer(self) -> int:
        return self._people["filer", 0]

    def category(self, code: str) -> int:
        if code not in self.categories:
            raise LookupError(f"没有编号为“{code}”的分类。")
        return int(self.categories[code])

    def unit(self, name: str) -> int:
        """A unit that works on tickets, with a head and a handler."""
        if name not in self._units:
            at = self._units[name] = self._next(name, UnitType.ADMIN_DEPT, True)
            self._people |= {(part, at): self._new_person(f"{part}-{at}", role, at) for part, role in OF_LEAD.items()}
            in_charge = {"leader_id": self.filer(), "unit_id": at, "from_on": SINCE}
            add_one(Supervision, in_charge)
        return self._units[name]

    def place(self, name: str) -> int:
        if name not in self._places:
            self._places[name] = self._next(name, UnitType.DORM_BUILDING, False)
        return self._places[name]

    def _known(self, part: str, at: int) -> Actor:
        if (part, at) not in self._actors:
            self._actors[part, at] = cast(Actor, actor_of(self._people[part, at]))
        return self._actors[part, at]

    def _next(self, name: str, kind: UnitType, works: bool) -> int:
        number = 3 + len(self._units) + len(self._places)
        return self._new_unit(f"history-{number}", name, kind, self._root, number, works)

    def _new_unit(
        self, code: str, name: str, kind: UnitType, parent: int | None, order: int, works: bool = False
    ) -> int:
        row = {"code": code, "name": name, "type": kind, "parent_id": parent, "order": order, "opened_on": SINCE}
        return add_one(Unit, row | {"can_receive_tickets": works})

    def _new_person(self, login: str, role: Role, unit: int) -> int:
        made = add_one(Person, {"login": f"history-{login}", "name": login, "created_at": clock.now()})
        post: dict[str, Any] = {"person_id": made, "unit_id": unit, "title": role.label, "order": 1, "from_on": SINCE}
        add_one(Post, post)
        at = unit if role in OF_A_UNIT else None
        grant = {"person_id": made, "role": role, "unit_id": at, "granted_at": clock.now(), "from_on": SINCE}
        add_one(RoleGrant, grant)
        return made
