"""收集: what speaks against filing, accepting, asking back and taking back (domain.md T1–T6, T40)."""

import pytest

from tests.workflows.happy_facts import goes, happy, only, refuses
from workflows.ticket_states import State


def test_a_voice_has_five_to_a_thousand_characters() -> None:
    case = happy("submit")
    only(case.but(given={"text": "五个字以上"}), case.but(given={"text": "四个字呢"}))
    only(case.but(given={"text": "水" * 1000}), case.but(given={"text": "水" * 1001}))


@pytest.mark.parametrize("move", ["submit", "join"])
def test_a_text_the_lint_stopped_is_not_filed(move: str) -> None:
    case = happy(move)
    only(case, case.but(lint_open=True))


def test_a_voice_joins_only_an_open_lead() -> None:
    case = happy("join")
    gone = ["merged", "split", "redirected", "handed_off", "withdrawn"]
    only(case, *(case.but(lead_state=State(state)) for state in gone))


def test_a_voice_joins_only_a_lead_that_is_not_restricted() -> None:
    case = happy("join")
    only(case, case.but(lead_confidentiality="restricted"))


def test_a_voice_joins_a_closed_lead_only_when_it_is_told_in_the_same_act() -> None:
    closed = {"lead_state": State.CLOSED, "lead_days_since_closed": 3, "lead_days_since_handled": 5}
    told = happy("join").but(**closed, lead_telling_recorded=True)
    only(told, told.but(lead_telling_recorded=False))


def test_a_voice_joins_a_lead_handled_at_most_thirty_days_ago() -> None:
    answered = happy("join").but(lead_state=State.FEEDBACK_GIVEN, lead_days_since_handled=30)
    only(answered, answered.but(lead_days_since_handled=31))


def test_who_must_keep_out_of_it_does_not_accept_it() -> None:
    case = happy("accept")
    only(case, case.but(recused=True))


def test_only_what_was_answered_on_the_spot_is_confirmed_as_such() -> None:
    case = happy("confirm_onspot")
    only(case, case.but(on_spot=False))


def test_an_answer_on_the_spot_has_ten_characters() -> None:
    case = happy("confirm_onspot")
    only(
        case.but(given={"answer": "当场讲明了办事流程。"}),
        case.but(given={"answer": "当场讲明办事流程。"}),
    )


@pytest.mark.parametrize("move", ["confirm_onspot", "record_praise", "split", "hand_off"])
def test_what_carries_merged_tickets_keeps_its_road(move: str) -> None:
    case = happy(move)
    only(case, case.but(has_merged_in=True))


@pytest.mark.parametrize("move", ["withdraw", "void"])
def test_what_carries_merged_tickets_is_not_withdrawn(move: str) -> None:
    case = happy(move)
    only(case, case.but(has_merged_in=True))


def test_a_drawn_answer_on_the_spot_goes_to_the_call_back_and_no_other_does() -> None:
    goes(happy("confirm_onspot", target="callback"))
    goes(happy("confirm_onspot", target="closed"))


@pytest.mark.parametrize("kind", ["inquiry", "help", "complaint", "suggestion", ""])
def test_only_praise_is_recorded_as_praise(kind: str) -> None:
    case = happy("record_praise")
    only(case, case.but(kind=kind))


def test_a_third_question_back_is_refused() -> None:
    case = happy("ask_info")
    only(case.but(info_rounds=1), case.but(info_rounds=2))


def test_no_question_back_once_the_five_days_are_used_up() -> None:
    case = happy("ask_info")
    only(case.but(info_days_left=1), case.but(info_days_left=0))


@pytest.mark.parametrize("move", ["supplement", "info_timeout"])
def test_the_question_returns_to_where_it_was_asked(move: str) -> None:
    goes(happy(move, target="triage"))
    goes(happy(move, target="in_progress"))
    refuses(happy(move).but(return_to=None))


def test_the_time_for_a_supplement_does_not_end_early() -> None:
    case = happy("info_timeout")
    only(case, case.but(info_expired=False))


@pytest.mark.parametrize("move", ["withdraw", "void"])
@pytest.mark.parametrize("source", ["submitted", "info_needed", "triage"])
def test_nothing_is_taken_back_after_dispatch(move: str, source: str) -> None:
    case = happy(move, source=source)
    only(case, case.but(was_dispatched=True))


def test_a_code_handed_out_is_not_voided_before_its_voice_is_told() -> None:
    told = {"voice_told": True, "days_since_told": 1, "voices_told": 1, "voices_open": 0}
    untold = {"voice_told": False, "days_since_told": None, "voices_told": 0, "voices_open": 1}
    case = happy("void").but(code_handed_out=True)
    only(case.but(**told), case.but(**untold))


def test_a_code_never_handed_out_may_be_voided_with_its_voice_untold() -> None:
    goes(happy("void").but(code_handed_out=False, voices_open=1))
