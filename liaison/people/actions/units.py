"""Units: opened, changed, closed with a successor; never deleted, because old tickets name them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from liaison.audit.actions import append
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.people import holdings
from liaison.people.models import Link, Person, Supervision, Unit
from liaison.people.queries.acting import actor_of, valid
from liaison.people.queries.units import by_code, holds_anything, missing_to_receive, path_to
from liaison.people.words import UnitType

CHANGEABLE = ("name", "aliases", "type", "function", "parent_id", "can_receive_tickets", "order")


def open_unit(
    code: str,
    name: str,
    type: UnitType,
    parent: Unit | None,
    *,
    actor_id: int | None,
    opened_on: date | None = None,
    **more: object,
) -> Unit:
    """A new unit under a parent. BadInput(code=…) when the code is taken."""
    if by_code(code):
        raise BadInput(code=_("这个编号已有单位用。"))
    parent_id = parent.id if parent else None
    unit = Unit(code=code, name=name, type=type, parent_id=parent_id, opened_on=opened_on or today(), **more)
    db.session.add(unit)
    db.session.flush()
    append(actor_id, "unit.opened", object=code)
    return unit


def change_unit(unit: Unit, version: int, *, actor_id: int, parent: Unit | None, **values: object) -> None:
    """Change what a unit is called and where it stands. Conflict when somebody changed it since `version`."""
    if unit.version != version:
        raise Conflict(_("刚才有人先改了这个单位，现在叫「%(name)s」。请看一眼再改。", name=unit.name))
    if parent and unit in path_to(parent):
        raise BadInput(parent=_("上级单位不能是它自己或它的下级。"))
    wanted = {**values, "parent_id": parent.id if parent else None}
    changed = {name: wanted[name] for name in CHANGEABLE if name in wanted and getattr(unit, name) != wanted[name]}
    for name, value in changed.items():
        setattr(unit, name, value)
    if changed:
        append(actor_id, "unit.changed", object=unit.code, changed=sorted(changed))


def close_unit(unit: Unit, successor: Unit | None, *, actor_id: int) -> None:
    """Close a unit today; matters at work, parts, links and supervision pass to the successor in this one act.

    BadInput(successor=…) when it holds something and none is named, or when the successor cannot take it
    (rulings §13).
    """
    if unit.closed_on is not None:
        raise Conflict(_("「%(name)s」已经撤销。", name=unit.name))
    waiting = holdings.open_matters(unit.id)
    if successor is None and waiting:
        raise BadInput(successor=_("它名下还有 %(n)d 件在办事项，请写明由哪个单位接续。", n=waiting))
    if successor is None and (unit.can_receive_tickets or holds_anything(unit.id)):
        raise BadInput(successor=_("它名下还有事项、联系点、人员或下级单位，请写明由哪个单位接续。"))
    if successor and unit in path_to(successor):
        raise BadInput(successor=_("接续的单位不能是它自己或它的下级。"))
    if successor and waiting:
        _refuse_unable(unit, successor, waiting)
    if successor:
        _pass_on(unit, successor, actor_id)
    unit.closed_on, unit.can_receive_tickets = today(), False
    append(actor_id, "unit.closed", object=unit.code, successor=successor.code if successor else "")


def _refuse_unable(unit: Unit, successor: Unit, waiting: int) -> None:
    """Matters at work need somebody who works on them, and nobody whom they are about."""
    if not successor.can_receive_tickets or successor.closed_on or missing_to_receive(successor.id):
        raise BadInput(
            successor=_(
                "有 %(n)d 件在办事项要转过去，「%(name)s」现在还不能承办：请先设为可以承办，并指定负责人和经办人。",
                n=waiting,
                name=successor.name,
            )
        )
    barred = holdings.barred(unit.id, successor.id)
    if barred:
        raise BadInput(
            successor=_(
                "%(n)d 件在办事项涉及「%(name)s」，它应当回避。请先把这些事项改派，或者换一个接续的单位。",
                n=barred,
                name=successor.name,
            )
        )


def _pass_on(unit: Unit, successor: Unit, actor_id: int) -> None:
    unit.successor_id = successor.id
    actor = actor_of(actor_id)
    if actor:
        holdings.pass_on(unit.id, successor.id, actor)
    db.session.execute(update(Unit).where(Unit.parent_id == unit.id).values(parent_id=successor.id))
    db.session.execute(update(Person).where(Person.unit_id == unit.id).values(unit_id=successor.id))
    models: tuple[type[Link] | type[Supervision], ...] = (Link, Supervision)
    for model in models:
        open_rows: Any = db.session.scalars(select(model).where(model.unit_id == unit.id, valid(model, today()))).all()
        for row in open_rows:
            _continue(row, successor)


def _continue(row: Link | Supervision, successor: Unit) -> None:
    """The old tie ended yesterday, the new one begins today: the past keeps its unit."""
    copy = {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs}
    db.session.add(type(row)(**{**copy, "id": None, "unit_id": successor.id, "from_on": today()}))
    row.until_on = today() - timedelta(days=1)
