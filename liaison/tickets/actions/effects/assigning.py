"""交办: dispatch, sign, return, extend; and the ways to other channels."""

from __future__ import annotations

from datetime import date
from functools import partial

from sqlalchemy import update

from liaison.calendars import limits
from liaison.calendars.working_days import calendar_version
from liaison.core.clock import end_of
from liaison.core.db import add, run
from liaison.tickets.actions.effects.leading import change_lead
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Assignment, Voice
from liaison.tickets.models.tickets import Ball, Reader
from liaison.tickets.models.work import Duty, Ending
from liaison.tickets.queries import names
from workflows.assists import State as AssistState
from workflows.ticket_words import Confidentiality, LimitClass, ReturnReason


def dispatch(step: Step) -> None:
    """交办: custody starts now; the limits are frozen with rule and calendar version (rulings §6)."""
    lead = int(step.given["lead"])
    limit_class = LimitClass(step.given["limit_class"])
    due = limits.handle_due(step.at, limit_class)
    step.changes |= {
        "lead_unit_id": lead,
        "handler_id": None,
        "limit_class": limit_class,
        "is_urgent": limit_class is LimitClass.URGENT or step.ticket.is_urgent,
        "due_at": due,
        "original_due_at": due,
        "promised_at": limits.promise(step.ticket.waits_since, limit_class),
        "rule_version": limits.rule_version(),
        "calendar_version": calendar_version(),
        "dispatched_at": step.at,
        "dispatched_by_id": step.actor.id,
    }
    step.data |= {"unit": names.unit(lead), "lead": lead, "due": _day(due), "limit_class": limit_class.value}
    step.data["rules"] = step.changes["rule_version"]
    _assign(step, lead, due)
    if step.ticket.confidentiality is not Confidentiality.NORMAL:
        _name_readers(step, lead)


def designate(step: Step) -> None:
    """指定承办: a ruling of the director; the unit cannot return it any more (T17)."""
    dispatch(step)
    step.changes["is_designated"] = True
    step.data["basis"] = str(step.given["basis"])


def _assign(step: Step, lead: int, due: object) -> None:
    row = {
        "ticket_id": step.ticket.id,
        "episode": step.ticket.episode,
        "dispatched_at": step.at,
        "dispatched_by_id": step.actor.id,
        "question": "",
        "state": None,
    }
    sign_due = limits.sign_due(step.at, step.changes["limit_class"])
    lead_row = row | {
        "unit_id": lead,
        "duty": Duty.LEAD,
        "question": str(step.given.get("instruction") or "")[:500],
        "sign_due_at": sign_due,
        "due_at": due,
        "original_due_at": due,
    }
    lead_due = step.changes["due_at"]
    co_units = [int(unit) for unit in step.given.get("co") or [] if int(unit) != lead]
    by = limits.days_of(step.changes["limit_class"])
    co_due = limits.co_due(lead_due, urgent=step.changes["is_urgent"], by=by) if lead_due else None
    co_rows = [
        row
        | {
            "unit_id": unit,
            "duty": Duty.CO,
            "question": str(step.given.get("co_question") or "")[:500],
            "state": AssistState.ASKED,
            "sign_due_at": sign_due,
            "due_at": co_due,
            "original_due_at": co_due,
        }
        for unit in co_units
    ]
    step.after.append(partial(add, Assignment, lead_row, *co_rows))
    if co_units:
        step.data["co"] = [names.unit(unit) for unit in co_units]


def _name_readers(step: Step, lead: int) -> None:
    """Only named people read a restricted ticket: the head of the lead unit is the addressee."""
    rows = [{"ticket_id": step.ticket.id, "person_id": person} for person in names.heads(lead)]
    if rows:
        step.after.append(partial(add, Reader, *rows))


def sign(step: Step) -> None:
    """签收: the department takes it; from now on the named handler works it."""
    handler = int(step.given["handler"])
    step.changes["handler_id"] = handler
    step.data["handler"] = names.person(handler)
    change_lead(step, handler_id=handler, signed_at=step.at)


def request_return(step: Step) -> None:
    """申请退回: names the reason, the duty clause and the unit that is competent (T14)."""
    suggested = names.unit(int(step.given["suggested_unit"]))
    step.changes["ball"] = Ball.DIRECTOR if step.ticket.return_count else Ball.OFFICE
    step.data |= {
        "reason": ReturnReason(step.given["reason_code"]).label,
        "duty_clause": str(step.given["duty_clause"])[:200],
        "suggested": suggested,
    }


def uphold_return(step: Step) -> None:
    """同意退回: the unit is out of it; the next one gets a fresh custody clock (T15)."""
    count = step.ticket.return_count + 1
    step.changes |= {
        "return_count": count,
        "is_disputed": count >= 2,
        "lead_unit_id": None,
        "handler_id": None,
        "due_at": None,
        "original_due_at": None,
        "dispatched_at": step.ticket.dispatched_at,
    }
    step.data |= {"lead_before": step.ticket.lead_unit_id, "unit": names.unit(step.ticket.lead_unit_id)}
    change_lead(step, ended_at=step.at, ending=Ending.RETURNED)


def reject_return(step: Step) -> None:
    """驳回退回: the unit works on; its limit never stopped (T16)."""
    step.changes["is_designated"] = True


def extend(step: Step) -> None:
    """延期: once, asked before due; the original limit stays beside it (T20)."""
    day = step.given["due_on"]
    due = end_of(day)
    step.changes["due_at"] = due
    step.due = due
    step.data |= {"from": _day(step.ticket.due_at), "due": day.isoformat(), "days": step.given["extension_days"]}
    change_lead(step, due_at=due)


def redirect(step: Step) -> None:
    """转其他渠道: the route is told in plain words; it does not count as closed (T10)."""
    step.data |= {"reason": str(step.given["reason_code"]), "route": str(step.given["route"])[:300]}
    step.changes["offered_at"] = step.at


def hand_off(step: Step) -> None:
    """移交: nothing stays but type, receiver, time of the call; every word of the text goes (T11)."""
    called_at = step.given["called_at"]
    step.data |= {
        "type": str(step.given["handoff_type"]),
        "receiver": str(step.given["receiver"])[:60],
        "called_at": called_at.isoformat() if hasattr(called_at, "isoformat") else str(called_at),
        "receipt": str(step.given.get("receipt") or "")[:40],
    }
    step.changes |= {"title": "已移交", "confidentiality": Confidentiality.RESTRICTED}
    if step.data["receipt"]:  # nothing is waited for any more
        step.changes |= {"ball": Ball.NOBODY, "next_due_at": None}
    step.after.append(partial(run, update(Voice).where(Voice.ticket_id == step.ticket.id).values(text="")))


def raise_level(step: Step) -> None:
    """提密: fewer may read it from now on; the neutral title is everywhere (T38)."""
    step.changes |= {"confidentiality": Confidentiality.RESTRICTED, "title": f"受限事项 {step.ticket.number}"}


def _day(moment: object) -> str:
    from datetime import datetime

    from liaison.core.clock import day_ending_at

    if isinstance(moment, datetime):
        return day_ending_at(moment).isoformat()
    return moment.isoformat() if isinstance(moment, date) else ""
