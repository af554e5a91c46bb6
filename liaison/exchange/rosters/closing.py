"""停用: rows that are there and not in the file. Nothing is closed unless the office ticks it (imports.md §1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from flask_babel import gettext as _

from liaison.core import clock
from liaison.exchange.rosters import holding
from liaison.exchange.rosters.planning import Plan
from liaison.exchange.rosters.shelves import Known, Row, Values
from liaison.exchange.rosters.wishes.units import OWN_SHEET
from liaison.people.actor import Actor
from liaison.people.words import Role, UnitType

MOST = 0.2  # of the open rows: more would rather be half a file
T = UnitType


@dataclass
class Closing:
    """What a sheet does not name: rows that would close, of how many open ones, and why they may not."""

    shelf: str
    open_count: int
    rows: dict[Known, Row]
    after: Values
    refusals: list[str] = field(default_factory=list)

    @property
    def is_too_many(self) -> bool:
        return len(self.rows) > MOST * self.open_count


def closings(plan: Plan, actor: Actor) -> dict[str, Closing]:
    """Sheet → what of it is not in the file; only of sheets that are, and only where something is missing."""
    named = {wish.kind.code for wishes in plan.wanted.values() for wish in wishes.values()}
    found = {code: _closing(plan, *OF[code]) for code in OF if code in named}
    for closing in found.values():
        _refuse(plan, closing, actor)
    return {code: closing for code, closing in found.items() if closing.rows}


def _closing(plan: Plan, shelf: str, is_open: Callable[[Values], bool], after: Callable[[], Values]) -> Closing:
    open_rows = {key: row for key, row in plan.stock.rows(shelf).items() if is_open(row.values)}
    asked = plan.wanted.get(shelf, {})
    missing = {key: row for key, row in open_rows.items() if key not in asked}
    return Closing(shelf, len(open_rows), missing, after())


def _refuse(plan: Plan, closing: Closing, actor: Actor) -> None:
    if closing.is_too_many:
        closing.refusals.append(_("超过现有的五分之一，像是文件不全，不能停用。"))
        return
    if closing.shelf == "unit":
        held = holding.of_units({row.id for row in closing.rows.values()})
        said = [f"{row.values['name']}：{held[row.id]}" for row in closing.rows.values() if row.id in held]
        closing.refusals += said
    if closing.shelf == "person":
        admins = {key[0] for key in plan.stock.rows("role_grant") if key[1] is Role.ADMIN}
        kept = [row for key, row in closing.rows.items() if key[0] in admins or row.id == actor.id]
        said = [_("%(name)s：管理员的账号和自己的账号，请在账号页停用。", name=row.values["name"]) for row in kept]
        closing.refusals += said


def _unit_of(*types: UnitType) -> Callable[[Values], bool]:
    return lambda unit: unit["closed_on"] is None and unit["type"] in types


def _is_not_over(row: Values) -> bool:
    return row["until_on"] is None or bool(row["until_on"] >= clock.today())


def _today() -> Values:
    return {"closed_on": clock.today(), "can_receive_tickets": False}


def _yesterday() -> Values:
    return {"until_on": clock.today() - timedelta(days=1)}


OF: dict[str, tuple[str, Callable[[Values], bool], Callable[[], Values]]] = {
    "org_unit": ("unit", _unit_of(*(word for word in T if word not in OWN_SHEET)), _today),
    "class": ("unit", _unit_of(T.CLASS), _today),
    "dorm": ("unit", _unit_of(T.DORM_BUILDING, T.DORM_ROOM), _today),
    "club": ("unit", _unit_of(T.CLUB, T.ASSOCIATION), _today),
    "place": ("unit", _unit_of(T.CANTEEN, T.PLACE), _today),
    "person": ("person", lambda person: bool(person["is_active"]), lambda: {"is_active": False}),
    "appointment": ("post", _is_not_over, _yesterday),
    "link": ("link", _is_not_over, _yesterday),
}
