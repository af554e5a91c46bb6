"""The roads as graphs: every state reached, every state left for an end, none closed with a debt."""

from collections.abc import Iterator
from itertools import product

import pytest

from workflows.document import WORKFLOWS
from workflows.engine import Labelled, Move, MoveRefused, Start, Workflow, decide
from workflows.tickets import TICKETS, Stage, State, TicketFacts

EVERY = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)

# domain.md §4.1, copied by hand
STAGES = {
    Stage.COLLECT: "待受理 待补充 已撤回/作废",
    Stage.ANALYSE: "研判中 已并案 已拆分 转其他渠道 已移交",
    Stage.RESOLVE: "待签收 申请退回 办理中 专题协调 提请会议研究 长期推进 部门审定 党政办审核",
    Stage.FEEDBACK: "待反馈 已反馈 回访中 已办结",
}

# In these two the telling is recorded in the same act, and nothing may be merged in (T3, T3b).
TOLD_IN_THE_ACT = {"confirm_onspot", "record_praise"}
CLOSING = {*TOLD_IN_THE_ACT, "close_untold", "close", "check_ok", "check_unreached"}

GIVEN = {"answer": "灯已当场换好，今晚就亮。", "answered_by": "7", "praised_unit": "3", "check_result": "true"}


def arrows(workflow: Workflow) -> set[tuple[Labelled, Labelled]]:
    ways = [way for move in workflow.moves for way in move.ways()]
    return {(source, target) for source, target, _ in ways if target is not None}


def reached_from(start: Labelled, pairs: set[tuple[Labelled, Labelled]]) -> set[Labelled]:
    found = {start}
    while more := {target for source, target in pairs if source in found} - found:
        found |= more
    return found


@EVERY
def test_every_state_is_reachable(workflow: Workflow) -> None:
    assert reached_from(Start.NEW, arrows(workflow)) - {Start.NEW} == set(workflow.states)


@EVERY
def test_from_every_state_an_end_is_reachable(workflow: Workflow) -> None:
    pairs = arrows(workflow)
    assert workflow.ends
    assert all(reached_from(state, pairs) & workflow.ends for state in workflow.states)


@EVERY
def test_what_cannot_be_left_is_an_end(workflow: Workflow) -> None:
    left = {source for source, _ in arrows(workflow)}
    assert set(workflow.states) - left <= workflow.ends


@EVERY
def test_every_move_has_a_word_a_doer_and_a_name_of_its_own(workflow: Workflow) -> None:
    names = [move.name for move in workflow.moves]
    assert len(set(names)) == len(names)
    assert all(move.label and move.by and move.routes for move in workflow.moves)


@EVERY
def test_nothing_comes_into_being_without_a_state(workflow: Workflow) -> None:
    ways = [way for move in workflow.moves for way in move.ways()]
    assert all(target is not None for source, target, _ in ways if source is Start.NEW)


def test_the_twenty_states_have_the_stages_of_the_specification() -> None:
    assert {stage: " ".join(s.label for s in State if s.stage is stage) for stage in Stage} == STAGES
    assert [stage.label for stage in Stage] == ["收集", "汇总分析", "研究落实", "反馈"]
    assert len(State) == 20


def test_these_moves_and_no_others_close_a_ticket() -> None:
    assert {move.name for move in TICKETS.moves if closes(move)} == CLOSING


def closes(move: Move) -> bool:
    return State.CLOSED in {target for _, target, _ in move.ways()}


def histories() -> Iterator[TicketFacts]:
    """Every combination of what closing could turn on."""
    flags = ("on_spot", "drawn", "has_merged_in", "was_dispatched", "dissatisfied_undecided")
    for values in product((False, True), repeat=len(flags)):
        for kind, still_owed, told in product(("praise", "help"), (0, 1, 4), (0, 2)):
            yield TicketFacts(
                **dict(zip(flags, values, strict=True)),
                kind=kind,
                voices_open=still_owed,
                voices_told=told,
                callback_attempts=2,
            )


@pytest.mark.parametrize("name", sorted(CLOSING))
def test_no_way_to_closed_leaves_a_voice_untold(name: str) -> None:
    given = GIVEN | ({"check_result": "unreached"} if name == "check_unreached" else {})
    move, closed = TICKETS.move(name), 0
    for facts, source in product(histories(), {source for source, _, _ in move.ways()}):
        try:
            state = decide(TICKETS, name, state=source, parts=move.by, facts=facts, given=given)
        except MoveRefused:
            continue
        if state is State.CLOSED:
            closed += 1
            settled = not facts.has_merged_in if name in TOLD_IN_THE_ACT else facts.voices_open == 0
            assert settled, f"{name} closed with a debt: {facts}"
    assert closed, f"{name} never closed anything, so this test saw nothing"
