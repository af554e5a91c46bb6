"""Who acts: the people of the demo as actors, and the keys of its units and categories."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from sqlalchemy import select

from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.demo import content
from liaison.people.actor import Actor
from liaison.people.models import Delegation, Person, Unit
from liaison.people.queries.acting import actor_of
from liaison.tickets.models import Category

CLERKS = {"wang": 6, "zhao-clerk": 3, "qian-clerk": 2}
TRADES = {  # who of a department's two handlers usually works a category
    "sun": {"01", "03", "10", "11", "15"},
    "logistics-2": {"02", "13", "16", "20"},
    "it-centre-2": {"14"},
    "hospital-2": {"13", "17"},
}


class Company:
    """Built once from a database that holds the demo university."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.people = {row.login: row.id for row in db.session.execute(select(Person.login, Person.id))}
        self.units = {row.code: row.id for row in db.session.execute(select(Unit.code, Unit.id))}
        self.categories = {row.code: row.id for row in db.session.execute(select(Category.code, Category.id))}
        self._changes = sorted(set(db.session.scalars(select(Delegation.from_on))))
        self._actors: dict[tuple[str, int], Actor] = {}
        self._by_role: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in content.university()["person"]:
            for role in row["roles"]:
                self._by_role[role, row["unit"]].append(row["login"])

    def actor(self, login: str) -> Actor:
        """A person as he is today; asked anew only where a delegation began meanwhile."""
        period = sum(day <= clock.today() for day in self._changes)
        known = self._actors.get((login, period))
        if known is None:
            known = self._actors[login, period] = _present(actor_of(self.people[login]), login)
        return known

    def with_role(self, role: str, unit: str | None = None) -> list[str]:
        """Logins holding a role, at one unit or anywhere, in the order of the file."""
        if unit is not None:
            return self._by_role[role, unit]
        return [login for (held, _unit), logins in self._by_role.items() if held == role for login in logins]

    def clerk(self) -> str:
        return self.chance.choices(list(CLERKS), list(CLERKS.values()))[0]

    def other_clerk(self, than: str) -> str:
        return self.chance.choice([login for login in CLERKS if login != than])

    def head(self, unit: str) -> str:
        """Usually the head, now and then the deputy."""
        heads = self.with_role("head", unit)
        return heads[0] if self.chance.random() < 0.8 else heads[-1]

    def handler(self, unit: str, category: str) -> str:
        hands = self.with_role("handler", unit)
        trade = [login for login in hands if category in TRADES.get(login, ())]
        return self.chance.choice(trade or hands)

    def liaisons_of(self, leader: str) -> list[str]:
        """Who may write for a leader today."""
        key = self.people[leader]
        return [login for login in self.with_role("liaison") if key in self.actor(login).leads_for]

    def linked_with(self, place: str) -> list[str]:
        return [row["person"] for row in content.university()["link"] if row["unit"] == place]

    def supervisor(self, unit: str) -> str | None:
        """The leader in charge of a unit."""
        return next((row["leader"] for row in content.university()["supervision"] if row["unit"] == unit), None)


def _present(actor: Actor | None, login: str) -> Actor:
    if actor is None:
        raise LookupError(login)
    return actor
