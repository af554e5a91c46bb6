"""Every field a move needs is refused when it is missing or blank, and the refusal says which."""

import pytest

from tests.workflows.expected_ticket_moves import MOVES
from tests.workflows.happy_facts import goes, happy, refuses
from workflows.engine import MoveRefused

NEEDS = [(move, need) for move, row in MOVES.items() for need in row.needs.split()]


@pytest.mark.parametrize(("move", "need"), NEEDS)
def test_a_missing_need_is_asked_for(move: str, need: str) -> None:
    case = happy(move)
    goes(case)
    refuses(case.without(need), "needs")
    refuses(case.but(given={need: None}), "needs")


@pytest.mark.parametrize(("move", "need"), NEEDS)
def test_a_blank_need_is_a_missing_one(move: str, need: str) -> None:
    refuses(happy(move).but(given={need: "  "}), "needs")


@pytest.mark.parametrize("move", [move for move, row in MOVES.items() if row.needs])
def test_all_that_is_missing_is_asked_for_at_once(move: str) -> None:
    needs = MOVES[move].needs.split()
    with pytest.raises(MoveRefused) as caught:
        happy(move).without(*needs).decide()
    assert set(caught.value.missing) == set(needs)


def test_a_missing_need_speaks_before_any_guard() -> None:
    refuses(happy("ask_info").but(info_rounds=2).without("question"), "needs")


def test_a_wrong_part_speaks_before_a_missing_need() -> None:
    refuses(happy("ask_info").but(part="LEADER").without("question"), "part")
