"""反馈: closing, checking, publishing (domain.md T34–T39, §4.8)."""

import pytest

from tests.workflows.happy_facts import goes, happy, only, refuses

CHECKING = ["check_ok", "check_unreached", "check_mismatch", "check_mismatch_onspot"]
CLOSING_AFTER_TELLING = ["close", "check_ok", "check_unreached"]


@pytest.mark.parametrize("move", CLOSING_AFTER_TELLING)
@pytest.mark.parametrize("part", ["CLERK", "DIRECTOR", "CONFIDENTIAL"])
def test_closing_waits_for_every_voice(move: str, part: str) -> None:
    case = happy(move, part)
    only(case, case.but(voices_open=1))


def test_the_system_too_closes_only_when_every_voice_is_settled() -> None:
    case = happy("close", "SYSTEM")
    only(case, case.but(voices_open=1))


def test_closing_waits_for_the_rating_windows() -> None:
    case = happy("close")
    only(case, case.but(voices_unrated_in_window=1))


def test_closing_waits_for_the_decision_on_a_dissatisfied_rating() -> None:
    case = happy("close")
    only(case, case.but(dissatisfied_undecided=True))


def test_what_is_drawn_is_checked_before_it_is_closed() -> None:
    case = happy("close")
    only(case, case.but(drawn=True))


def test_only_what_is_drawn_goes_to_the_call_back() -> None:
    case = happy("sample")
    only(case, case.but(drawn=False))


def test_a_check_waits_for_no_rating() -> None:
    for move in ("check_ok", "check_unreached"):
        goes(happy(move).but(voices_unrated_in_window=1, dissatisfied_undecided=True))


@pytest.mark.parametrize("move", CHECKING)
def test_who_dispatched_or_handled_it_does_not_check_it(move: str) -> None:
    case = happy(move)
    only(case, case.but(actor_dispatched=True), case.but(actor_handled=True))


def test_unreached_takes_two_attempts() -> None:
    case = happy("check_unreached")
    only(case, case.but(callback_attempts=1))


@pytest.mark.parametrize(
    ("move", "results"),
    [
        ("check_ok", {"true"}),
        ("check_unreached", {"unreached"}),
        ("check_mismatch", {"partly", "false"}),
        ("check_mismatch_onspot", {"partly", "false"}),
    ],
)
def test_the_result_fits_the_move(move: str, results: set[str]) -> None:
    for result in ("true", "partly", "false", "unreached", "perhaps"):
        case = happy(move).but(given={"check_result": result})
        goes(case) if result in results else refuses(case)


def test_a_mismatch_goes_back_to_whoever_had_it() -> None:
    dispatched, on_spot = happy("check_mismatch"), happy("check_mismatch_onspot")
    only(dispatched, dispatched.but(was_dispatched=False, on_spot=True))
    only(on_spot, on_spot.but(was_dispatched=True))


@pytest.mark.parametrize("level", ["restricted", "sealed"])
def test_only_normal_tickets_are_published(level: str) -> None:
    case = happy("publish")
    only(case, case.but(confidentiality=level))


def test_what_is_public_is_not_published_again() -> None:
    case = happy("publish")
    only(case, case.but(published=True))


def test_what_is_sealed_is_not_raised_further() -> None:
    case = happy("raise_level", "CONFIDENTIAL")
    only(case, case.but(confidentiality="sealed"))


def test_publishing_waits_for_the_end_of_the_reopening_window() -> None:
    case = happy("publish")
    only(case, case.but(reopen_window_over=False))


def test_nothing_is_published_that_few_raised_and_is_not_about_a_thing() -> None:
    case = happy("publish")
    only(case, case.but(shields_its_raisers=False))


def test_publishing_waits_for_the_de_identification_list() -> None:
    case = happy("publish")
    only(case, case.but(given={"deidentified": False}), case.without("deidentified"))
