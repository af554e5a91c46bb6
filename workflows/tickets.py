"""The life of a ticket: 收集 → 汇总分析 → 研究落实 → 反馈 (domain.md §4, rulings.md §13)."""

from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import ENDS, NOT_OPEN, OPEN, Stage, State
from workflows.ticket_words import (
    Channel,
    CheckResult,
    CloseReason,
    Confidentiality,
    ExplanationReason,
    HandoffType,
    Kind,
    LimitClass,
    MeetingBody,
    Outcome,
    RedirectReason,
    ReturnReason,
    Solved,
    UnreachableReason,
    Urgency,
)

__all__ = [
    "ENDS",
    "NOT_OPEN",
    "OPEN",
    "Channel",
    "CheckResult",
    "CloseReason",
    "Confidentiality",
    "ExplanationReason",
    "HandoffType",
    "Kind",
    "LimitClass",
    "MeetingBody",
    "Outcome",
    "RedirectReason",
    "ReturnReason",
    "Solved",
    "Stage",
    "State",
    "TicketFacts",
    "UnreachableReason",
    "Urgency",
]
