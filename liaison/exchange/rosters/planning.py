"""预检: what is taken from a file, beside what is there: rows to add, to change, as before; and what is wrong.

The plan is made to be looked at, and made again to be written. Its mark tells whether it is still the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _

from liaison.core import clock
from liaison.core.cells import Fault
from liaison.exchange.rosters import checks, editions, legacy, wishes
from liaison.exchange.rosters.editions import Edition
from liaison.exchange.rosters.lines import Line, Wish
from liaison.exchange.rosters.reading import Finding, Taken, Workbook
from liaison.exchange.rosters.sheets import BY_CODE
from liaison.exchange.rosters.shelves import SHELVES, Known, Row, Stock, Values
from liaison.exchange.rosters.zeros import pad
from liaison.people.actor import Actor

OWN_SIDE = ("supervision", "role_grant")  # tables that a unit's row fills beside its own


@dataclass(frozen=True)
class Step:
    """One row to be written: without `row` a new one. Only the columns that differ."""

    wish: Wish
    row: Row | None
    after: Values

    @property
    def headings(self) -> list[str]:
        """The columns that differ, as the sheet calls them."""
        return list(dict.fromkeys(filter(None, map(self.wish.heading, self.after))))

    @property
    def before(self) -> Values:
        return {name: self.row.values[name] for name in self.after} if self.row else {}


@dataclass
class Plan:
    """What a file would do. With a fault it does nothing."""

    stock: Stock
    steps: list[Step] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)  # sheet → rows that are as the file has them
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    wanted: dict[str, dict[Known, Wish]] = field(default_factory=dict)  # shelf → what its rows are to be
    editions: list[Edition] = field(default_factory=list)  # of limits and programmes: those that would differ

    def count(self, kind: str) -> tuple[int, int, int]:
        """Of a sheet: rows added, changed, as before."""
        steps = [step for step in self.steps if step.wish.kind.code == kind]
        added = sum(step.row is None for step in steps)
        changed = len(steps) - added
        for one in self.editions:
            added, changed = (
                (added + one.counts[0], changed + one.counts[1]) if one.kind.code == kind else (added, changed)
            )
        return added, changed, self.same[kind]

    @property
    def is_empty(self) -> bool:
        return not self.steps and not self.editions

    @property
    def mark(self) -> str:
        """The same for the same steps: confirming does what was looked at, or nothing."""
        told = [(s.wish.shelf, s.wish.known, s.row and s.row.id, s.before, s.wish.values) for s in self.steps]
        return sha256(repr([told, [one.mark for one in self.editions]]).encode()).hexdigest()

    def value(self, shelf: str, key: Known, column: str) -> Any:
        """A column as it will be; None where there is no such row."""
        wish, row = self.wanted.get(shelf, {}).get(key), self.stock.get(shelf, key)
        if wish and column in wish.values:
            return wish.values[column]
        return row.values[column] if row else wish.fresh.get(column) if wish else None

    def has(self, shelf: str, key: Known) -> bool:
        return key in self.wanted.get(shelf, {}) or self.stock.get(shelf, key) is not None


def plan(book: Workbook, actor: Actor, *, zeros: int = 0) -> Plan:
    """Every row judged by itself, then beside the others, then beside what is there. Reads only.

    `zeros`: to how many signs staff numbers are filled up, where a spreadsheet lost what stood before them.
    """
    made = Plan(Stock(), faults=list(book.faults))
    for taken in book.taken:
        _gather(made, pad(taken, zeros))
    _supersede(made)
    legacy.name_units(made)
    checks.run(made, actor, {taken.kind for taken in book.taken})
    for shelf in SHELVES:
        for wish in made.wanted.get(shelf, {}).values():
            _compare(made, wish)
    made.faults.sort(key=lambda one: (one.sheet, one.row))
    return made


def _gather(made: Plan, taken: Taken) -> None:
    kind, faults = BY_CODE[taken.kind], list[Fault]()
    if kind.code in editions.NEEDS:
        _gather_editions(made, editions.wanted(taken, faults))
    for number, cells in taken.rows:
        for wish in wishes.OF.get(kind.code, _nothing)(Line(kind, number, dict(cells), faults)):
            _keep(made, wish)
    made.faults += [Finding(kind.tab, fault.row, fault.column, fault.words) for fault in faults]


def _nothing(_line: Line) -> Iterator[Wish]:
    """What a row of a sheet of editions asks for by itself."""
    return iter(())


def _gather_editions(made: Plan, found: list[Edition]) -> None:
    for one in found:
        made.same[one.kind.code] += one.counts[2]
    made.editions += [one for one in found if any(one.counts[:2])]


def _supersede(made: Plan) -> None:
    """Whoever is in charge of a unit and is not whom its row names was so until yesterday."""
    wanted = made.wanted.get("supervision", {})
    units = {key[1]: wish for key, wish in wanted.items()}
    for key in made.stock.rows("supervision") if units else ():
        if key[1] in units and key not in wanted:
            ended = {"until_on": clock.today() - timedelta(days=1)}
            named = {"leader_id": key[0], "unit_id": key[1]}
            wanted[key] = replace(units[key[1]], key=named, values=ended)


def _keep(made: Plan, wish: Wish) -> None:
    """Two rows may not ask for the same thing; a building is asked for by each of its rooms."""
    asked = made.wanted.setdefault(wish.shelf, {})
    earlier = asked.get(wish.known)
    if earlier is None:
        asked[wish.known] = wish
    elif not (wish.may_repeat and earlier.may_repeat):
        made.faults.append(_repeated(wish, earlier))
    else:
        unlike = next((c for c, value in wish.values.items() if earlier.values.get(c, value) != value), None)
        if unlike:
            words = _("和第 %(row)s 行写的不一样。", row=earlier.row)
            made.faults.append(Finding(wish.kind.tab, wish.row, wish.heading(unlike), words))
        asked[wish.known] = replace(earlier, values={**wish.values, **earlier.values})


def _repeated(wish: Wish, earlier: Wish) -> Finding:
    column = next(iter(wish.key))
    if wish.kind is not earlier.kind:
        words = _("“%(sheet)s”第 %(row)s 行已经用了这个编号。", sheet=earlier.kind.tab, row=earlier.row)
    else:
        words = _("和第 %(row)s 行重复。", row=earlier.row)
    return Finding(wish.kind.tab, wish.row, wish.heading(column), words)


def _compare(made: Plan, wish: Wish) -> None:
    row = made.stock.get(wish.shelf, wish.known)
    if row is None:
        _add(made, wish)
        return
    changed = {name: value for name, value in wish.values.items() if row.values[name] != value}
    if changed:
        made.steps.append(Step(wish, row, changed))
    elif wish.shelf not in OWN_SIDE:
        made.same[wish.kind.code] += 1


def _add(made: Plan, wish: Wish) -> None:
    for heading in wish.missing:
        made.faults.append(
            Finding(wish.kind.tab, wish.row, heading, _("请填写。合并的单元格只有第一格有内容，请先取消合并。"))
        )
    said = {name: value for name, value in wish.values.items() if value is not None}
    made.steps.append(Step(wish, None, {**wish.fresh, **wish.key, **said}))
