"""How long matters stay in a state: by the clock of that state, those that are still there not forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from liaison.calendars import in_force
from liaison.calendars.calendar import CalendarKind
from liaison.oversight.figures.survival import quantiles
from workflows.ticket_states import ENDS, NOT_OPEN, State

MEDIAN, NINE_IN_TEN = Fraction(1, 2), Fraction(9, 10)
NATURAL = frozenset({State.FEEDBACK_GIVEN})  # the seven days to rate are days of the week (domain.md §4.1)
AT_REST = ENDS | NOT_OPEN  # nobody waits there for anything


@dataclass(frozen=True)
class Stay:
    """`count` matters came into `state` on one day and left it on another; `left_on` None: still there."""

    came_from: State | None
    state: State
    is_urgent: bool  # the clock of urgent matters never stops
    came_on: date
    left_on: date | None
    count: int


@dataclass(frozen=True)
class Wait:
    """One line of the table: half had left after `median` days, nine in ten after `p90`; None: not reached yet."""

    state: State
    by: CalendarKind
    is_urgent: bool
    came: int
    waiting: int
    median: int | None
    p90: int | None


def waits(stays: Iterable[Stay], today: date) -> list[Wait]:
    """For every state somebody waits in, in the order of the process; urgent matters by themselves."""
    groups: dict[tuple[State, bool], list[Stay]] = {}
    for one in stays:
        if one.state not in AT_REST:
            groups.setdefault((one.state, one.is_urgent), []).append(one)
    order = list(State)
    return [_wait(*key, groups[key], today) for key in sorted(groups, key=lambda k: (k[1], order.index(k[0])))]


def _wait(state: State, is_urgent: bool, stays: list[Stay], today: date) -> Wait:
    by = CalendarKind.NATURAL if is_urgent or state in NATURAL else CalendarKind.SERVICE
    between = in_force.calendar().between
    every, ended = Counter[int](), Counter[int]()
    for one in stays:
        days = between(one.came_on, one.left_on or today, by)
        every[days] += one.count
        ended[days] += one.count if one.left_on else 0
    came = every.total()
    return Wait(state, by, is_urgent, came, came - ended.total(), *quantiles(every, ended, MEDIAN, NINE_IN_TEN))
