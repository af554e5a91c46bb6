"""What the small lives refuse although state and part fit (domain.md §4.7, rulings.md §13)."""

from typing import Any

import pytest

from workflows import assists, contacts, extensions, monthly, proposals, returns
from workflows.engine import MoveRefused, Workflow, decide
from workflows.parts import Part
from workflows.tickets import LimitClass, TicketFacts

ANSWER = "二十个字够了吧，这是协办单位写给主办单位的答复。"
RETURN = {"reason_code": "not_our_duty", "duty_clause": "第三条", "suggested_unit": "9"}
EXTENSION = {"reason": "配件未到", "due_on": "12-01"}


def goes(workflow: Workflow, move: str, state: Any, part: Part, facts: Any, /, **given: Any) -> bool:
    """False when a guard or check refuses in words; any other refusal fails the test."""
    try:
        decide(workflow, move, state=state, parts={part}, facts=facts, given=given)
    except MoveRefused as refused:
        if refused.kind != "guard":
            raise
        return False
    return True


@pytest.mark.parametrize("reason", ["unit_complained_of", "lead_submitted"])
def test_no_co_unit_is_asked_that_is_complained_of_or_too_late(reason: str) -> None:
    ask = {"unit": "9", "question": "水压多少？"}
    assert goes(assists.ASSISTS, "ask", None, Part.CLERK, assists.AssistFacts(), **ask)
    assert not goes(assists.ASSISTS, "ask", None, Part.CLERK, assists.AssistFacts(**{reason: True}), **ask)


@pytest.mark.parametrize("reason", ["actor_wrote_answer", "ticket_merged", "lead_submitted"])
def test_a_co_answer_needs_another_author_and_a_ticket_at_work(reason: str) -> None:
    place = (assists.ASSISTS, "answer", assists.State.SIGNED, Part.CO_HEAD)
    assert goes(*place, assists.AssistFacts(), answer=ANSWER)
    assert not goes(*place, assists.AssistFacts(**{reason: True}), answer=ANSWER)


def test_a_co_answer_has_twenty_characters() -> None:
    place = (assists.ASSISTS, "answer", assists.State.SIGNED, Part.CO_HEAD, assists.AssistFacts())
    assert goes(*place, answer="字" * 20)
    assert not goes(*place, answer="字" * 19)
    assert not goes(*place, answer="字" * 10 + " " * 20)


def test_a_late_a_second_or_a_designated_return_is_not_asked() -> None:
    place = (returns.RETURNS, "ask", None, Part.HEAD)
    assert goes(*place, TicketFacts(days_since_dispatch=2), **RETURN)
    assert not goes(*place, TicketFacts(days_since_dispatch=3), **RETURN)
    assert not goes(*place, TicketFacts(returned_by_lead=True), **RETURN)
    assert not goes(*place, TicketFacts(designated=True), **RETURN)
    assert not goes(*place, TicketFacts(), **RETURN | {"reason_code": "busy"})


@pytest.mark.parametrize("move", ["uphold", "refuse"])
@pytest.mark.parametrize(
    ("part", "first", "second"),
    [
        (Part.CLERK, True, False),
        (Part.DIRECTOR, True, True),
        (Part.CONFIDENTIAL, True, True),
        (Part.DIRECTOR_R, False, True),
    ],
)
def test_the_second_return_is_arbitrated(move: str, part: Part, first: bool, second: bool) -> None:
    place = (returns.RETURNS, move, returns.State.PENDING, part)
    assert goes(*place, TicketFacts(return_count=0), reason="职责清楚") is first
    assert goes(*place, TicketFacts(return_count=1), reason="职责清楚") is second


@pytest.mark.parametrize(
    ("limit_class", "days"), [(LimitClass.GENERAL, 5), (LimitClass.COMPLEX, 10), (LimitClass.RESTRICTED, 10)]
)
def test_an_extension_is_as_long_as_its_class_allows(limit_class: LimitClass, days: int) -> None:
    place = (extensions.EXTENSIONS, "ask", None, Part.HEAD, TicketFacts(limit_class=limit_class))
    assert goes(*place, **EXTENSION, extension_days=days)
    assert not goes(*place, **EXTENSION, extension_days=days + 1)


def test_an_extension_is_asked_once_in_time_and_not_for_what_cannot_wait() -> None:
    place = (extensions.EXTENSIONS, "ask", None, Part.HEAD)
    assert not goes(*place, TicketFacts(before_due=False), **EXTENSION)
    assert not goes(*place, TicketFacts(extension_used=True), **EXTENSION)
    for fixed in (LimitClass.URGENT, LimitClass.SIMPLE, LimitClass.LONG):
        assert not goes(*place, TicketFacts(limit_class=fixed), **EXTENSION)


@pytest.mark.parametrize(("move", "given"), [("grant", {}), ("refuse", {"reason": "可以按期"})])
def test_the_clerk_decides_general_extensions_only(move: str, given: dict[str, str]) -> None:
    place = (extensions.EXTENSIONS, move, extensions.State.PENDING)
    for limit_class, clerk in ((LimitClass.GENERAL, True), (LimitClass.COMPLEX, False)):
        facts = TicketFacts(limit_class=limit_class)
        assert goes(*place, Part.CLERK, facts, **given) is clerk
        assert goes(*place, Part.DIRECTOR, facts, **given)


@pytest.mark.parametrize(
    ("move", "proposes", "confirms"),
    [
        ("redirect", Part.CLERK, Part.DIRECTOR),
        ("convene", Part.HEAD, Part.DIRECTOR),
        ("escalate", Part.DIRECTOR, Part.SUPERVISING),
        ("plan", Part.HEAD, Part.DIRECTOR),
        ("office_approve", Part.DIRECTOR, Part.SUPERVISING),
        ("publish", Part.CLERK, Part.DIRECTOR),
    ],
)
def test_a_proposal_waits_for_the_one_it_is_addressed_to(move: str, proposes: Part, confirms: Part) -> None:
    facts = proposals.ProposalFacts(move=move)
    assert goes(proposals.PROPOSALS, "propose", None, proposes, facts, move=move)
    for part in proposals.CONFIRMERS:
        asked = (proposals.PROPOSALS, "confirm", proposals.State.PROPOSED, part, facts)
        assert goes(*asked) is (part in proposals.PROPOSABLE[move].confirmers)
    assert confirms in proposals.PROPOSABLE[move].confirmers


@pytest.mark.parametrize(("move", "given"), [("confirm", {}), ("decline", {"reason": "先补充依据"})])
def test_nobody_signs_his_own_proposal(move: str, given: dict[str, str]) -> None:
    own = proposals.ProposalFacts(move="plan", actor_proposed=True)
    assert not goes(proposals.PROPOSALS, move, proposals.State.PROPOSED, Part.DIRECTOR, own, **given)


def test_a_move_nobody_may_propose_is_not_proposed() -> None:
    facts = proposals.ProposalFacts(move="accept")
    assert not goes(proposals.PROPOSALS, "propose", None, Part.CLERK, facts, move="accept")


def test_the_director_confirms_only_for_a_leader_who_left() -> None:
    place = (contacts.CONTACTS, "confirm_for_leaver", contacts.State.TO_CONFIRM, Part.DIRECTOR)
    assert goes(*place, contacts.ContactFacts(leader_left=True), reason="已调离")
    assert not goes(*place, contacts.ContactFacts(), reason="已调离")


def test_no_monthly_return_before_the_month_is_locked() -> None:
    place = (monthly.MONTHLY, "generate", None, Part.SYSTEM)
    assert goes(*place, monthly.MonthlyFacts(month_locked=True))
    assert not goes(*place, monthly.MonthlyFacts())
