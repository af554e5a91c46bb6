"""The roads as a whole (safety.md G-11): no way round answer and telling, no circle without a word."""

import pytest

from tests.workflows.expected_ticket_moves import MOVES, STATES
from tests.workflows.happy_facts import goes, happy, refuses
from workflows.ticket_states import State
from workflows.tickets import TICKETS

# Words a person writes anew; a chosen code or a name is none.
WRITTEN = {"text", "reason", "answer", "question", "note", "decision", "check_result"}
TOLD_IN_THE_ACT = {"confirm_onspot", "record_praise"}  # T3, T3b: the telling is part of the move
CLOSING = sorted(m for m, row in MOVES.items() if any(t == "closed" for _, t in row.pairs))


def arrows(left_out: frozenset[str] = frozenset()) -> set[tuple[str | None, str]]:
    """The built table's (source, target) pairs that change the state, without the moves left out."""
    return {
        (source and source.value, route.target.value)
        for move in TICKETS.moves
        if move.name not in left_out
        for route in move.routes
        if route.target is not None
        for source in route.sources
    }


def reached(start: set[str | None], pairs: set[tuple[str | None, str]]) -> set[str | None]:
    """Every place one can get to from these, themselves included."""
    found = set(start)
    while more := {target for source, target in pairs if source in found} - found:
        found |= more
    return found


@pytest.mark.parametrize("state", ["withdrawn", "split", "handed_off"])
def test_an_end_is_an_end(state: str) -> None:
    assert reached({state}, arrows()) == {state}


def test_feedback_needs_an_answer_first() -> None:
    answering = {name for name, row in MOVES.items() if "answer" in row.needs.split()}
    places = reached({None}, arrows(left_out=frozenset(answering | {"record_praise"})))
    assert not {p for p in places if p and State(p).stage.value == "feedback"}


def test_a_ticket_is_closed_only_from_feedback_or_by_an_act_that_tells() -> None:
    ways = {(source, name) for name in CLOSING for source, t in MOVES[name].pairs if t == "closed"}
    from_elsewhere = {name for source, name in ways if State(source).stage.value != "feedback"}
    assert from_elsewhere == TOLD_IN_THE_ACT


@pytest.mark.parametrize(
    ("move", "part"),
    [(m, p) for m in CLOSING if m not in TOLD_IN_THE_ACT for p in sorted(MOVES[m].parts)],
)
def test_no_way_to_closed_while_a_voice_is_neither_told_nor_unreachable(move: str, part: str) -> None:
    case = happy(move, part, target="closed")
    goes(case)
    for open_voices in (1, 2, 40):
        refuses(case.but(voices_open=open_voices))


def test_nothing_goes_in_circles_without_a_word_written_anew() -> None:
    written = {name for name, row in MOVES.items() if WRITTEN & set(row.needs.split())}
    wordless = arrows(left_out=frozenset(written))
    # 补充期满 returns what a question (written) sent away, so it closes no circle of its own.
    assert not [s for s in STATES if s in reached({t for f, t in wordless if f == s}, wordless)]
