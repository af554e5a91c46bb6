"""The drawing: the everyday road down the middle, side roads beside it, each arrow with its number.

Nothing is told by colour alone: width grows with the number, the number stands beside the arrow, ways back run on
the left of the road and ways that leave steps out on its right. The tables below the drawing say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from liaison.oversight.process.flow import Flow
from workflows.ticket_states import State

S = State
LEFT, MIDDLE, RIGHT = 0, 1, 2
WIDTH, BOX, TALL, PITCH, TOP = 400, 104, 42, 76, 8
CENTRES = (58, 200, 342)
LANE, NEAREST = 6, 7  # how far apart arrows run beside the road
PLACES: dict[State, tuple[int, int]] = {  # column, row
    S.SUBMITTED: (MIDDLE, 0),
    S.TRIAGE: (MIDDLE, 1),
    S.DISPATCHED: (MIDDLE, 2),
    S.IN_PROGRESS: (MIDDLE, 3),
    S.DEPT_REVIEW: (MIDDLE, 4),
    S.OFFICE_REVIEW: (MIDDLE, 5),
    S.FEEDBACK_PENDING: (MIDDLE, 6),
    S.FEEDBACK_GIVEN: (MIDDLE, 7),
    S.CLOSED: (MIDDLE, 8),
    S.WITHDRAWN: (LEFT, 0),
    S.INFO_NEEDED: (LEFT, 1),
    S.RETURN_REQUESTED: (LEFT, 2),
    S.COORDINATING: (LEFT, 4),
    S.LEADERSHIP_REVIEW: (LEFT, 5),
    S.CALLBACK: (LEFT, 8),
    S.HANDED_OFF: (RIGHT, 0),
    S.MERGED: (RIGHT, 1),
    S.REDIRECTED: (RIGHT, 2),
    S.SPLIT: (RIGHT, 3),
    S.LONG_TERM: (RIGHT, 4),
}
HEIGHT = TOP + 8 * PITCH + TALL + 8


@dataclass(frozen=True)
class Node:
    state: State
    x: int  # of its left upper corner
    y: int
    visits: int


@dataclass(frozen=True)
class Arrow:
    """`path` as SVG wants it; the number stands at (x, y)."""

    path: str
    width: float
    count: int
    x: float
    y: float
    is_back: bool


@dataclass(frozen=True)
class Chart:
    nodes: list[Node]
    arrows: list[Arrow]
    width: int = WIDTH
    height: int = HEIGHT
    box: int = BOX
    tall: int = TALL


def chart(flow: Flow) -> Chart:
    """Only what was walked in the period is drawn, and the road itself always."""
    edges = [(start, end, n) for (start, end), n in flow.edges if isinstance(start, State)]
    seen = {state for start, end, _n in edges for state in (start, end)} | set(flow.visits)
    shown = [state for state, (column, _row) in PLACES.items() if column == MIDDLE or state in seen]
    nodes = [Node(state, *_corner(state), flow.visits[state]) for state in shown]
    return Chart(nodes, list(_arrows(edges)))


def _arrows(edges: list[tuple[State, State, int]]) -> Iterator[Arrow]:
    most = max((n for *_ends, n in edges), default=1)
    lanes = {LEFT: 0, RIGHT: 0}
    for start, end, count in sorted(edges, key=lambda edge: _span(edge[0], edge[1])):
        width = round(0.8 + 3.2 * sqrt(count / most), 1)
        is_back = _row(end) < _row(start)
        if _column(start) == _column(end) == MIDDLE and _row(end) - _row(start) != 1:
            side = LEFT if is_back else RIGHT
            path, x, y = _beside(start, end, side, lanes[side])
            lanes[side] += 1
        else:
            path, x, y = _straight(start, end)
        yield Arrow(path, width, count, x, y, is_back)


def _span(start: State, end: State) -> tuple[int, int, int]:
    """Short arrows run nearest to the road."""
    return abs(_row(end) - _row(start)), _row(start), _column(end)


def _beside(start: State, end: State, side: int, lane: int) -> tuple[str, float, float]:
    """Out of the box, along the road, into the other box."""
    sign = -1 if side == LEFT else 1
    edge = CENTRES[MIDDLE] + sign * BOX // 2
    x = edge + sign * (NEAREST + LANE * lane)
    out, into = _middle(start) + 8, _middle(end) - 8
    if side == RIGHT:
        out, into = _middle(start) + 10, _middle(end) - 10
    label = out + (into - out) * 0.3
    return f"M{edge} {out}H{x}V{into}H{edge + sign * 2}", x, label


def _straight(start: State, end: State) -> tuple[str, float, float]:
    """From border to border: down the road, or across to a box beside it and back."""
    x1, y1, x2, y2 = *_centre(start), *_centre(end)
    if _column(start) == _column(end):
        sign = 1 if y2 > y1 else -1
        x1 = x2 = x1 if sign > 0 else x1 + 14
        y1, y2 = y1 + sign * TALL // 2, y2 - sign * (TALL // 2 + 2)
    else:
        sign = 1 if x2 > x1 else -1
        shift = -7 if _column(start) == MIDDLE else 7  # there and back run beside each other
        x1, x2 = x1 + sign * BOX // 2, x2 - sign * (BOX // 2 + 2)
        y1, y2 = y1 + shift, y2 + shift
    part = 0.5 if abs(_row(end) - _row(start)) < 3 else 0.12  # the number of a long arrow stands where it begins
    return f"M{x1} {y1}L{x2} {y2}", round(x1 + (x2 - x1) * part, 1), round(y1 + (y2 - y1) * part, 1)


def _column(state: State) -> int:
    return PLACES[state][0]


def _row(state: State) -> int:
    return PLACES[state][1]


def _corner(state: State) -> tuple[int, int]:
    return CENTRES[_column(state)] - BOX // 2, TOP + PITCH * _row(state)


def _centre(state: State) -> tuple[int, int]:
    return CENTRES[_column(state)], _middle(state)


def _middle(state: State) -> int:
    return TOP + PITCH * _row(state) + TALL // 2
