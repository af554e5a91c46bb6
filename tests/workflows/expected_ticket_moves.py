"""What domain.md §4.1–4.3 and rulings §13 allow, copied out by hand; never derived from workflows/.

One row a move: its T-number, its ways ("sources → targets", several ways parted by ";",
"[*]" = comes into being, "↺" = the state stays), the parts that may make it, and what must be given.
"""

from dataclasses import dataclass

STATES: dict[str, tuple[str, str]] = {  # code → (Chinese word, stage), domain.md §4.1
    "submitted": ("待受理", "collect"),
    "info_needed": ("待补充", "collect"),
    "withdrawn": ("已撤回/作废", "collect"),
    "triage": ("研判中", "analyse"),
    "merged": ("已并案", "analyse"),
    "split": ("已拆分", "analyse"),
    "redirected": ("转其他渠道", "analyse"),
    "handed_off": ("已移交", "analyse"),
    "dispatched": ("待签收", "resolve"),
    "return_requested": ("申请退回", "resolve"),
    "in_progress": ("办理中", "resolve"),
    "coordinating": ("专题协调", "resolve"),
    "leadership_review": ("提请会议研究", "resolve"),
    "long_term": ("长期推进", "resolve"),
    "dept_review": ("部门审定", "resolve"),
    "office_review": ("党政办审核", "resolve"),
    "feedback_pending": ("待反馈", "feedback"),
    "feedback_given": ("已反馈", "feedback"),
    "callback": ("回访中", "feedback"),
    "closed": ("已办结", "feedback"),
}

STAGES = {"collect": "收集", "analyse": "汇总分析", "resolve": "研究落实", "feedback": "反馈"}

PARTS: dict[str, str] = {  # name in code → Chinese word
    "FILER": "提交人",
    "HOLDER": "持码人",
    "CLERK": "党政办受理员",
    "DESK": "二级受理员",
    "DIRECTOR": "党政办主任",
    "DIRECTOR_R": "党政办主任（受限事项）",
    "CONFIDENTIAL": "保密专办员",
    "CONFIDENTIAL_N": "保密专办员（普通事项）",
    "HANDLER": "主办经办人",
    "HEAD": "主办负责人",
    "CO_HANDLER": "协办经办人",
    "CO_HEAD": "协办负责人",
    "SUPERVISING": "分管校领导",
    "LEADER": "校领导",
    "LIAISON": "联络员",
    "AUDITOR": "纪检审计",
    "SYSTEM": "系统",
}

EVERY = " ".join(STATES)
# rulings §13: "Open" = any state but these six.
NOT_OPEN = {"closed", "withdrawn", "split", "merged", "redirected", "handed_off"}
OPEN = " ".join(state for state in STATES if state not in NOT_OPEN)
# Decision 0019: what was sealed while in work is handed off from wherever it stands.
LATER = " ".join(state for state in OPEN.split() if state not in {"submitted", "triage"})
# rulings §13: 提密 is possible in every state but split.
UNSPLIT = " ".join(state for state in STATES if state != "split")
# rulings §13: a telling is recorded in every state; it moves the ticket only out of 待反馈.
BESIDE_PENDING = " ".join(state for state in STATES if state != "feedback_pending")
# rulings §13: a co-unit answers from dispatch until the lead submits, paused or not, never while merged.
CO_WORK = "dispatched return_requested in_progress info_needed coordinating leadership_review long_term"
OFFICE = "CLERK DIRECTOR CONFIDENTIAL"  # the office; the confidential officer where it is restricted
OFFICE_DESK = "CLERK DESK DIRECTOR CONFIDENTIAL"


@dataclass(frozen=True)
class Row:
    t: str
    ways: str
    by: str
    needs: str = ""

    @property
    def pairs(self) -> frozenset[tuple[str | None, str | None]]:
        """(source, target): source None = comes into being; target None = the state stays."""
        return frozenset(pair for way in self.ways.split(";") for pair in _pairs_of(way))

    @property
    def sources(self) -> frozenset[str | None]:
        return frozenset(source for source, _ in self.pairs)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(self.by.split())


def _pairs_of(way: str) -> list[tuple[str | None, str | None]]:
    sources, targets = way.replace("↺", "→ ↺").split("→")
    return [
        (None if source == "[*]" else source, None if target == "↺" else target)
        for source in sources.split()
        for target in targets.split()
    ]


MOVES: dict[str, Row] = {
    "submit": Row("T1", "[*] → submitted", "FILER", "text"),
    "join": Row("T1b", "[*] → merged", "FILER", "lead_ticket"),
    "accept": Row("T2", "submitted → triage", OFFICE_DESK, "urgency category"),
    "confirm_onspot": Row("T3", "submitted → closed callback", "CLERK DIRECTOR", "answer answered_by"),
    "record_praise": Row("T3b", "submitted → closed", "CLERK DIRECTOR", "praised_unit"),
    "ask_info": Row("T4", "triage in_progress → info_needed", OFFICE_DESK + " HANDLER HEAD", "question"),
    "supplement": Row(
        "T5",
        "info_needed → triage in_progress",
        "FILER HANDLER HEAD DESK CLERK DIRECTOR CONFIDENTIAL HOLDER",
        "text",
    ),
    "info_timeout": Row("T6", "info_needed → triage in_progress", "SYSTEM"),
    "merge": Row(
        "T7",
        "submitted triage dispatched in_progress → merged",
        OFFICE_DESK,
        "lead_ticket reason",
    ),
    "unmerge": Row("T8", "merged → submitted triage dispatched in_progress", OFFICE_DESK, "reason"),
    "split": Row("T9", "triage → split", OFFICE_DESK, "children"),
    "born_of_split": Row("T9a", "[*] → triage", "SYSTEM", "text"),
    # A clerk proposes a redirection; the move is the director's confirmation (rulings §13).
    "redirect": Row("T10", "triage → redirected", "DIRECTOR DIRECTOR_R", "reason_code route"),
    "uphold_objection": Row("T10b", "redirected → triage", "DIRECTOR DIRECTOR_R", "reason"),
    "hand_off": Row(
        "T11",
        f"submitted triage → handed_off; {LATER} → handed_off",
        "FILER CLERK DESK CONFIDENTIAL CONFIDENTIAL_N",
        "handoff_type receiver called_at",
    ),
    "dispatch": Row("T12", "triage → dispatched", OFFICE_DESK + " DIRECTOR_R", "lead limit_class"),
    "sign": Row("T13", "dispatched → in_progress", "HEAD HANDLER DESK", "handler"),
    "request_return": Row(
        "T14",
        "dispatched in_progress → return_requested",
        "HEAD",
        "reason_code duty_clause suggested_unit",
    ),
    "uphold_return": Row("T15", "return_requested → triage", OFFICE + " DIRECTOR_R", "reason"),
    "reject_return": Row("T16", "return_requested → in_progress", OFFICE + " DIRECTOR_R", "reason"),
    "designate": Row(
        "T17",
        "triage → dispatched",
        "DIRECTOR DIRECTOR_R CONFIDENTIAL",
        "lead limit_class basis",
    ),
    "progress": Row("T18", "in_progress ↺", "HANDLER HEAD DESK", "note"),
    "interim_answer": Row("T18b", "in_progress ↺", "HEAD", "answer expected_on"),
    "co_answer": Row("T19", CO_WORK + " ↺", "CO_HEAD", "answer"),
    "extend": Row("T20", "in_progress ↺", OFFICE, "reason due_on"),
    "convene": Row("T21", "in_progress → coordinating", "DIRECTOR DIRECTOR_R SUPERVISING", "meeting_on invited"),
    "meeting_result": Row("T22", "coordinating → in_progress", "DIRECTOR DIRECTOR_R CONFIDENTIAL", "decision"),
    "escalate": Row(
        "T23",
        "coordinating in_progress → leadership_review",
        "DIRECTOR DIRECTOR_R",
        "body question options",
    ),
    "decided": Row(
        "T24",
        "leadership_review → in_progress",
        "DIRECTOR DIRECTOR_R CONFIDENTIAL",
        "decision lead due_on",
    ),
    "plan": Row(
        "T25",
        "in_progress leadership_review → long_term",
        "DIRECTOR DIRECTOR_R CONFIDENTIAL",
        "plan_name milestones owner expected_on",
    ),
    "review_plan": Row("T26", "long_term ↺", "HEAD", "milestone_state"),
    "resume": Row("T27", "long_term → in_progress", "HEAD DIRECTOR DIRECTOR_R", "reason"),
    "submit_answer": Row("T28", "in_progress → dept_review", "HANDLER HEAD DESK", "outcome answer"),
    "submit_answer_direct": Row(
        "T28b",
        "in_progress → office_review feedback_pending",
        "HANDLER HEAD DESK",
        "outcome answer",
    ),
    "head_return": Row("T29", "dept_review → in_progress", "HEAD", "reason"),
    # The director stands in where the department has one person (domain.md §2.3 note 6).
    "head_approve": Row("T29a", "dept_review → office_review", "HEAD DIRECTOR"),
    "head_approve_direct": Row("T29b", "dept_review → feedback_pending", "HEAD DIRECTOR"),
    "office_return": Row("T30", "office_review → in_progress", OFFICE, "reason"),
    "office_approve": Row("T30a", "office_review → feedback_pending", OFFICE),
    "tell": Row(
        "T31",
        f"feedback_pending → feedback_given; {BESIDE_PENDING} ↺",
        "FILER HANDLER HEAD DESK CLERK DIRECTOR CONFIDENTIAL SYSTEM",
        "voice channel",
    ),
    # withdrawn: a voice withdrawn by its filer may be marked too (rulings §13).
    "mark_unreachable": Row(
        "T31a",
        "feedback_pending feedback_given callback redirected withdrawn ↺",
        OFFICE,
        "voice reason_code",
    ),
    "close_untold": Row("T31b", "feedback_pending → closed", OFFICE),
    "rate": Row("T32", "feedback_given callback closed ↺", "HOLDER", "voice solved satisfied"),
    "reopen": Row(
        "T33",
        "feedback_pending feedback_given closed → in_progress",
        "HOLDER CLERK DIRECTOR CONFIDENTIAL",
        "reason",
    ),
    "reopen_onspot": Row("T33b", "closed → triage", "HOLDER CLERK DIRECTOR", "reason"),
    "close": Row("T34", "feedback_given → closed", OFFICE + " SYSTEM"),
    "sample": Row("T35", "feedback_given → callback", "SYSTEM"),
    "check_ok": Row("T36", "callback → closed", OFFICE, "check_result"),
    "check_unreached": Row("T36a", "callback → closed", OFFICE, "check_result"),
    "check_mismatch": Row("T36b", "callback → in_progress", OFFICE, "check_result"),
    "check_mismatch_onspot": Row("T36c", "callback → triage", "CLERK DIRECTOR", "check_result"),
    "supervise": Row("T37", OPEN + " ↺", "DIRECTOR DIRECTOR_R", "order"),
    "raise_level": Row("T38", UNSPLIT + " ↺", "DIRECTOR DIRECTOR_R CONFIDENTIAL CONFIDENTIAL_N", "reason"),
    "publish": Row("T39", "closed ↺", "DIRECTOR", "public_text"),
    "withdraw": Row("T40", "submitted info_needed triage → withdrawn", "FILER HOLDER", "reason"),
    "void": Row("T40", "submitted info_needed triage → withdrawn", "DIRECTOR", "reason"),
}
