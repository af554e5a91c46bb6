"""交办: dispatch, sign, return, extend; and the ways to other channels."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from sqlalchemy import delete

from liaison.calendars import limits
from liaison.calendars.working_days import calendar_version
from liaison.core.clock import day_ending_at, end_of
from liaison.core.clock import moment as wall_time
from liaison.core.db import add, run
from liaison.tickets.actions import catalogue, handing_over
from liaison.tickets.actions.effects.assisting import ask_units, let_go
from liaison.tickets.actions.effects.leading import change_lead
from liaison.tickets.actions.effects.publishing import take_down
from liaison.tickets.actions.effects.purging import forget_title, purge
from liaison.tickets.actions.moving import Step
from liaison.tickets.clocks import ball_of
from liaison.tickets.models import Assignment
from liaison.tickets.models.tickets import Ball, Reader
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import names, readers
from workflows.ticket_words import Confidentiality, HandoffType, LimitClass, ReturnReason


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
        "suggested_unit_id": None,
    }
    step.data |= {"unit": step.given["lead_name"], "lead": lead, "due": _day(due), "limit_class": limit_class.value}
    step.data["rules"] = step.changes["rule_version"]
    assign_lead(step, lead, due, str(step.given.get("instruction") or ""))
    ask_units(step)
    if step.ticket.confidentiality is not Confidentiality.NORMAL:
        _name_readers(step, lead, *map(int, step.given.get("co") or []))


def designate(step: Step) -> None:
    """指定承办: a ruling of the director; the unit cannot return it any more (T17)."""
    dispatch(step)
    step.changes["is_designated"] = True
    step.data["basis"] = str(step.given["basis"])
    catalogue.propose_from_designation(step)


def assign_lead(step: Step, lead: int, due: datetime | None, question: str) -> None:
    """The lead's obligation: its custody clock starts now."""
    row = {
        "ticket_id": step.ticket.id,
        "unit_id": lead,
        "duty": Duty.LEAD,
        "episode": step.ticket.episode,
        "question": question[:500],
        "state": None,
        "dispatched_at": step.at,
        "dispatched_by_id": step.actor.id,
        "sign_due_at": limits.sign_due(step.at, step.value("limit_class")),
        "due_at": due,
        "original_due_at": due,
    }
    step.after.append(partial(add, Assignment, row))


def _name_readers(step: Step, *units: int) -> None:
    """Only named people read a restricted ticket: the heads of the units at work, save whom it is about."""
    is_new = step.ticket.confidentiality is Confidentiality.NORMAL  # nobody was named on an ordinary matter
    known = set() if is_new else {row.id for row in [*readers.named(step.ticket), *readers.recused(step.ticket)]}
    heads = dict.fromkeys(person for unit in units for person in names.heads(unit) if person not in known)
    if heads:
        rows = [{"ticket_id": step.ticket.id, "person_id": person} for person in heads]
        step.after.append(partial(add, Reader, *rows))


def _forget_readers(step: Step, unit: int) -> None:
    """A unit whose return was upheld sees it no more (rulings §13)."""
    mine = (Reader.ticket_id == step.ticket.id, Reader.person_id.in_(names.heads(unit)))
    step.after.append(partial(run, delete(Reader).where(*mine)))


def sign(step: Step) -> None:
    """签收: the department takes it; from now on the named handler works it."""
    handler = int(step.given["handler"])
    step.changes["handler_id"] = handler
    step.data["handler"] = names.person(handler)
    change_lead(step, handler_id=handler, signed_at=step.at)


def request_return(step: Step) -> None:
    """申请退回: names the reason, the duty clause and the unit that is competent (T14)."""
    suggested = names.unit(int(step.given["suggested_unit"]))
    step.changes["suggested_unit_id"] = int(step.given["suggested_unit"])
    if step.ticket.return_count and step.ticket.confidentiality is Confidentiality.NORMAL:
        step.changes["ball"] = Ball.DIRECTOR
    step.data |= {
        "reason": ReturnReason(step.given["reason_code"]).label,
        "duty_clause": str(step.given["duty_clause"])[:200],
        "suggested": suggested,
        "suggested_id": int(step.given["suggested_unit"]),
    }


def uphold_return(step: Step) -> None:
    """同意退回: the unit is out of it; the next one gets a fresh custody clock (T15)."""
    count, asked = step.ticket.return_count + 1, catalogue.last_return(step.ticket)
    step.changes |= {
        "return_count": count,
        "is_disputed": count >= 2,
        "lead_unit_id": None,
        "handler_id": None,
        "due_at": None,
        "original_due_at": None,
    }
    step.data |= {"lead_before": step.ticket.lead_unit_id, "unit": asked.unit}
    let_go(step)
    catalogue.propose_from_return(step, asked.data)
    if step.ticket.confidentiality is not Confidentiality.NORMAL and step.ticket.lead_unit_id:
        _forget_readers(step, step.ticket.lead_unit_id)


def reject_return(step: Step) -> None:
    """驳回退回: the unit works on; its limit never stopped (T16)."""
    step.changes |= {"is_designated": True, "suggested_unit_id": None}


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


def uphold_objection(step: Step) -> None:
    """异议成立: what was told of the old route is history; whatever comes next is told anew (T10b)."""
    step.changes["offered_at"] = None


def hand_off(step: Step) -> None:
    """移交: nothing stays but type, receiver, time of the call; every word of the text goes (T11)."""
    called_at = step.given["called_at"]
    step.data |= {
        "type": str(step.given["handoff_type"]),
        "receiver": str(step.given["receiver"])[:60],
        "called_at": called_at.isoformat() if hasattr(called_at, "isoformat") else str(called_at),
        "receipt": str(step.given.get("receipt") or "")[:40],
    }
    step.changes |= {"title": "已移交", "confidentiality": Confidentiality.SEALED}
    if step.data["receipt"]:  # nothing is waited for any more
        step.changes |= {"ball": Ball.NOBODY, "next_due_at": None}
    purge(step)
    let_go(step)
    called = called_at if isinstance(called_at, datetime) else datetime.fromisoformat(str(called_at))
    kept = (HandoffType(step.data["type"]), step.data["receiver"], _aware(called), step.data["receipt"])
    step.after.append(partial(handing_over.record, *kept, step.actor.id, step.ticket.id))


def raise_level(step: Step) -> None:
    """提密: fewer may read it from now on; the neutral title is everywhere (T38). What was restricted is sealed.

    A sealed one keeps no content: every word of it goes, and so do its readers.
    """
    is_sealed = step.ticket.confidentiality is Confidentiality.RESTRICTED
    level, word = (Confidentiality.SEALED, "封存事项") if is_sealed else (Confidentiality.RESTRICTED, "受限事项")
    step.changes |= {"confidentiality": level, "title": f"{word} {step.ticket.number}"}
    step.data["level"] = level.value
    if step.facts.reopen_window_over:  # before that nothing is public
        take_down(step)
    ball = ball_of(step.source, True, step.ticket.handler_id)
    waits = step.ticket.ball is not Ball.NOBODY
    step.changes["ball"] = Ball.CONFIDENTIAL if is_sealed and waits else ball if waits else Ball.NOBODY
    if is_sealed:
        purge(step)
        step.after.append(partial(run, delete(Reader).where(Reader.ticket_id == step.ticket.id)))
        return
    forget_title(step)
    if step.ticket.lead_unit_id:
        _name_readers(step, *readers.working_units(step.ticket))


def _aware(moment: datetime) -> datetime:
    """What was typed is a Chinese wall time."""
    return moment if moment.tzinfo else wall_time(moment.date(), moment.time())


def _day(moment: object) -> str:
    if isinstance(moment, datetime):
        return day_ending_at(moment).isoformat()
    return moment.isoformat() if isinstance(moment, date) else ""
