"""确认导入: a plan is written, in the caller's transaction, and what it changed is recorded beside it.

Rows are added, changed or closed, never deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, inspect, select, update

from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import Base, add, add_each, add_one, db, run, table
from liaison.core.errors import BadInput, Conflict
from liaison.exchange.models import RosterChange, RosterImport
from liaison.exchange.rosters.closing import Closing
from liaison.exchange.rosters.editions import Edition
from liaison.exchange.rosters.packing import packed
from liaison.exchange.rosters.planning import Plan, Step
from liaison.exchange.rosters.shelves import SHELVES, Row, Values
from liaison.people.actions import end_sessions_of
from liaison.people.actor import Actor

AT_ONCE = 500  # rows of one statement
Progress = Callable[[int, int], None]  # rows written so far, of how many


def write(plan: Plan, closings: dict[str, Closing], close: Collection[str], actor: Actor, told: Progress) -> int:
    """Write everything a plan holds, close what is missing of the sheets ticked; returns the key of the import.

    Conflict where the plan has faults, BadInput(close=…) where a sheet may not be closed. Commits nothing.
    """
    if plan.faults:
        raise Conflict(_("文件里还有要改的地方，没有写入。"))
    ticked = {code: closings[code] for code in close if code in closings}
    if any(closing.refusals for closing in ticked.values()):
        raise BadInput(close=_("勾选停用的行里有不能停用的，没有写入。"))
    pen = _Pen(plan, told, len(plan.steps) + sum(len(closing.rows) for closing in ticked.values()))
    for shelf in SHELVES:
        pen.add([step for step in plan.steps if step.wish.shelf == shelf and step.row is None], shelf)
        pen.change([step for step in plan.steps if step.wish.shelf == shelf and step.row is not None], shelf)
    for code, closing in ticked.items():
        pen.close(code, closing)
    for edition in plan.editions:
        pen.edition(edition, actor)
    return pen.record(actor)


class _Pen:
    """Writes rows table by table and remembers how they were."""

    def __init__(self, plan: Plan, told: Progress, total: int) -> None:
        self.plan, self.told, self.total = plan, told, total
        self.changes: list[dict[str, Any]] = []
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.keys: dict[str, dict[Any, int]] = {}  # shelf → what a row is known by → its key
        self.leaving: set[int] = set()  # people whose sessions end: the account is closed, or a role is new

    def add(self, steps: list[Step], shelf: str) -> None:
        for wave in self._waves(steps, shelf):
            for group in _alike(wave):
                rows: list[Mapping[str, Any]] = [self._raw(shelf, step.after) for step in group]
                for step, key in zip(group, add_each(SHELVES[shelf].model, rows), strict=True):
                    self._known(shelf)[step.wish.known[0]] = key
                    self._note(step, key, None, {})
                self._tell()

    def change(self, steps: list[Step], shelf: str) -> None:
        for group in _alike(steps):
            rows = [(step, self._raw(shelf, step.before), self._raw(shelf, step.after)) for step in group]
            update_rows(SHELVES[shelf].model, [(step.row.id, after) for step, _before, after in rows if step.row])
            for step, before, after in rows:
                self._note(step, step.row.id if step.row else 0, before, after)
            self._tell()

    def close(self, code: str, closing: Closing) -> None:
        model, rows = SHELVES[closing.shelf].model, list(closing.rows.values())
        update_rows(model, [(row.id, closing.after) for row in rows])
        for row in rows:
            before = {name: row.values[name] for name in closing.after}
            self._keep(code, closing.shelf, row.id, _name(row), before, closing.after)
            self.counts[code][2] += 1
        self._tell()

    def edition(self, edition: Edition, actor: Actor) -> None:
        """A new edition; it is not among what can be undone."""
        edition.write(actor)
        self.counts[edition.kind.code][0] += edition.counts[0]
        self.counts[edition.kind.code][1] += edition.counts[1]

    def record(self, actor: Actor) -> int:
        counts = dict(self.counts)
        key = add_one(RosterImport, {"by_id": actor.id, "at": clock.now(), "counts": counts})
        self._read_added()
        if self.changes:
            add(RosterChange, *({**change, "import_id": key} for change in self.changes))
        for person_id in sorted(self.leaving):
            end_sessions_of(person_id)
        audit.append(actor.id, "roster.imported", object=str(key), rows=counts)
        db.session.expire_all()
        return key

    def _waves(self, steps: list[Step], shelf: str) -> Iterator[list[Step]]:
        """Whoever is pointed to in the same table comes first: colleges before their classes."""
        own = [column for column, to in SHELVES[shelf].points.items() if to == shelf]
        waiting = steps
        while waiting:
            known = self._known(shelf) if own else {}
            ready = (
                [s for s in waiting if all(s.after.get(column) in {None, *known} for column in own)] if own else waiting
            )
            yield ready
            done = set(map(id, ready))
            waiting = [step for step in waiting if id(step) not in done]

    def _raw(self, shelf: str, values: Values) -> Values:
        """What the database keeps: keys in the place of codes and numbers."""
        one = SHELVES[shelf]
        raw = {name: value for name, value in values.items() if name not in one.called}
        for name, to in one.points.items():
            if raw.get(name) is not None:
                raw[name] = self._known(to)[raw[name]]
        return raw

    def _known(self, shelf: str) -> dict[Any, int]:
        if shelf not in self.keys:
            self.keys[shelf] = {key[0]: row.id for key, row in self.plan.stock.rows(shelf).items()}
        return self.keys[shelf]

    def _note(self, step: Step, key: int, before: Values | None, after: Values) -> None:
        code, shelf = step.wish.kind.code, step.wish.shelf
        self._keep(code, shelf, key, step.wish.label, before, after)
        self.counts[code][0 if before is None else 1] += 1
        if shelf == "role_grant":
            self.leaving.add(self._known("person")[step.wish.key["person_id"]])

    def _keep(self, code: str, shelf: str, key: int, label: str, before: Values | None, after: Values) -> None:
        if shelf == "person" and after.get("is_active") is False:
            self.leaving.add(key)
        was = packed(before) if before is not None else None
        self.changes.append(
            {
                "sheet": code,
                "of_table": shelf,
                "row_key": key,
                "label": label[:90],
                "before": was,
                "after": packed(after),
            }
        )

    def _read_added(self) -> None:
        """A new row is kept as the database has it, defaults and all: whoever changes it later is seen."""
        added: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for change in self.changes:
            if change["before"] is None:
                added[change["of_table"]][change["row_key"]] = change
        for shelf, changes in added.items():
            for row in rows_of(SHELVES[shelf].model, list(changes)):
                changes[row["id"]]["after"] = packed(row)

    def _tell(self) -> None:
        self.told(len(self.changes), self.total)


def rows_of(model: type[Base], keys: list[int]) -> Iterator[dict[str, Any]]:
    """Whole rows as they are in the database."""
    wanted = table(model)
    for at in range(0, len(keys), AT_ONCE):
        for row in run(select(wanted).where(wanted.c.id.in_(keys[at : at + AT_ONCE]))).mappings():
            yield dict(row)


def update_rows(model: type[Base], rows: list[tuple[int, Values]]) -> None:
    """Rows whose same columns change; the counter of changes of a row goes up, as with any other change."""
    if not rows:
        return
    columns = table(model).c
    counted = {"version": columns.version + 1} if inspect(model).version_id_col is not None else {}
    values = {name: bindparam(f"to_{name}", type_=columns[name].type) for name in rows[0][1]} | counted
    statement = update(table(model)).where(columns.id == bindparam("this_row")).values(values)
    run(statement, [{"this_row": key, **{f"to_{name}": value for name, value in row.items()}} for key, row in rows])


def _alike(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Rows with the same columns, as many as one statement takes."""
    groups: dict[tuple[str, ...], list[Step]] = defaultdict(list)
    for step in steps:
        groups[tuple(sorted(step.after))].append(step)
    for group in groups.values():
        for at in range(0, len(group), AT_ONCE):
            yield group[at : at + AT_ONCE]


def _name(row: Row) -> str:
    said = row.values
    return " ".join(str(said[name]) for name in ("code", "no", "person_id", "name", "title") if said.get(name))
