"""登记: links, absences, the obliged list and courses, a row at a time; many at once come by sheets 09, 11 and 13.

A row says what was true from a day to a day. It is corrected when it was wrong, ended when it is over, and taken
out only when it was never true; each leaves a row in the audit log. Whom it concerns is counted anew by the tick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from liaison.audit.actions import append
from liaison.core.clock import today
from liaison.core.db import Base, add_one, run, table
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.people.models import Link, StaffLink, Unit
from liaison.people.words import UnitType
from liaison.programmes.models import Absence, Course, StaffObliged
from liaison.programmes.reckoning.fitting import SORTS

LINKED = frozenset().union(*SORTS.values()) & {one.value for one in UnitType}  # sorts of units one is linked with
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Register:
    """One sort of rows. Two rows equal in `alike` never hold on one day; `beside` names the field that says so."""

    name: str  # in addresses and in the audit log
    model: type[Base]
    alike: tuple[str, ...]
    beside: str

    @property
    def is_dated(self) -> bool:
        return "from_on" in table(self.model).c


LINKS = Register("links", Link, ("person_id", "unit_id"), "unit_text")
STAFF_LINKS = Register("colleagues", StaffLink, ("person_id", "colleague_id"), "colleague_text")
ABSENCES = Register("absences", Absence, ("person_id",), "from_on")
OBLIGED = Register("obliged", StaffObliged, ("person_id",), "person_text")
COURSES = Register("courses", Course, ("code", "term_id"), "code")


def add(actor: Actor, register: Register, values: Values) -> None:
    """Write a new row. BadInput beside the field that cannot be. Commits nothing."""
    _must_fit(register, values)
    key = add_one(register.model, values)
    append(actor.id, "register.added", object=f"{register.name} {key}", **_told(values))


def correct(actor: Actor, register: Register, key: int, seen: str, values: Values) -> None:
    """Write what should have stood there. `seen`: the row as it was drawn (`fingerprint`).

    Raises NotVisible, BadInput, Conflict (changed since, from another window). Commits nothing.
    """
    row = row_of(register, key)
    if fingerprint(row) != seen:
        raise Conflict(_("刚才在另一个页面上先改了。请对照后再存一次。"))
    changed = {name: value for name, value in values.items() if row[name] != value}
    if not changed:
        return
    _must_fit(register, row | changed, besides=key)
    columns = table(register.model).c
    run(update(table(register.model)).where(columns.id == key).values(changed))
    before = {f"{name}_before": row[name] for name in changed}
    append(actor.id, "register.corrected", object=f"{register.name} {key}", **_told(changed | before))


def end(actor: Actor, register: Register, key: int) -> None:
    """Over since today: yesterday was its last day. Conflict for what has not begun, or is over."""
    row, yesterday = row_of(register, key), today() - timedelta(days=1)
    if row["from_on"] > yesterday:
        raise Conflict(_("今天才开始的还不能结束；登记错了可以删去。"))
    if row["until_on"] and row["until_on"] <= yesterday:
        raise Conflict(_("这一条已经结束了。"))
    columns = table(register.model).c
    run(update(table(register.model)).where(columns.id == key).values(until_on=yesterday))
    append(actor.id, "register.ended", object=f"{register.name} {key}")


def remove(actor: Actor, register: Register, key: int) -> None:
    """Take out what was never true; what it was stays in the audit log. NotVisible; Conflict where it is in use."""
    row = row_of(register, key)
    if register is COURSES and is_heard(key):
        raise Conflict(_("已有联系记录听了这门课，不能删去。"))
    run(delete(table(register.model)).where(table(register.model).c.id == key))
    append(actor.id, "register.removed", object=f"{register.name} {key}", **_told(row))


def row_of(register: Register, key: int) -> dict[str, Any]:
    """A row by its key. NotVisible."""
    row = run(select(table(register.model)).where(table(register.model).c.id == key)).mappings().one_or_none()
    if row is None:
        raise NotVisible
    return dict(row)


def is_heard(course_id: int) -> bool:
    """Did a leader listen to it? Contacts stand in a higher row; the tables are known by name."""
    contact = Base.metadata.tables["contact"]
    return run(select(contact.c.id).where(contact.c.course_id == course_id).limit(1)).first() is not None


def fingerprint(row: Values) -> str:
    """A row as it was seen, for a form to carry."""
    return "~".join(str(value) for name, value in sorted(row.items()) if name != "id")


def _must_fit(register: Register, values: Values, besides: int = 0) -> None:
    if register.is_dated and values["until_on"] and values["until_on"] < values["from_on"]:
        raise BadInput(until_on=_("结束的日子要在开始之后。"))
    if register is LINKS and _sort(values["unit_id"]) not in LINKED:
        raise BadInput(unit_text=_("联系点是党组织、院系、教研室、班级、宿舍、食堂、社团或学生组织。"))
    if register is STAFF_LINKS and values["person_id"] == values["colleague_id"]:
        raise BadInput(colleague_text=_("请选另一位老师。"))
    if _stands(register, values, besides):
        raise BadInput(**{register.beside: _("这段时间已经登记过，请改那一条。")})


def _sort(unit_id: int) -> str | None:
    found = run(select(Unit.type).where(Unit.id == unit_id)).scalar_one_or_none()
    return found.value if found else None


def _stands(register: Register, values: Values, besides: int) -> bool:
    columns = table(register.model).c
    same = [columns[name] == values[name] for name in register.alike]
    if register.is_dated:
        until = values["until_on"] or date.max
        same += [columns.from_on <= until, or_(columns.until_on.is_(None), columns.until_on >= values["from_on"])]
    if register is ABSENCES and values["half"]:
        same.append(or_(columns.half.is_(None), columns.half == values["half"]))
    return run(select(columns.id).where(*same, columns.id != besides).limit(1)).first() is not None


def _told(values: Values) -> dict[str, Any]:
    return {name: str(getattr(value, "value", value)) for name, value in values.items() if value is not None}
