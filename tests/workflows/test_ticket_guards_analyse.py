"""汇总分析: merging, splitting, redirecting, handing off, dispatching (domain.md T7–T12, T17)."""

import pytest

from tests.workflows.happy_facts import GIVEN, goes, happy, only, refuses
from workflows.ticket_states import State

DISPATCHING = ["dispatch", "designate"]


def test_tickets_of_different_confidentiality_are_not_merged() -> None:
    case = happy("merge")
    only(case, case.but(lead_confidentiality="restricted"))
    restricted = happy("merge", part="CONFIDENTIAL")
    only(restricted, restricted.but(lead_confidentiality="normal"))


def test_a_ticket_is_not_merged_into_itself() -> None:
    case = happy("merge").but(number="LX2026-000001-0")
    only(case, case.but(number=GIVEN["lead_ticket"]))


@pytest.mark.parametrize("gone", ["merged", "split", "redirected", "handed_off", "withdrawn"])
def test_a_lead_that_left_the_road_takes_no_merge(gone: str) -> None:
    case = happy("merge")
    only(case, case.but(lead_state=State(gone)))


def test_a_closed_lead_takes_a_merge_only_with_its_telling_and_for_fifteen_days() -> None:
    closed = happy("merge").but(lead_state=State.CLOSED, lead_days_since_closed=15, lead_telling_recorded=True)
    only(closed, closed.but(lead_telling_recorded=False), closed.but(lead_days_since_closed=16))


@pytest.mark.parametrize("back", ["submitted", "triage", "dispatched", "in_progress"])
def test_undoing_a_merge_leads_back_to_the_state_before(back: str) -> None:
    case = happy("unmerge", target=back)
    only(case, case.but(state_before=None))


def test_a_merge_others_depend_on_is_undone_last_and_the_refusal_names_it() -> None:
    case = happy("unmerge")
    goes(case)
    assert "LX2026-000009-4" in refuses(case.but(merged_lead_moved_on="LX2026-000009-4"))


def test_a_split_has_at_least_two_distinct_problems() -> None:
    case = happy("split")
    once = ["三号楼没有热水。"]
    only(case, case.but(given={"children": once}), case.but(given={"children": once * 2}))


@pytest.mark.parametrize(
    "reason",
    ["outside", "legal", "student_appeal", "petition", "disclosure", "repeated", "discipline"],
)
def test_the_seven_reasons_to_redirect(reason: str) -> None:
    goes(happy("redirect").but(given={"reason_code": reason}))


def test_no_other_reason_redirects() -> None:
    refuses(happy("redirect").but(given={"reason_code": "too_hard"}))


def test_a_redirection_is_taken_back_only_when_somebody_objects() -> None:
    case = happy("uphold_objection")
    only(case, case.but(objection_raised=False))


@pytest.mark.parametrize("kind", ["psychology", "safety", "sexual", "minor", "fire_medical", "report"])
def test_the_six_kinds_of_hand_off(kind: str) -> None:
    goes(happy("hand_off").but(given={"handoff_type": kind}))


def test_no_other_kind_is_handed_off() -> None:
    refuses(happy("hand_off").but(given={"handoff_type": "canteen"}))


@pytest.mark.parametrize("move", DISPATCHING)
def test_the_lead_must_be_active_with_a_head_and_a_handler(move: str) -> None:
    case = happy(move)
    only(case, case.but(given={"lead_can_receive": False}), case.without("lead_can_receive"))


@pytest.mark.parametrize("move", DISPATCHING)
def test_the_unit_complained_of_is_never_lead_nor_co_unit(move: str) -> None:
    case = happy(move).but(given={"lead": "logistics", "co": ["works"]})
    only(
        case,
        case.but(complained_of=frozenset({"logistics"})),
        case.but(complained_of=frozenset({"works"})),
    )
    goes(case.but(complained_of=frozenset({"library"})))


@pytest.mark.parametrize("move", DISPATCHING)
def test_a_handler_named_in_the_voice_gets_no_ticket(move: str) -> None:
    case = happy(move).but(given={"handler": "staff-7"})
    only(case, case.but(named_people=frozenset({"staff-7"})))


@pytest.mark.parametrize("part", ["CLERK", "DESK"])
def test_clerk_and_desk_leave_complex_work_of_several_units_to_the_director(part: str) -> None:
    several = {"limit_class": "complex", "co": ["works"]}
    refuses(happy("dispatch", part).but(given=several))
    goes(happy("dispatch", part).but(given={**several, "co": []}))
    goes(happy("dispatch", part).but(given={**several, "limit_class": "general"}))
    goes(happy("dispatch", "DIRECTOR").but(given=several))


@pytest.mark.parametrize("part", ["CLERK", "DESK", "DIRECTOR", "CONFIDENTIAL", "DIRECTOR_R"])
def test_after_two_returns_the_unit_is_designated_not_dispatched(part: str) -> None:
    case = happy("dispatch", part).but(return_count=1)
    only(case, case.but(return_count=2))


def test_designating_needs_two_returns_or_a_dispute() -> None:
    case = happy("designate").but(return_count=2, dispute=False)
    only(case, case.but(return_count=1))
    goes(case.but(return_count=0, dispute=True))


@pytest.mark.parametrize("move", DISPATCHING)
def test_a_limit_class_outside_the_list_is_refused(move: str) -> None:
    refuses(happy(move).but(given={"limit_class": "whenever"}))
