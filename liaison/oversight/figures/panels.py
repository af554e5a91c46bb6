"""看板: the first screen in its parts. Pure: a world goes in, rows of tables and charts come out; nothing is ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.catalogue import BY_NAME, figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.showing import Line, line
from liaison.oversight.figures.world import World
from liaison.tickets.models.work import Ledger, PauseReason
from workflows.ticket_states import Stage

FEWEST = 5  # a place or a category with fewer is not named: one could guess whose it was
OLDEST = 10
PARTS: tuple[tuple[Any, str], ...] = (  # heading, and the figures under it with their sets
    (_l("按期"), "on_time_final.due on_time_first.due on_time_unpaused.due on_time_original.due overdue_stock.stock"),
    (
        _l("解决：说的与核实的"),
        "claimed_over_countable.cohort verified_over_countable.cohort checks_passed.cohort reopened_tickets.cohort"
        " recurrence_over_claimed.cohort",
    ),
    (
        _l("评价"),
        "satisfied_wide.flow satisfied_strict.flow rating_response.flow rating_coverage.cohort"
        " satisfaction_lower.cohort satisfaction_upper.cohort",
    ),
    (_l("派单"), "hops.cohort dispatch_accuracy.cohort return_rate.flow"),
)
WHOSE: dict[str, Any] = {
    Ledger.OFFICE.value: _l("党政办公室"),
    Ledger.CUSTODY.value: _l("承办部门"),
    PauseReason.INFO.value: _l("等待补充"),
    PauseReason.MEETING.value: _l("等待会议"),
    PauseReason.PLAN.value: _l("按计划推进"),
    PauseReason.MERGED.value: _l("已并案"),
    PauseReason.ANSWERED.value: _l("答复后又重办"),
}


@dataclass(frozen=True)
class Row:
    """A name with what it stands for: counted here, of it answered, of it shut."""

    name: str
    tickets: int
    answered: int
    closed: int


@dataclass(frozen=True)
class Old:
    """One of the oldest open tickets."""

    record: Record
    days: int


def load(world: World, today: date) -> list[tuple[Any, int]]:
    """What today has brought and taken away."""
    records, holds = world.records.values(), Scope(today, today, today).holds
    return [
        (_l("新提出的诉求"), sum(holds(one.raised_at) for one in world.said())),
        (_l("交办"), sum(holds(event.at) for _one, event in world.events("dispatch", "designate"))),
        (_l("答复"), sum(one.handled is not None and holds(one.handled.at) for one in records)),
        (_l("告知"), sum(holds(heard.at) for one in world.voices for heard in one.heard)),
        (_l("办结"), sum(holds(one.closed_at) for one in records)),
    ]


def stages(world: World) -> list[tuple[str, int]]:
    """Where the open ones stand."""
    found = Counter(one.state.stage for one in world.records.values() if one.is_countable and one.is_open)
    return [(stage.label, found[stage]) for stage in Stage]


def parts(world: World) -> list[tuple[Any, list[Line]]]:
    return [(words, [line(BY_NAME[name], world) for name in names.split()]) for words, names in PARTS]


def bands(world: World, key: str) -> list[tuple[str, int]]:
    """A stock by age, as the figure of this key cuts it."""
    return list(figure(key, View.STOCK).count(world).parts["bands"].items())


def wait(world: World) -> list[tuple[Any, int]]:
    """Whose time all the waiting was, in working days; what was nobody's is left out."""
    found = figure("wait_split").count(world).parts
    return [(words, found[whose]) for whose, words in WHOSE.items() if found.get(whose)]


def oldest(world: World) -> list[Old]:
    """The open ones that have waited longest; restricted ones are in the totals only."""
    ages = world.ages()
    named = [one for one in world.stock() if one.is_named]
    return [Old(one, ages[one.key]) for one in sorted(named, key=lambda one: (-ages[one.key], one.key))[:OLDEST]]


def by_category(world: World, names: Mapping[int, str]) -> list[Row]:
    """The cohort by category, in the order of the categories; the few together."""
    return _rows([(one.category_id, one) for one in world.cohort()], names)


def named_places(world: World) -> list[int]:
    """Places with so many of the cohort that they may be named."""
    found = Counter(one.place_id for one in world.cohort() if one.is_named)
    return [place for place, n in found.items() if place is not None and n >= FEWEST]


def by_place(world: World, names: Mapping[int, str]) -> list[Row]:
    """The cohort by place, in organisational order; the few together."""
    return _rows([(one.place_id, one) for one in world.cohort()], names)


def _rows(found: Iterable[tuple[int | None, Record]], names: Mapping[int, str]) -> list[Row]:
    """Restricted ones are among the rest, which appears from five on as well."""
    groups: dict[int | None, list[Record]] = {key: [] for key in (*names, None)}
    for key, one in found:
        groups[key if one.is_named and key in names else None].append(one)
    few = [key for key, those in groups.items() if key is not None and len(those) < FEWEST]
    for key in few:
        groups[None] += groups.pop(key)
    rows = [_row(names[key], those) for key, those in groups.items() if key is not None]
    rest = groups[None]
    return [*rows, _row("", rest)] if len(rest) >= FEWEST else rows


def _row(name: str, those: Sequence[Record]) -> Row:
    handled, closed = (sum(map(is_so, those)) for is_so in (lambda one: one.handled is not None, _is_closed))
    return Row(name, len(those), handled, closed)


def _is_closed(one: Record) -> bool:
    return one.is_closed
