"""The figures as the page has them: groups of lines, the lead units in organisational order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liaison.core.language import lazy_gettext as _l
from liaison.core.paging import SIZE
from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.errand_figures import ERRANDS
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.handing import HANDING
from liaison.oversight.figures.outings import OUTINGS
from liaison.oversight.figures.printing import printed, proof
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.results import Result
from liaison.oversight.figures.speed import SPEED
from liaison.oversight.figures.telling import TELLING
from liaison.oversight.figures.truth import TRUTH
from liaison.oversight.figures.volume import VOLUME
from liaison.oversight.figures.waiting import WAITING
from liaison.oversight.figures.world import World

FACTS = ("answered_final", "verified_over_countable", "told_over_outcome", "closed_rate")  # rulings §3, side by side
GROUPS: tuple[tuple[Any, tuple[Figure, ...]], ...] = (
    (_l("快慢"), (*SPEED, *WAITING)),
    (_l("实情"), TRUTH),
    (_l("告知与评价"), TELLING),
    (_l("数量"), VOLUME),
    (_l("派单与协办"), (*HANDING, *ERRANDS)),
    (_l("联系"), OUTINGS),
)
AT_LEAST_RESTRICTED = 5
AT_LEAST = 20  # under so many a unit's share is shown as counts only


@dataclass(frozen=True)
class Line:
    """One figure as it is read."""

    figure: Figure
    result: Result
    value: str
    proof: str


@dataclass(frozen=True)
class UnitLine:
    """What one lead unit has to do with: counts, and the shares behind which there are enough."""

    name: str
    tickets: int
    closed: str
    on_time: str
    overdue: int


def line(figure: Figure, world: World) -> Line:
    result = figure.count(world)
    return Line(figure, result, printed(figure, result), proof(figure, result))


def facts(world: World) -> list[Line]:
    """办理、核实、告知、办结: four facts, four rates."""
    return [line(figure(key), world) for key in FACTS]


def groups(world: World) -> list[tuple[Any, list[Line]]]:
    return [(name, [line(one, world) for one in figures]) for name, figures in GROUPS]


def units(world: World, names: Mapping[int, str]) -> list[UnitLine]:
    """Units that lead a counted ticket, in the order of `names`. Restricted matters are not in it."""
    theirs: dict[int | None, dict[int, Record]] = defaultdict(dict)
    for key, one in world.records.items():
        if one.is_named:
            theirs[one.unit_id][key] = one
    return [found for key, name in names.items() if (found := _unit(name, theirs.get(key, {}), world)) is not None]


def _unit(name: str, theirs: dict[int, Record], world: World) -> UnitLine | None:
    own = World(world.scope, theirs, [])
    tickets = len(own.cohort())
    overdue = figure("overdue_stock", View.STOCK).count(own)
    if not (tickets or overdue.denominator):
        return None
    closed, on_time = (figure(*key).count(own) for key in (("closed_rate",), ("on_time_final", View.DUE)))
    return UnitLine(name, tickets, _compared(closed), _compared(on_time), overdue.numerator or 0)


def _compared(result: Result) -> str:
    counts = f"{result.numerator}/{result.denominator}"
    if result.per_mille is None or (result.denominator or 0) < AT_LEAST or result.interval is None:
        return counts if result.denominator else "—"
    low, high = (f"{100 * end:.0f}" for end in result.interval)
    return f"{result.per_mille // 10}.{result.per_mille % 10}%（{counts}，{low}–{high}）"


@dataclass(frozen=True)
class Listed:
    """One page of the tickets behind a figure, the newest first; restricted ones are a number, from five on.

    `total` holds no more than is told here. The figure itself counts every matter: a number must be the same wherever
    it is printed, so that whoever compares it with a short list learns that there is another, but nothing of it.
    """

    rows: Sequence[Record]
    total: int
    restricted: int
    before: int | None  # keys at which the pages beside it begin
    after: int | None


def listed(records: Sequence[Record], *, after: int | None = None, before: int | None = None) -> Listed:
    """`after` a key come older ones, `before` it newer ones."""
    named = [one for one in reversed(records) if one.is_named]
    if before is not None:
        rows = [one for one in named if one.key > before][-SIZE:]
    else:
        rows = [one for one in named if after is None or one.key < after][:SIZE]
    newer = rows[0].key if rows and rows[0] is not named[0] else None
    older = rows[-1].key if rows and rows[-1] is not named[-1] else None
    total = told(records)
    return Listed(rows, total, total - len(named), newer, older)


def told(records: Sequence[Record]) -> int:
    """How many of them may be said: those that are listed, and the restricted ones from five on."""
    restricted = sum(not one.is_named for one in records)
    return len(records) - (restricted if restricted < AT_LEAST_RESTRICTED else 0)
