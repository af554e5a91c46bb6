"""反馈: telling, rating, reopening (domain.md T31–T33b, §4.6)."""

import pytest

from tests.workflows.expected_ticket_moves import MOVES
from tests.workflows.happy_facts import goes, happy, only, refuses

STAYING = sorted(source for source, target in MOVES["tell"].pairs if source and target is None)


def test_nothing_final_to_tell_no_feedback_given() -> None:
    case = happy("tell", source="feedback_pending")
    only(case, case.but(final_answer_offered=False))


@pytest.mark.parametrize("source", STAYING)
def test_a_telling_that_moves_nothing_waits_for_something_to_tell(source: str) -> None:
    case = happy("tell", source=source)
    only(case, case.but(something_to_tell=False, final_answer_offered=False))


def test_the_channels_of_telling_are_a_closed_list() -> None:
    case = happy("tell", "CLERK")
    for channel in ("face_to_face", "phone", "class_meeting", "notice", "letter"):
        goes(case.but(given={"channel": channel}))
    refuses(case.but(given={"channel": "rumour"}))


def test_only_the_opened_page_itself_tells_by_code_page() -> None:
    goes(happy("tell", "SYSTEM"))
    refuses(happy("tell", "CLERK").but(given={"channel": "code_page"}))


def test_a_notice_tells_facility_matters_only() -> None:
    case = happy("tell", "CLERK").but(given={"channel": "notice"})
    only(case, case.but(facility_matter=False))


@pytest.mark.parametrize("source", sorted(s for s in MOVES["mark_unreachable"].sources if s))
def test_nobody_is_unreachable_before_fourteen_days(source: str) -> None:
    case = happy("mark_unreachable", source=source)
    only(case.but(days_since_offered=14), case.but(days_since_offered=13))


def test_unreachable_has_one_of_five_reasons() -> None:
    case = happy("mark_unreachable")
    for reason in ("unopened", "contact_invalid", "code_lost", "group_left", "declined"):
        goes(case.but(given={"reason_code": reason}))
    refuses(case.but(given={"reason_code": "forgotten"}))


def test_who_was_told_is_not_unreachable() -> None:
    case = happy("mark_unreachable")
    only(case, case.but(voice_told=True))


def test_closing_untold_needs_every_voice_unreachable() -> None:
    case = happy("close_untold")
    only(case, case.but(voices_open=1), case.but(voices_told=1))


def test_who_was_not_told_does_not_rate() -> None:
    case = happy("rate")
    only(case, case.but(voice_told=False, days_since_told=None))


def test_the_rating_window_is_seven_days() -> None:
    case = happy("rate")
    only(case.but(days_since_told=7), case.but(days_since_told=8))


def test_a_voice_rates_once_per_episode() -> None:
    case = happy("rate")
    only(case, case.but(voice_rated_this_episode=True))


def test_a_rating_answers_from_the_two_lists() -> None:
    case = happy("rate")
    for solved in ("yes", "partly", "no"):
        for satisfied in (1, 2, 3, 4, 5):
            goes(case.but(given={"solved": solved, "satisfied": satisfied}))
    refuses(case.but(given={"solved": "maybe"}))
    refuses(case.but(given={"satisfied": 0}))
    refuses(case.but(given={"satisfied": 6}))


@pytest.mark.parametrize("source", ["feedback_given", "closed"])
def test_the_holder_reopens_within_fifteen_days_of_his_telling(source: str) -> None:
    case = happy("reopen", "HOLDER", source=source)
    only(case.but(days_since_told=15), case.but(days_since_told=16))


def test_the_holder_reopens_only_after_his_own_voice_was_told() -> None:
    case = happy("reopen", "HOLDER")
    only(case, case.but(voice_told=False, days_since_told=None))


@pytest.mark.parametrize("move", ["reopen", "reopen_onspot"])
def test_the_holder_reopens_once(move: str) -> None:
    case = happy(move, "HOLDER")
    only(case, case.but(reopened_by_holder=True))


@pytest.mark.parametrize("part", ["CLERK", "DIRECTOR", "CONFIDENTIAL"])
def test_the_office_reopens_without_the_holders_limits(part: str) -> None:
    late = {"days_since_told": 40, "days_since_closed": 40, "reopened_by_holder": True}
    goes(happy("reopen", part, source="closed").but(**late))


@pytest.mark.parametrize("part", ["HOLDER", "CLERK"])
@pytest.mark.parametrize("move", ["reopen", "reopen_onspot"])
def test_nothing_is_reopened_twice_on_identical_ground(move: str, part: str) -> None:
    case = happy(move, part).but(given={"reason": "仍然没有热水。"})
    only(
        case.but(earlier_grounds=frozenset({"走廊灯又坏了。"})),
        case.but(earlier_grounds=frozenset({"仍然没有热水。"})),
    )


def test_the_holder_reopens_an_on_spot_ticket_within_fifteen_days_of_closing() -> None:
    case = happy("reopen_onspot", "HOLDER")
    only(case.but(days_since_closed=15), case.but(days_since_closed=16))


def test_what_was_dispatched_is_not_reopened_as_on_the_spot() -> None:
    case = happy("reopen_onspot")
    only(case, case.but(was_dispatched=True))


def test_what_was_never_dispatched_has_nobody_to_go_back_to() -> None:
    case = happy("reopen", source="closed")
    only(case, case.but(was_dispatched=False, on_spot=True))
