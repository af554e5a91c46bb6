"""核实: somebody other than the handler looked (domain.md §4.8)."""

from __future__ import annotations

from functools import partial

from liaison.core.db import add
from liaison.tickets.actions.effects import telling
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Check
from liaison.tickets.models.tellings import CheckKind
from workflows.ticket_words import CheckResult, CloseReason


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
    row = {
        "ticket_id": step.ticket.id,
        "answer_id": step.ticket.answer_id,
        "kind": CheckKind.CALLBACK,
        "result": result,
        "note": str(step.given.get("note") or "")[:300],
        "by_id": step.actor.id,
        "at": step.at,
    }
    step.after.append(partial(add, Check, row))
    step.data["result"] = result.value
