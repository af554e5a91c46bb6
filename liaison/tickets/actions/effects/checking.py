"""核实: somebody other than the handler looked (domain.md §4.8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from liaison.core.db import add
from liaison.tickets.actions.effects import telling
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Check, Ticket
from liaison.tickets.models.tellings import CheckKind
from workflows.ticket_words import CheckResult, CloseReason, Solved


def sample(step: Step) -> None:
    """抽取回访: drawn for this episode."""
    step.changes["is_drawn"] = True


def check_ok(step: Step) -> None:
    """核实相符: shown as 办结·已核实."""
    _record(step, CheckResult.TRUE)
    step.changes |= {"checked": CheckResult.TRUE, "checked_at": step.at}
    telling.shut(step, CloseReason.CHECKED)


def check_unreached(step: Step) -> None:
    """未联系上: shown as 办结·未核实 – silence proves nothing."""
    _record(step, CheckResult.UNREACHED)
    telling.shut(step, CloseReason.UNCHECKED)


def check_mismatch(step: Step) -> None:
    """核实不符: the stated outcome was not true; a new episode begins."""
    _record(step, CheckResult(step.given["check_result"]))
    telling.reopen(step)


def _record(step: Step, result: CheckResult) -> None:
    kind = CheckKind(step.given.get("kind") or CheckKind.CALLBACK)
    row = found(step.ticket, kind, result, step.given, by_id=step.actor.id, at=step.at)
    step.after.append(partial(add, Check, row))
    step.data |= {"result": result.value, "kind": kind.value}


def found(
    ticket: Ticket, kind: CheckKind, result: CheckResult, given: Mapping[str, Any], *, by_id: int | None, at: datetime
) -> dict[str, Any]:
    """One check as a row; the two other answers where somebody was asked."""
    is_asked = result is not CheckResult.UNREACHED
    solved, satisfied = given.get("solved"), given.get("satisfied")
    return {
        "ticket_id": ticket.id,
        "answer_id": ticket.answer_id,
        "kind": kind,
        "result": result,
        "solved": Solved(solved) if solved and is_asked else None,
        "satisfied": int(satisfied) if satisfied and is_asked else None,
        "note": str(given.get("note") or "")[:300],
        "by_id": by_id,
        "at": at,
    }
