"""Every cell of (20 states + not yet there) × move × part against the table written by hand."""

import sys
from collections.abc import Iterator

import pytest

from tests.workflows.expected_ticket_moves import MOVES, PARTS, STAGES, STATES
from tests.workflows.happy_facts import Case, happy
from workflows.engine import MoveRefused
from workflows.parts import Part
from workflows.ticket_states import Stage, State
from workflows.tickets import TICKETS

PLACES: list[str | None] = [None, *STATES]


def cells(move: str) -> Iterator[tuple[str | None, str]]:
    """Every place × part of one move."""
    return ((place, part) for place in PLACES for part in PARTS)


def allowed(move: str, place: str | None, part: str) -> list[Case]:
    """The happy case of every way the hand-written row allows in this cell; none = the cell is refused."""
    row = MOVES[move]
    if part not in row.parts:
        return []
    return [happy(move, part, place, target) for source, target in row.pairs if source == place]


def verdict(case: Case) -> str:
    """The state the table leads to, or "refused: kind"."""
    try:
        return str(case.decide().value)
    except MoveRefused as refusal:
        return f"refused: {refusal.kind} {' '.join(refusal.reasons)}"


def refusal_kind(case: Case) -> str:
    """Which question the table refuses with; "" when it allows."""
    try:
        case.decide()
    except MoveRefused as refusal:
        return refusal.kind
    return ""


def elsewhere(move: str, place: str | None, part: str) -> Case:
    """The move's happy case put into a cell where it is not allowed: only place or part are wrong."""
    row = MOVES[move]
    case = happy(move, part if part in row.parts else "")
    return Case(move, part, place, "", case.facts, case.given)


@pytest.mark.parametrize("move", MOVES)
def test_every_cell_of_this_move_is_as_specified(move: str) -> None:
    wrong = []
    for place, part in cells(move):
        ways = allowed(move, place, part)
        for case in ways:
            if (said := verdict(case)) != case.goes_to:
                wrong.append(f"{place} {move} by {part}: expected {case.goes_to}, got {said}")
        if not ways:
            # State is asked before part: a wrong place speaks first.
            expected = "part" if place in MOVES[move].sources else "state"
            if (kind := refusal_kind(elsewhere(move, place, part))) != expected:
                wrong.append(f"{place} {move} by {part}: expected refusal {expected}, got {kind!r}")
    assert not wrong, "\n".join(wrong)


def test_the_number_of_cells_is_the_product(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {(place, move, part) for move in MOVES for place, part in cells(move)}
    open_cells = [cell for cell in asked if allowed(cell[1], cell[0], cell[2])]
    with capsys.disabled():
        sys.stdout.write(f"\n  {len(asked)} cells asked, {len(open_cells)} allowed\n")
    assert len(asked) == (len(State) + 1) * len(TICKETS.moves) * len(Part)
    assert len(asked) == 21 * 56 * 17


def test_the_table_names_the_moves_of_the_specification_and_no_others() -> None:
    assert {move.name for move in TICKETS.moves} == set(MOVES)
    assert len(TICKETS.moves) == len(MOVES)


def test_the_twenty_states_carry_their_words_and_stages() -> None:
    assert {s.value: (s.label, s.stage.value) for s in State} == STATES
    assert {s.value: s.label for s in Stage} == STAGES
    assert TICKETS.states is State


def test_the_parts_are_those_of_the_specification() -> None:
    assert {part.name: part.label for part in Part} == PARTS


@pytest.mark.parametrize("move", MOVES)
def test_every_row_offers_exactly_the_ways_of_the_specification(move: str) -> None:
    row, made = MOVES[move], TICKETS.move(move)
    pairs = {
        (source and source.value, route.target and route.target.value)
        for route in made.routes
        for source in route.sources
    }
    assert pairs == row.pairs
    assert {part.name for part in made.by} == row.parts
    assert set(made.needs) == set(row.needs.split())


@pytest.mark.parametrize("move", MOVES)
def test_nobody_without_a_part_makes_a_move(move: str) -> None:
    for source in MOVES[move].sources:
        case = happy(move, source=source)
        assert refusal_kind(Case(move, "", source, "", case.facts, case.given)) == "part"


@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_a_chinese_word(move: str) -> None:
    label = TICKETS.move(move).label
    assert label
    assert all("\u4e00" <= sign <= "\u9fff" for sign in label)
