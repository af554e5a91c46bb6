"""The rows of one ticket, table by table: what the program would have written, as plain stored values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liaison.tickets.actions import codes
from liaison.tickets.actions.raising import title_of
from liaison.tickets.clocks import ball_of, ledger_key
from liaison.tickets.models.tickets import Ball
from tests.bench import archive
from tests.bench import university as u
from workflows.ticket_states import NOT_OPEN, State

if TYPE_CHECKING:
    from tests.bench.archive import Life

S = State
BEFORE_DISPATCH = {S.SUBMITTED, S.INFO_NEEDED, S.TRIAGE, S.WITHDRAWN, S.REDIRECTED, S.MERGED}
OFFERED = {S.FEEDBACK_PENDING, S.FEEDBACK_GIVEN, S.CALLBACK, S.CLOSED}
DRAFTED = OFFERED | {S.DEPT_REVIEW, S.OFFICE_REVIEW}
TOLD = {S.FEEDBACK_GIVEN, S.CALLBACK, S.CLOSED}
SIGNED = DRAFTED | {S.IN_PROGRESS, S.COORDINATING, S.LEADERSHIP_REVIEW, S.LONG_TERM}

TICKET = (
    "id number title kind category_id place_id filed_by_id filed_for_id contact_id raised_at waits_since state stage"
    " ball is_open state_since version event_count merged_into_id confidentiality voice_count limit_class lead_unit_id"
    " handler_id next_due_at due_at original_due_at promised_at rule_version calendar_version dispatched_at"
    " dispatched_by_id answer_id outcome handled_at offered_at told_count last_told_at closed_at close_reason"
)
VOICE = (
    "id ticket_id contact_id source text place_id filed_by_id filed_for_id raised_at filed_at code_hash code_issued_at"
    " opened_at"
)
ASSIGNMENT = (
    "id ticket_id unit_id duty episode handler_id dispatched_at dispatched_by_id sign_due_at signed_at due_at"
    " original_due_at ended_at ending"
)
ANSWER = (
    "id ticket_id episode outcome is_final text unit_id author_id written_at head_approved_by_id head_approved_at"
    " office_approved_by_id office_approved_at offered_at"
)
TELLING = "id voice_id ticket_id answer_id about channel by_id at"
INTERVAL = "id ticket_id ledger unit_id pause_reason from_at until_at"
EVENT = "id ticket_id seq move from_state to_state actor_id actor_label at"
NOTICE = "id recipient_id text_key about stage path created_at read_at dedupe_key"
ANSWERED = "已到现场查看并处理，更换了损坏的配件，即日起恢复正常使用；今后每周巡查一次，再有问题请照旧反映。"


def ticket(life: Life) -> tuple[Any, ...]:
    state, is_sent, is_offered = life.state, life.state not in BEFORE_DISPATCH, life.state in OFFERED
    is_over, is_closed = state in NOT_OPEN, state is S.CLOSED
    ball = Ball.NOBODY if is_over else ball_of(state, life.is_restricted)
    due = life.due if is_sent else None
    title = f"受限事项 {life.number}" if life.is_restricted else title_of(life.text)
    raised, end = life.after(0), life.after(120)
    return (
        *(life.key, life.number, title, "help", life.key % 17 + 1, life.place, life.filer, life.filed_for),
        *(life.contact, raised, raised, state.value, state.stage.value),
        *(ball.value, not is_over, end if is_over else life.after(24)),
        *(4, len(_road(state)), life.merged_into, "restricted" if life.is_restricted else "normal"),
        *(2 if life.has_merged_in else 1, "general", life.unit if is_sent else None),
        *(life.handler if state in SIGNED else None, None if is_over else life.due),
        *(due, due, life.after(240), "1", "2026-1", life.after(8) if is_sent else None),
        *(u.CLERKS[0] if is_sent else None, life.key if is_offered else None, "A" if is_offered else None),
        *(life.after(96) if is_offered else None, life.after(100) if is_offered else None),
        *(1 if state in TOLD else 0, life.after(110) if state in TOLD else None),
        *(end if is_closed else None, "unrated" if is_closed else None),
    )


def voice(life: Life) -> tuple[Any, ...]:
    at, opened = life.after(0), life.after(110) if life.state in TOLD else None
    who, hashed = (life.filer, life.filed_for), codes.hashed(archive.code_of(life.key))
    return life.key, life.key, life.contact, "contact", life.text, life.place, *who, at, at, hashed, at, opened


def assignment(life: Life) -> tuple[Any, ...] | None:
    if life.state in BEFORE_DISPATCH:
        return None
    sent, due, is_signed, is_done = life.after(8), life.due, life.state in SIGNED, life.state in OFFERED
    return (
        *(life.key, life.key, life.unit, "lead", 1, life.handler if is_signed else None, sent, u.CLERKS[0]),
        *(life.after(24), life.after(20) if is_signed else None, due, due),
        *(life.after(96) if is_done else None, "handled" if is_done else None),
    )


def answer(life: Life) -> tuple[Any, ...] | None:
    if life.state not in DRAFTED:
        return None
    is_past_head, is_offered = life.state is not S.DEPT_REVIEW, life.state in OFFERED
    return (
        *(life.key, life.key, 1, "A", True, ANSWERED, life.unit, life.handler, life.after(90)),
        *(u.head_of(life.unit) if is_past_head else None, life.after(96) if is_past_head else None),
        *((u.CLERKS[1], life.after(100), life.after(100)) if is_offered else (None, None, None)),
    )


def telling(life: Life) -> tuple[Any, ...] | None:
    if life.state is S.REDIRECTED:
        return life.key, life.key, life.key, None, "route", "phone", life.filer, life.after(30)
    if life.state not in TOLD:
        return None
    return life.key, life.key, life.key, life.key, "answer", "face_to_face", life.filer, life.after(110)


def intervals(life: Life) -> list[tuple[Any, ...]]:
    """The office's first stretch, and the one that runs now."""
    first = (life.key, "office", None, None, life.after(0))
    if life.state in {S.SUBMITTED, S.TRIAGE, S.REDIRECTED}:
        return [(*first, None)]
    ledger, unit, pause = ledger_key(life.state, life.unit)
    if ledger is None:
        return [(*first, life.after(120))]
    return [
        (*first, life.after(8)),
        (life.key, ledger.value, unit, pause.value if pause else None, life.after(8), None),
    ]


ROADS: list[tuple[set[State], list[str]]] = [  # about four events each, as the peers were measured with
    ({S.CLOSED}, ["submit", "dispatch", "submit_answer", "close"]),
    (OFFERED, ["submit", "dispatch", "submit_answer", "office_approve"]),
    (DRAFTED, ["submit", "accept", "dispatch", "submit_answer"]),
    (SIGNED, ["submit", "accept", "dispatch", "sign"]),
    ({S.DISPATCHED, S.RETURN_REQUESTED}, ["submit", "accept", "dispatch"]),
    ({S.TRIAGE}, ["submit", "accept"]),
    ({S.INFO_NEEDED}, ["submit", "ask_info"]),
    ({S.MERGED}, ["submit", "accept", "merge"]),
    ({S.REDIRECTED}, ["submit", "accept", "redirect"]),
    ({S.WITHDRAWN}, ["submit", "withdraw"]),
    ({S.SUBMITTED}, ["submit"]),
]
LEADS_TO = {
    "submit": S.SUBMITTED,
    "accept": S.TRIAGE,
    "dispatch": S.DISPATCHED,
    "sign": S.IN_PROGRESS,
    "submit_answer": S.OFFICE_REVIEW,
    "office_approve": S.FEEDBACK_PENDING,
    "ask_info": S.INFO_NEEDED,
    "merge": S.MERGED,
    "redirect": S.REDIRECTED,
    "withdraw": S.WITHDRAWN,
    "close": S.CLOSED,
}


def events(life: Life) -> list[tuple[Any, ...]]:
    found, before = [], None
    for seq, move in enumerate(_road(life.state), start=1):
        actor = life.filer if move in {"submit", "withdraw"} else u.CLERKS[life.key % len(u.CLERKS)]
        after = LEADS_TO[move].value
        found.append((life.key, seq, move, before, after, actor, f"党政办公室 第{actor}号老师", life.after(8 * seq)))
        before = after
    return found


def _road(state: State) -> list[str]:
    return next(moves for states, moves in ROADS if state in states)
