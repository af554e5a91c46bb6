"""The flow of a period: who went where how often, how long they waited, which ways are frequent, what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from liaison.oversight.figures.scope import Scope
from liaison.oversight.process.stays import Stay, Wait, waits
from liaison.oversight.queries import process as queries
from workflows.table import Start
from workflows.ticket_states import NOT_OPEN, State
from workflows.tickets import TICKETS

STATES = {state.value: state for state in State}
SHOWN = 10  # frequent paths; the rest is one line
BACK = ("ask_info", "request_return", "uphold_return", "head_return", "office_return", "check_mismatch", "reopen")
Edge = tuple[State | Start, State]


@dataclass(frozen=True)
class Path:
    """The states a matter went through, and how many went the same way."""

    states: tuple[State, ...]
    count: int

    @property
    def is_over(self) -> bool:
        return self.states[-1] in NOT_OPEN


@dataclass(frozen=True)
class Bounce:
    """A move that sends a matter back: how often, on how many matters."""

    move: str
    label: str
    times: int
    tickets: int


@dataclass(frozen=True)
class Flow:
    """Everything the page of the process shows."""

    scope: Scope
    stays: list[Stay]
    paths: list[Path]
    raised: int
    bounces: list[Bounce]

    @cached_property
    def edges(self) -> list[tuple[Edge, int]]:
        """From where to where, the most frequent first."""
        found: Counter[Edge] = Counter()
        for one in self.stays:
            found[one.came_from or Start.NEW, one.state] += one.count
        return found.most_common()

    @cached_property
    def visits(self) -> Counter[State]:
        found: Counter[State] = Counter()
        for one in self.stays:
            found[one.state] += one.count
        return found

    @cached_property
    def waits(self) -> list[Wait]:
        return waits(self.stays, min(self.scope.last, self.scope.as_of))

    @property
    def others(self) -> int:
        """Matters on ways that are not listed."""
        return self.raised - sum(path.count for path in self.paths)


def flow(scope: Scope, unit_ids: Collection[int] | None = None) -> Flow:
    """Mined from the events of a period, of ordinary matters; of some lead units only where they are named."""
    paths, raised = queries.paths(scope, unit_ids, SHOWN)
    return Flow(
        scope,
        [_stay(row) for row in queries.stays(scope, unit_ids)],
        [Path(tuple(STATES[word] for word in row.path.split(queries.BETWEEN)), row.n) for row in paths],
        raised,
        _bounces(queries.moves(scope, BACK, unit_ids)),
    )


def _stay(row: Any) -> Stay:
    return Stay(row.from_state, row.to_state, row.is_urgent, row.came_on, row.left_on, row.n)


def _bounces(rows: Sequence[Any]) -> list[Bounce]:
    found = {row.move: row for row in rows}
    return [
        Bounce(move, TICKETS.move(move).label, found[move].times, found[move].tickets) for move in BACK if move in found
    ]
