"""Who may do what where, written by hand from domain.md §2.3 and §4.3 – not derived from the program's own tables.

The ticket: filed by 李书记 at 3号楼, dispatched by 王老师 to 后勤保障处, worked by 孙师傅.
"""

from __future__ import annotations

from tests.tickets.deeds import DEEDS
from workflows.ticket_states import State

S = State
PEOPLE = """li liaison chen noise-leader wang zhao-clerk director officer zhang sun sun-colleague liu it-handler desk
auditor admin security""".split()

FILER = {"li", "liaison"}
OFFICE = {"wang", "zhao-clerk", "director"}
EVER = {*FILER, *OFFICE, "officer", "auditor"}  # who sees the ticket from the first day
UNIT = {"zhang", "sun"}

BEFORE_DISPATCH = {S.SUBMITTED, S.INFO_NEEDED, S.WITHDRAWN, S.TRIAGE, S.MERGED, S.SPLIT, S.REDIRECTED}
UNSIGNED = {S.DISPATCHED, S.RETURN_REQUESTED}  # here every handler of the unit still sees it


def sees(who: str, state: State) -> bool:
    if state is S.HANDED_OFF:
        return who in {"director", "officer"}
    if state in BEFORE_DISPATCH:
        return who in EVER
    return who in EVER | UNIT | {"chen"} or (who == "sun-colleague" and state in UNSIGNED)


TELLERS = FILER | OFFICE
MAY: dict[State, dict[str, set[str]]] = {
    S.SUBMITTED: {
        "merge": OFFICE,
        "accept": OFFICE,
        "confirm_onspot": {"wang", "zhao-clerk", "director"},
        "record_praise": {"wang", "zhao-clerk", "director"},
        "withdraw": FILER,
        "void": {"director"},
        "tell": TELLERS,
    },
    S.INFO_NEEDED: {
        "co_answer": set(),
        "supplement": FILER | OFFICE,
        "withdraw": FILER,
        "void": {"director"},
        "tell": TELLERS,
    },
    S.WITHDRAWN: {"tell": TELLERS, "mark_unreachable": OFFICE},
    S.TRIAGE: {
        "merge": OFFICE,
        "split": OFFICE,
        "redirect": OFFICE,
        "designate": {"director"},
        "ask_info": OFFICE,
        "dispatch": OFFICE,
        "withdraw": FILER,
        "void": {"director"},
        "tell": TELLERS,
    },
    S.MERGED: {
        "unmerge": OFFICE,
        "tell": TELLERS,
    },
    S.SPLIT: {"tell": TELLERS},
    S.REDIRECTED: {
        "uphold_objection": {"director"},
        "tell": TELLERS,
        "mark_unreachable": OFFICE,
    },
    S.HANDED_OFF: {"tell": {"officer"}},
    S.DISPATCHED: {
        "merge": OFFICE,
        "request_return": {"zhang"},
        "co_answer": set(),
        "sign": UNIT | {"sun-colleague"},
        "tell": TELLERS | UNIT | {"sun-colleague"},
    },
    S.RETURN_REQUESTED: {
        "uphold_return": OFFICE,
        "reject_return": OFFICE,
        "co_answer": set(),
        "tell": TELLERS | UNIT | {"sun-colleague"},
    },
    S.IN_PROGRESS: {
        "merge": OFFICE,
        "request_return": {"zhang"},
        "interim_answer": {"zhang"},
        "co_answer": set(),
        "extend": OFFICE | {"zhang"},
        "convene": OFFICE | {"chen", "zhang"},
        "escalate": {"director"},
        "plan": {"director", "zhang"},
        "ask_info": OFFICE | UNIT,
        "progress": UNIT,
        "submit_answer": UNIT,
        "submit_answer_direct": UNIT,
        "tell": TELLERS | UNIT,
    },
    S.COORDINATING: {
        "meeting_result": {"director"},
        "escalate": {"director"},
        "co_answer": set(),
        "tell": TELLERS | UNIT,
    },
    S.LEADERSHIP_REVIEW: {
        "decided": {"director"},
        "plan": {"director", "zhang"},
        "co_answer": set(),
        "tell": TELLERS | UNIT,
    },
    S.LONG_TERM: {
        "review_plan": {"zhang"},
        "resume": {"director", "zhang"},
        "co_answer": set(),
        "tell": TELLERS | UNIT,
    },
    S.DEPT_REVIEW: {
        "head_approve": {"zhang", "director"},
        "head_approve_direct": {"zhang", "director"},
        "head_return": {"zhang"},
        "tell": TELLERS | UNIT,
    },
    S.OFFICE_REVIEW: {"office_approve": OFFICE, "office_return": OFFICE, "tell": TELLERS | UNIT},
    S.FEEDBACK_PENDING: {
        "tell": TELLERS | UNIT,
        "mark_unreachable": OFFICE,
        "close_untold": OFFICE,
        "reopen": OFFICE,
    },
    S.FEEDBACK_GIVEN: {"tell": TELLERS | UNIT, "mark_unreachable": OFFICE, "reopen": OFFICE, "close": OFFICE},
    S.CALLBACK: {"tell": TELLERS | UNIT, "mark_unreachable": OFFICE},
    S.CLOSED: {
        "tell": TELLERS | UNIT,
        "reopen": OFFICE,
        "reopen_onspot": OFFICE,
        "publish": OFFICE | {"zhang"},  # clerk and head propose it
    },
}

# Who may only ask for a move (redirect, extend, convene, plan, publish) leaves a request: that is done, not refused.
# Where part and state fit, the rest is asked of the facts; these answers speak against it on such a ticket.
NOT_YET: dict[State, set[str]] = {
    S.SUBMITTED: {"confirm_onspot", "record_praise", "void", "tell"},
    S.INFO_NEEDED: {"void", "tell"},
    S.WITHDRAWN: {"mark_unreachable"},
    S.TRIAGE: {"void", "tell", "designate"},
    S.REDIRECTED: {"mark_unreachable", "uphold_objection"},
    S.IN_PROGRESS: {"submit_answer_direct", "tell", "escalate"},
    S.DEPT_REVIEW: {"head_approve_direct", "tell"},
    S.FEEDBACK_PENDING: {"mark_unreachable", "close_untold"},
    S.FEEDBACK_GIVEN: {"mark_unreachable", "close"},
    S.CALLBACK: {"mark_unreachable"},
    S.CLOSED: {"reopen_onspot", "publish"},
    S.MERGED: {"tell"},
    S.SPLIT: {"tell"},
    S.DISPATCHED: {"tell"},
    S.RETURN_REQUESTED: {"tell"},
    S.OFFICE_REVIEW: {"tell"},
    S.COORDINATING: {"tell"},
    S.LEADERSHIP_REVIEW: {"tell"},
    S.LONG_TERM: {"tell"},
}
NOT_HIS = {("director", S.DEPT_REVIEW, "head_approve")}  # only where the department has one person

for _state in set(S) - {S.SPLIT}:
    MAY[_state]["raise_level"] = {"director", "officer"}  # T38: in every state but one
for _state in set(S) - {S.CLOSED, S.WITHDRAWN, S.SPLIT, S.MERGED, S.REDIRECTED, S.HANDED_OFF}:
    MAY[_state]["hand_off"] = FILER | {"wang", "zhao-clerk", "officer"}
    if _state not in {S.SUBMITTED, S.TRIAGE}:
        NOT_YET.setdefault(_state, set()).add("hand_off")  # elsewhere only what is sealed
NOT_YET[S.HANDED_OFF] = {"raise_level"}  # it is sealed already

MOVES = [*DEEDS, "submit_answer_direct"]


def answer(who: str, state: State, move: str) -> int:
    """What the server says: 404 not visible, 409 wrong state or facts against it, 403 not his, 303 done."""
    if not sees(who, state):
        return 404
    if move not in MAY[state]:
        return 409
    if who not in MAY[state][move]:
        return 403
    return 409 if move in NOT_YET.get(state, ()) or (who, state, move) in NOT_HIS else 303
