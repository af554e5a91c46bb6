"""Every cell of state × move × part of the small lives, against the table written by hand."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.workflows.expected_small_lives import LIVES, STATES
from workflows.assists import AssistFacts
from workflows.contacts import ContactFacts
from workflows.document import WORKFLOWS
from workflows.dossiers import DossierFacts
from workflows.engine import MoveRefused, Workflow, decide
from workflows.monthly import MonthlyFacts
from workflows.parts import Part
from workflows.proposals import PROPOSABLE, ProposalFacts
from workflows.tickets import LimitClass, TicketFacts

TABLES = {workflow.name: workflow for workflow in WORKFLOWS if workflow.name != "tickets"}

GIVEN = {"reason_code": "not_our_duty", "answer": "二十个字够了吧，这是协办单位写给主办单位的一段答复。"}


@dataclass(frozen=True)
class Row:
    """One move as the specification has it."""

    move: str
    sources: frozenset[str]
    target: str
    by: frozenset[str]
    needs: tuple[str, ...]


def rows(life: str) -> list[Row]:
    return [_row(line) for line in LIVES[life].strip().splitlines()]


def _row(line: str) -> Row:
    move, rest = line.strip().split(": ", 1)
    way, by, needs = rest.split("|")
    sources, target = way.split("→" if "→" in way else "=>")
    return Row(move, frozenset(sources.split()), target.strip(), frozenset(by.split()), tuple(needs.split()))


def friendly(life: str, part: str) -> Any:
    """Facts with which no guard objects to this part."""
    match life:
        case "assists":
            return AssistFacts()
        case "returns":
            return TicketFacts(return_count=1 if part == "director_r" else 0)
        case "extensions":
            return TicketFacts(limit_class=LimitClass.GENERAL)
        case "dossiers":
            return DossierFacts()
        case "proposals":
            return None
        case "contacts":
            return ContactFacts(leader_left=True)
        case "monthly":
            return MonthlyFacts(month_locked=True)
    return None


def outcome(workflow: Workflow, row: Row, source: str, part: str) -> str:
    """The new state, or the kind of the refusal."""
    given = {need: GIVEN.get(need, "写明了") for need in row.needs}
    state = None if source == "[*]" else workflow.states(source)
    for facts in _all_proposals() if workflow.name == "proposals" else [friendly(workflow.name, part)]:
        try:
            return str(decide(workflow, row.move, state=state, parts={Part(part)}, facts=facts, given=given))
        except MoveRefused as refused:
            kind = refused.kind
    return kind


def _all_proposals() -> list[ProposalFacts]:
    return [ProposalFacts(move=move) for move in PROPOSABLE]


def test_these_are_all_the_small_lives() -> None:
    assert set(TABLES) == set(LIVES) == set(STATES)


@pytest.mark.parametrize("life", LIVES)
def test_the_states_and_their_words(life: str) -> None:
    assert {state.value: state.label for state in TABLES[life].states} == STATES[life]


@pytest.mark.parametrize("life", LIVES)
def test_the_moves_their_parts_and_needs(life: str) -> None:
    built = [(move.name, frozenset(move.by), tuple(move.needs)) for move in TABLES[life].moves]
    assert built == [(row.move, row.by, row.needs) for row in rows(life)]


@pytest.mark.parametrize("life", LIVES)
def test_every_cell(life: str) -> None:
    workflow, wrong = TABLES[life], []
    for row in rows(life):
        for source in ["[*]", *STATES[life]]:
            for part in Part:
                fits = source in row.sources
                expected = row.target if fits and part in row.by else "part" if fits else "state"
                found = outcome(workflow, row, source, part)
                if found != expected:
                    wrong.append(f"{row.move} from {source} by {part}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("life", LIVES)
def test_every_need_is_asked_for(life: str) -> None:
    for row in rows(life):
        for need in row.needs:
            less = Row(row.move, row.sources, row.target, row.by, tuple(n for n in row.needs if n != need))
            assert outcome(TABLES[life], less, min(row.sources), min(row.by)) == "needs", (row.move, need)
