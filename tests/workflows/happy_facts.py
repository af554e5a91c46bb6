"""For every way of expected_ticket_moves.py: facts and form fields with which nothing speaks against it.

Written by hand from the guards of domain.md §4.3–4.8. A test changes one thing in a happy case
and sees the refusal that this one thing causes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from tests.workflows.expected_ticket_moves import MOVES
from workflows.engine import MoveRefused, decide
from workflows.parts import Part
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import State
from workflows.ticket_words import LimitClass
from workflows.tickets import TICKETS

TWENTY_CHARACTERS = "三号楼热水锅炉已于昨天修好,今晚起供水。"
assert len(TWENTY_CHARACTERS) == 20

DISPATCHED = {"was_dispatched": True, "days_since_dispatch": 1, "lead_unit": "logistics"}
OPEN_LEAD = {"lead_state": State.IN_PROGRESS, "lead_confidentiality": "normal"}
ANSWERED = {**DISPATCHED, "answer_outcome": "A"}
OFFERED = {**ANSWERED, "final_answer_offered": True, "something_to_tell": True}
SETTLED = {**OFFERED, "voices_told": 1, "voices_open": 0}
OF_MY_VOICE = {"voice_told": True, "days_since_told": 3}

FACTS: dict[str, dict[str, Any]] = {
    "join": OPEN_LEAD,
    "confirm_onspot": {"on_spot": True},
    "record_praise": {"kind": "praise"},
    "merge": OPEN_LEAD,
    "info_timeout": {"info_expired": True, "info_days_left": 0},
    "uphold_objection": {"objection_raised": True},
    "sign": DISPATCHED,
    "request_return": DISPATCHED,
    "uphold_return": DISPATCHED,
    "reject_return": DISPATCHED,
    "designate": {"return_count": 2, "was_dispatched": True},
    "progress": DISPATCHED,
    "interim_answer": DISPATCHED,
    "co_answer": {**DISPATCHED, "co_open": 1, "return_to": State.IN_PROGRESS},
    "extend": {**DISPATCHED, "limit_class": LimitClass.GENERAL},
    "convene": DISPATCHED,
    "meeting_result": DISPATCHED,
    "escalate": {**DISPATCHED, "meetings_held": 1, "approved_by_supervisor": True},
    "decided": DISPATCHED,
    "plan": DISPATCHED,
    "review_plan": DISPATCHED,
    "resume": {**DISPATCHED, "milestone_reached": True},
    "submit_answer": DISPATCHED,
    "submit_answer_direct": {**DISPATCHED, "limit_class": LimitClass.SIMPLE, "skip_head": True},
    "head_return": ANSWERED,
    "head_approve": ANSWERED,
    "head_approve_direct": {**ANSWERED, "limit_class": LimitClass.SIMPLE, "skip_office": True},
    "office_return": ANSWERED,
    "office_approve": ANSWERED,
    "tell": OFFERED,
    "mark_unreachable": {**OFFERED, "days_since_offered": 14, "voices_open": 1},
    "close_untold": {**OFFERED, "voices_told": 0, "voices_open": 0},
    "rate": {**SETTLED, **OF_MY_VOICE},
    "reopen": {**SETTLED, **OF_MY_VOICE, "days_since_closed": 3},
    "reopen_onspot": {**OF_MY_VOICE, "on_spot": True, "days_since_closed": 3, "voices_told": 1},
    "close": SETTLED,
    "sample": {**SETTLED, "drawn": True},
    "check_ok": {**SETTLED, "drawn": True},
    "check_unreached": {**SETTLED, "drawn": True, "callback_attempts": 2},
    "check_mismatch": {**SETTLED, "drawn": True},
    "check_mismatch_onspot": {"on_spot": True, "drawn": True, "voices_told": 1},
    "publish": {**SETTLED, "reopen_window_over": True},
}

GIVEN: dict[str, Any] = {  # one value for every name a move may need
    "text": "三号楼晚上没有热水。",
    "lead_ticket": "LX2026-000002-8",
    "urgency": "ordinary",
    "category": "03",
    "answer": TWENTY_CHARACTERS,
    "answered_by": "后勤保障处值班室",
    "praised_unit": "library",
    "question": "是哪一层没有热水?",
    "reason": "情况已经核对清楚。",
    "children": ["三号楼没有热水。", "三号楼走廊灯不亮。"],
    "route": "请向学生处学生申诉处理委员会提出。",
    "handoff_type": "psychology",
    "receiver": "心理健康中心",
    "called_at": "2026-11-16T10:00:00+08:00",
    "lead": "logistics",
    "limit_class": "general",
    "handler": "staff-7",
    "duty_clause": "职责第三条",
    "suggested_unit": "works",
    "basis": "派单目录第三条",
    "note": "已到现场看过。",
    "expected_on": date(2026, 12, 1),
    "due_on": date(2026, 11, 23),
    "meeting_on": date(2026, 11, 20),
    "invited": ["logistics", "works"],
    "decision": "由后勤保障处更换锅炉。",
    "body": "president",
    "options": "一次更换或分期更换",
    "plan_name": "锅炉更换计划",
    "milestones": [date(2027, 3, 1), date(2027, 6, 1)],
    "owner": "后勤保障处",
    "milestone_state": "on_track",
    "outcome": "A",
    "voice": "voice-1",
    "channel": "face_to_face",
    "solved": "yes",
    "satisfied": 5,
    "check_result": "true",
    "order": "请于三个工作日内回复。",
    "public_text": "三号楼热水已恢复。",
}

GIVEN_FOR: dict[str, dict[str, Any]] = {  # what one move says differently, or says besides its needs
    "redirect": {"reason_code": "student_appeal"},
    "request_return": {"reason_code": "not_our_duty"},
    "mark_unreachable": {"reason_code": "unopened"},
    "dispatch": {"lead_can_receive": True, "co": ["works"]},
    "designate": {"lead_can_receive": True, "co": ["works"]},
    "decided": {"lead_can_receive": True},
    "publish": {"deidentified": True},
    "check_unreached": {"check_result": "unreached"},
    "check_mismatch": {"check_result": "false"},
    "check_mismatch_onspot": {"check_result": "false"},
}


@dataclass(frozen=True)
class Case:
    """One question to the table; `goes_to` is the state it should lead to."""

    move: str
    part: str
    source: str | None
    goes_to: str
    facts: dict[str, Any]
    given: dict[str, Any]

    def but(self, *, given: dict[str, Any] | None = None, part: str = "", **facts: Any) -> Case:
        """The same case with these facts and fields changed."""
        return replace(
            self,
            part=part or self.part,
            facts={**self.facts, **facts},
            given={**self.given, **(given or {})},
        )

    def without(self, *needs: str) -> Case:
        return replace(self, given={k: v for k, v in self.given.items() if k not in needs})

    def decide(self) -> str:
        return decide(
            TICKETS,
            self.move,
            state=None if self.source is None else State(self.source),
            parts=frozenset({Part[self.part]}) if self.part else frozenset(),
            facts=TicketFacts(**self.facts),
            given=self.given,
        )


def happy(move: str, part: str = "", source: str | None = "", target: str | None = "") -> Case:
    """The happy case of a move; part, source and target are the first of its row unless named."""
    row = MOVES[move]
    if not part:
        part = row.by.split()[0]
    pairs = sorted(row.pairs, key=str)
    found = [p for p in pairs if source in ("", p[0]) and target in ("", p[1])]
    source, target = found[0]
    goes_to = target or source
    assert goes_to is not None
    facts = FACTS.get(move, {}) | _facts_of_the_way(move, goes_to) | _facts_of_the_part(move, part)
    if move == "hand_off" and source not in ("submitted", "triage"):
        facts["confidentiality"] = "sealed"  # decision 0019
    given = {need: GIVEN[need] for need in row.needs.split() if need in GIVEN}
    given |= GIVEN_FOR.get(move, {})
    if move == "tell" and part == "SYSTEM":
        given["channel"] = "code_page"  # the one telling nobody writes by hand (§4.6)
    return Case(move, part, source, goes_to, facts, given)


def _facts_of_the_way(move: str, target: str) -> dict[str, Any]:
    if move in ("supplement", "info_timeout"):
        return {"return_to": State(target)}
    if move == "unmerge":
        return {"state_before": State(target)}
    if move == "confirm_onspot":
        return {"drawn": target == "callback"}
    if move == "submit_answer_direct":
        return {"skip_office": target == "feedback_pending"}
    return {}


def _facts_of_the_part(move: str, part: str) -> dict[str, Any]:
    restricted = part in ("DIRECTOR_R", "CONFIDENTIAL")
    facts: dict[str, Any] = {"confidentiality": "restricted"} if restricted else {}
    if move == "merge" and restricted:
        facts["lead_confidentiality"] = "restricted"
    if move == "extend" and restricted:
        facts["limit_class"] = LimitClass.RESTRICTED
    if move in ("uphold_return", "reject_return") and part == "DIRECTOR_R":
        facts["return_count"] = 1  # the director only arbitrates, and that is the second return
    if move == "head_approve" or move == "head_approve_direct":
        facts["one_person_department"] = part == "DIRECTOR"
    return facts


def refuses(case: Case, kind: str = "guard") -> str:
    """Assert that the table refuses for this kind of reason, in polite Chinese; returns the reasons."""
    with pytest.raises(MoveRefused) as caught:
        case.decide()
    refusal = caught.value
    assert refusal.kind == kind, f"{refusal} is of kind {refusal.kind}, not {kind}"
    assert refusal.move == case.move
    assert refusal.reasons, f"{case.move} refused without saying why"
    for reason in refusal.reasons:
        assert re.search(r"[\u4e00-\u9fff]", reason), f"not Chinese: {reason}"
        assert not re.search(r"请勿|禁止|异常|违规|成功!", reason), f"not polite: {reason}"
    return " ".join(refusal.reasons)


def goes(case: Case) -> None:
    """Assert that the table allows it and where it leads."""
    assert case.decide() == case.goes_to


def only(case: Case, *violations: Case) -> None:
    """Assert that the case goes through and each violation of it is refused by a guard."""
    goes(case)
    for violation in violations:
        refuses(violation)
