"""研究落实: signing, returning, working, meeting, planning (domain.md T13–T27)."""

from datetime import date, timedelta

import pytest

from tests.workflows.happy_facts import TWENTY_CHARACTERS, goes, happy, only, refuses
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass

DECIDING_RETURNS = ["uphold_return", "reject_return"]


def test_who_is_named_in_the_voice_does_not_sign_for_it() -> None:
    case = happy("sign").but(given={"handler": "staff-7"})
    only(case, case.but(named_people=frozenset({"staff-7"})))


def test_the_unit_complained_of_does_not_sign() -> None:
    case = happy("sign").but(lead_unit="logistics")
    only(case, case.but(complained_of=frozenset({"logistics"})))


def test_a_return_after_two_working_days_is_refused() -> None:
    for source in ("dispatched", "in_progress"):
        case = happy("request_return", source=source)
        only(case.but(days_since_dispatch=2), case.but(days_since_dispatch=3))


def test_a_unit_asks_for_a_return_once() -> None:
    case = happy("request_return")
    only(case, case.but(returned_by_lead=True))


def test_a_designated_unit_does_not_return_it() -> None:
    case = happy("request_return")
    only(case, case.but(designated=True))


def test_a_return_names_one_of_four_reasons() -> None:
    case = happy("request_return")
    for reason in ("not_our_duty", "lead_co_wrong", "lacking_info", "recusal"):
        goes(case.but(given={"reason_code": reason}))
    refuses(case.but(given={"reason_code": "no_time"}))


@pytest.mark.parametrize("move", DECIDING_RETURNS)
def test_the_clerk_decides_the_first_return_only(move: str) -> None:
    case = happy(move, "CLERK")
    only(case.but(return_count=0), case.but(return_count=1))


@pytest.mark.parametrize("move", DECIDING_RETURNS)
def test_the_second_return_is_arbitrated_by_director_or_confidential_officer(move: str) -> None:
    goes(happy(move, "DIRECTOR").but(return_count=1))
    goes(happy(move, "CONFIDENTIAL").but(return_count=1))


@pytest.mark.parametrize("move", DECIDING_RETURNS)
def test_on_a_restricted_ticket_the_director_only_arbitrates(move: str) -> None:
    case = happy(move, "DIRECTOR_R")
    only(case.but(return_count=1), case.but(return_count=0))


def test_an_interim_answer_names_a_day_within_sixty_days_of_submission() -> None:
    case = happy("interim_answer").but(submitted_on=date(2026, 11, 2), today=date(2026, 11, 16))
    last = date(2026, 11, 2) + timedelta(days=60)
    only(
        case.but(given={"expected_on": last}),
        case.but(given={"expected_on": last + timedelta(days=1)}),
    )


def test_a_co_answer_has_twenty_characters() -> None:
    case = happy("co_answer")
    only(case, case.but(given={"answer": TWENTY_CHARACTERS[1:]}))


def test_the_author_of_a_co_answer_does_not_approve_it() -> None:
    case = happy("co_answer")
    only(case, case.but(actor_wrote_answer=True))


def test_a_question_asked_before_dispatch_waits_for_no_co_answer() -> None:
    case = happy("co_answer", source="info_needed")
    only(case, case.but(return_to=State.TRIAGE))


@pytest.mark.parametrize("limit_class", ["urgent", "simple", "long"])
def test_urgent_simple_and_long_work_has_no_extension(limit_class: str) -> None:
    case = happy("extend", "DIRECTOR")
    only(case, case.but(limit_class=LimitClass(limit_class)))


def test_an_extension_is_granted_once_and_asked_before_due() -> None:
    case = happy("extend", "DIRECTOR")
    only(case, case.but(extension_used=True), case.but(before_due=False))


@pytest.mark.parametrize("limit_class", ["complex", "restricted"])
def test_the_clerk_extends_general_work_only(limit_class: str) -> None:
    case = happy("extend", "CLERK")
    only(case, case.but(limit_class=LimitClass(limit_class)))


def test_no_extension_is_longer_than_its_class_allows() -> None:
    case = happy("extend", "DIRECTOR")
    only(case.but(given={"extension_days": 5}), case.but(given={"extension_days": 6}))
    complex_work = case.but(limit_class=LimitClass.COMPLEX, given={"extension_days": 10})
    only(complex_work, complex_work.but(given={"extension_days": 11}))


@pytest.mark.parametrize("source", ["coordinating", "in_progress"])
def test_no_rung_is_skipped_except_for_urgency(source: str) -> None:
    case = happy("escalate", source=source)
    only(case, case.but(meetings_held=0))
    goes(case.but(meetings_held=0, urgent=True))


def test_taking_it_to_a_meeting_is_approved_by_the_supervising_leader() -> None:
    case = happy("escalate")
    only(case, case.but(approved_by_supervisor=False))
    refuses(case.but(approved_by_supervisor=False, urgent=True))


def test_two_bodies_decide() -> None:
    case = happy("escalate")
    goes(case.but(given={"body": "party_committee"}))
    refuses(case.but(given={"body": "staff_meeting"}))


def test_a_meeting_decision_has_at_most_five_hundred_characters() -> None:
    case = happy("meeting_result")
    only(case.but(given={"decision": "定" * 500}), case.but(given={"decision": "定" * 501}))


def test_a_meeting_does_not_give_it_to_the_unit_complained_of() -> None:
    case = happy("decided")
    only(case, case.but(complained_of=frozenset({"logistics"})))


def test_milestones_lie_at_most_six_months_apart() -> None:
    case = happy("plan").but(today=date(2026, 11, 16))
    near, far = date(2027, 5, 16), date(2027, 11, 17)
    only(
        case.but(given={"milestones": [near, date(2027, 11, 16)]}),
        case.but(given={"milestones": [near, far]}),
        case.but(given={"milestones": [date(2027, 5, 17)]}),
    )


def test_a_milestone_is_a_day() -> None:
    refuses(happy("plan").but(given={"milestones": ["明年"]}))


def test_work_is_resumed_when_a_milestone_is_reached_or_the_plan_dropped() -> None:
    case = happy("resume")
    only(case, case.but(milestone_reached=False))
    goes(case.but(milestone_reached=False, plan_dropped=True))
