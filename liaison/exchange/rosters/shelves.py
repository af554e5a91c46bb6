"""The tables that rosters fill, as an office knows their rows: by number, by name, by day, never by key.

A column that points to another table holds what that row is known by: of a unit its code, of a person the staff
number. Whole tables are read at once: a roster compares thousands of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, inspect, select

from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import Base, run, table
from liaison.people.models import Dated, Link, Person, Post, RoleGrant, StaffLink, Supervision, Unit
from liaison.people.queries.acting import valid
from liaison.programmes.models import Absence, CarrierPlan, Course
from liaison.tickets.models import Category, LegacyTicket

Known = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True)
class Shelf:
    """One table. `key`: what tells its rows apart · `points`: column → the shelf it points to."""

    model: type[Base]
    key: tuple[str, ...]
    points: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)  # names that are no column
    of_today: type[Dated] | None = None  # only rows valid today are looked at


SHELVES: dict[str, Shelf] = {  # in the order in which they are written: who is pointed to comes first
    "unit": Shelf(Unit, ("code",), {"parent_id": "unit", "successor_id": "unit"}),
    "person": Shelf(Person, ("no",), {"unit_id": "unit"}, {"no": func.coalesce(Person.staff_no, Person.login)}),
    "post": Shelf(Post, ("person_id", "unit_id", "title", "from_on"), {"person_id": "person", "unit_id": "unit"}),
    "supervision": Shelf(
        Supervision, ("leader_id", "unit_id"), {"leader_id": "person", "unit_id": "unit"}, of_today=Supervision
    ),
    "role_grant": Shelf(
        RoleGrant, ("person_id", "role", "unit_id"), {"person_id": "person", "unit_id": "unit"}, of_today=RoleGrant
    ),
    "term": Shelf(Term, ("label",), called={"label": Term.academic_year + "-" + cast(Term.term_no, String)}),
    "course": Shelf(Course, ("code", "term_id"), {"term_id": "term", "unit_id": "unit"}),
    "link": Shelf(
        Link, ("person_id", "unit_id", "from_on"), {"person_id": "person", "unit_id": "unit", "liaison_id": "person"}
    ),
    "staff_link": Shelf(
        StaffLink, ("person_id", "colleague_id", "from_on"), {"person_id": "person", "colleague_id": "person"}
    ),
    "carrier_plan": Shelf(CarrierPlan, ("person_id", "academic_year"), {"person_id": "person"}),
    "absence": Shelf(Absence, ("person_id", "from_on", "half"), {"person_id": "person"}),
    "category": Shelf(Category, ("code",), {"lead_unit_id": "unit"}),
    "legacy_ticket": Shelf(LegacyTicket, ("known_by",), {"unit_id": "unit"}),
}


@dataclass(frozen=True)
class Row:
    """A row that is there: its key in the database, and its columns as an office says them."""

    id: int
    values: Values


class Stock:
    """Everything that is there, read when it is asked for, once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Known, Row]] = {}
        self._names: dict[str, dict[int, Any]] = {}

    def rows(self, shelf: str) -> dict[Known, Row]:
        if shelf not in self._rows:
            self._rows[shelf] = self._read(SHELVES[shelf])
        return self._rows[shelf]

    def get(self, shelf: str, key: Known) -> Row | None:
        return self.rows(shelf).get(key)

    def _read(self, shelf: Shelf) -> dict[Known, Row]:
        columns = {name: shelf.called[name].label(name) for name in shelf.called}
        columns |= {one.key: getattr(shelf.model, one.key) for one in inspect(shelf.model).column_attrs}
        wanted = select(*columns.values()).order_by(columns["id"])
        if shelf.of_today:
            wanted = wanted.where(valid(shelf.of_today, clock.today()))
        found: dict[Known, Row] = {}
        for line in run(wanted):
            values = dict(zip(columns, line, strict=True))
            values |= {name: self._called(to, values[name]) for name, to in shelf.points.items()}
            found.setdefault(tuple(values[name] for name in shelf.key), Row(values["id"], values))
        return found

    def _called(self, shelf: str, key: int | None) -> Any:
        """What a row that is pointed to is known by."""
        if shelf not in self._names:
            one = SHELVES[shelf]
            name = one.called[one.key[0]] if one.called else getattr(one.model, one.key[0])
            known: Sequence[Any] = run(select(table(one.model).c.id, name)).all()
            self._names[shelf] = {row.id: row[1] for row in known}
        return self._names[shelf].get(key) if key is not None else None
