"""The engine on a toy table: what it asks, in which order, and the traps of `transitions` it closes."""

import gc
import weakref
from typing import Any

import pytest

from tests.workflows.toy_light import DRIVER, GUARD, LIGHTS, Facts, Light, Who, ask, refusal
from workflows.engine import UnknownMove, decide


def test_a_move_leads_to_its_target_as_a_member_of_the_states() -> None:
    assert ask("go", why="路上没有人") is Light.GREEN


def test_a_stored_code_is_as_good_as_the_state() -> None:
    assert ask("go", state="red", why="路上没有人") is Light.GREEN


def test_a_move_from_nothing_brings_a_thing_into_being() -> None:
    assert ask("switch_on", state=None) is Light.RED
    assert refusal("switch_on", state=Light.RED).kind == "state"


def test_a_move_without_target_leaves_the_state() -> None:
    assert ask("note", parts=GUARD, why="换灯泡", when="今晚") is Light.RED
    assert ask("note", state=Light.GREEN, parts=GUARD, why="换灯泡", when="今晚") is Light.GREEN


def test_an_unknown_move_is_said_to_be_unknown() -> None:
    for name in ("fly", "", "state", "trigger", "__init__"):
        with pytest.raises(UnknownMove):
            ask(name)


def test_the_library_adds_no_shortcut_past_the_table() -> None:
    for shortcut in ("to_green", "to_GREEN", "to_off", "may_go"):
        with pytest.raises(UnknownMove):
            ask(shortcut)
    assert set(LIGHTS.machine.events) == {move.name for move in LIGHTS.moves}


def test_a_wrong_state_is_a_refusal_in_words() -> None:
    refused = refusal("go", state=Light.OFF)
    assert (refused.kind, refused.move) == ("state", "go")
    assert refused.reasons == ["现在是“熄灭”，不能“放行”。"]


def test_a_state_nobody_knows_is_an_error_not_a_refusal() -> None:
    with pytest.raises(ValueError, match="blue"):
        ask("go", state="blue")


def test_a_part_not_named_is_refused() -> None:
    refused = refusal("go", parts=GUARD)
    assert (refused.kind, refused.reasons) == ("part", ["“放行”由司机办理。"])
    assert refusal("go", parts=()).kind == "part"


def test_a_move_without_parts_may_be_made_by_nobody() -> None:
    assert refusal("nobody", parts=[*Who]).kind == "part"


def test_what_is_missing_is_named_all_at_once() -> None:
    refused = refusal("note", parts=GUARD)
    assert (refused.kind, refused.missing) == ("needs", ("why", "when"))
    assert refused.reasons == ["还需要填写：why、时间。"]


@pytest.mark.parametrize("empty", [None, "", "  \n", [], (), {}, set()])
def test_an_empty_value_is_a_missing_one(empty: Any) -> None:
    assert refusal("go", why=empty).missing == ("why",)


@pytest.mark.parametrize("value", [0, False])
def test_nought_and_no_are_values(value: Any) -> None:
    assert ask("note", parts=GUARD, why=value, when=value) is Light.RED


def test_a_refusing_guard_gives_its_reason() -> None:
    refused = refusal("go", facts=Facts(clear=False), why="路上没有人")
    assert (refused.kind, refused.reasons) == ("guard", ["路还没有空。"])


def test_all_reasons_are_given_at_once_and_each_only_once() -> None:
    assert refusal("dim", facts=Facts(clear=False)).reasons == ["还没有到夜里。", "路还没有空。"]


def test_a_silent_guard_still_leaves_a_sentence() -> None:
    assert refusal("be_silent").reasons == ["现在还不能办这一步。"]


@pytest.mark.parametrize("answer", [1, 2, "yes", None, 0, [True]])
def test_a_guard_must_return_a_real_bool(answer: Any) -> None:
    with pytest.raises(TypeError, match="says_what_the_fact_says"):
        ask("ask_fact", facts=Facts(answer=answer))


def test_the_questions_come_in_the_order_promised() -> None:
    wrong: dict[str, Any] = {"state": Light.OFF, "parts": GUARD, "facts": Facts(clear=False), "why": ""}
    for kind, cure in (
        ("state", {"state": Light.RED}),
        ("part", {"parts": DRIVER}),
        ("needs", {"why": "短"}),
        ("guard", {"facts": Facts()}),
    ):
        assert refusal("go", **wrong).kind == kind
        wrong |= cure
    assert refusal("go", **wrong).reasons == ["理由太短。"]
    assert ask("go", **wrong | {"why": "路上没有人"}) is Light.GREEN


def test_the_first_route_whose_condition_holds_is_taken() -> None:
    assert ask("halt", state=Light.GREEN, why="天还亮着") is Light.RED
    assert ask("halt", state=Light.GREEN, facts=Facts(night=True), why="夜深了呀") is Light.OFF


def test_a_failed_check_does_not_speak_of_the_roads_not_taken() -> None:
    refused = refusal("halt", state=Light.GREEN, facts=Facts(night=True), why="夜")
    assert refused.reasons == ["理由太短。"]


def test_no_question_is_kept_in_the_machine() -> None:
    facts = Facts()
    kept = weakref.ref(facts)
    ask("go", facts=facts, why="路上没有人")
    del facts
    gc.collect()
    assert LIGHTS.machine.models == []
    assert kept() is None


def test_there_is_one_machine_for_a_workflow() -> None:
    assert LIGHTS.machine is LIGHTS.machine


def test_the_facts_and_what_was_given_stay_as_they_were() -> None:
    given = {"why": "路上没有人"}
    decide(LIGHTS, "go", state=Light.RED, parts=DRIVER, facts=Facts(), given=given)
    assert given == {"why": "路上没有人"}
