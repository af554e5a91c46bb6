"""研究落实: the final answer and its two approvals (domain.md T28–T30a, §4.5)."""

from datetime import date

import pytest

from tests.workflows.happy_facts import TWENTY_CHARACTERS, goes, happy, only, refuses

ANSWERING = ["submit_answer", "submit_answer_direct"]
APPROVING = ["head_approve", "head_approve_direct"]
EXPLANATION = {
    "outcome": "D",
    "reason_class": "facts",
    "basis": "现场两次核对,水温达标。",
    "alternative": "可向宿管员申请复测。",
}


@pytest.mark.parametrize("move", ANSWERING)
def test_an_answer_waits_for_every_co_answer(move: str) -> None:
    case = happy(move)
    only(case, case.but(co_open=1))


@pytest.mark.parametrize("move", ANSWERING)
def test_an_answer_has_twenty_characters(move: str) -> None:
    case = happy(move)
    only(case, case.but(given={"answer": TWENTY_CHARACTERS[1:]}))
    refuses(case.but(given={"answer": "已解决" + " " * 30}))


@pytest.mark.parametrize("move", ANSWERING)
@pytest.mark.parametrize("outcome", ["B", "C", "E"])
def test_only_solved_and_explained_are_final(move: str, outcome: str) -> None:
    refuses(happy(move).but(given={**EXPLANATION, "outcome": outcome}))


@pytest.mark.parametrize("move", ANSWERING)
@pytest.mark.parametrize("gap", ["reason_class", "basis", "alternative"])
def test_an_explanation_gives_reason_class_basis_and_alternative(move: str, gap: str) -> None:
    case = happy(move).but(given=EXPLANATION)
    only(case, case.without(gap), case.but(given={gap: " "}))


@pytest.mark.parametrize("move", ANSWERING)
def test_an_explanation_has_one_of_five_reason_classes(move: str) -> None:
    case = happy(move).but(given={**EXPLANATION, "review_on": date(2027, 3, 1)})
    for reason in ("rule", "funds", "technical", "facts", "not_needed"):
        goes(case.but(given={"reason_class": reason}))
    refuses(case.but(given={"reason_class": "tired"}))


@pytest.mark.parametrize("move", ANSWERING)
@pytest.mark.parametrize("reason", ["rule", "funds", "technical"])
def test_an_explanation_that_may_change_names_its_next_review(move: str, reason: str) -> None:
    case = happy(move).but(given={**EXPLANATION, "reason_class": reason})
    refuses(case)
    goes(case.but(given={"review_on": date(2027, 3, 1)}))


def test_an_answer_skips_the_head_only_where_the_class_does() -> None:
    for target in ("office_review", "feedback_pending"):
        case = happy("submit_answer_direct", target=target)
        only(case, case.but(skip_head=False))


def test_an_answer_skips_the_office_only_where_the_class_does() -> None:
    goes(happy("submit_answer_direct", target="feedback_pending"))
    goes(happy("submit_answer_direct", target="office_review"))
    case = happy("head_approve_direct")
    only(case, case.but(skip_office=False))


def test_the_longer_road_stays_allowed() -> None:
    goes(happy("submit_answer").but(skip_head=True, skip_office=True))
    goes(happy("head_approve").but(skip_head=True, skip_office=True))


@pytest.mark.parametrize("move", APPROVING)
@pytest.mark.parametrize("part", ["HEAD", "DIRECTOR"])
def test_the_author_cannot_approve_his_own_answer(move: str, part: str) -> None:
    case = happy(move, part)
    only(case, case.but(actor_wrote_answer=True))


@pytest.mark.parametrize("move", APPROVING)
def test_the_director_approves_for_the_head_only_in_a_department_of_one(move: str) -> None:
    case = happy(move, "DIRECTOR")
    only(case, case.but(one_person_department=False))


def test_no_to_many_people_is_approved_by_the_director_with_a_second_signature() -> None:
    case = happy("office_approve", "DIRECTOR").but(answer_outcome="D", hot=True, second_signature=True)
    only(case, case.but(second_signature=False), case.but(part="CLERK"))
    goes(case.but(part="CLERK", hot=False, second_signature=False))
    goes(case.but(part="CLERK", answer_outcome="A", second_signature=False))


def test_no_to_many_people_never_skips_the_office() -> None:
    approved = happy("head_approve_direct").but(hot=True)
    only(approved, approved.but(answer_outcome="D"))
    direct = happy("submit_answer_direct", target="feedback_pending").but(hot=True)
    only(direct, direct.but(given=EXPLANATION))
