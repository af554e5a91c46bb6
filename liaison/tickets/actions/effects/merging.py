"""并案、撤销并案、拆分: a pointer, never a move of rows, so that undoing is exact (rulings §7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from liaison.calendars.limits import moved_due
from liaison.calendars.working_days import working_days_between
from liaison.core.clock import local
from liaison.core.db import db
from liaison.tickets.actions.moving import Step
from liaison.tickets.actions.raising import open_child
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.queries.voices import family

HOT_VOICES, HOT_DAYS = 5, 14  # 集中反映 (domain.md §1.4)


def merge(step: Step) -> None:
    """并案: this ticket follows its lead; the lead's whole wait looks back to the oldest voice (T7)."""
    lead = _ticket(str(step.given["lead_ticket"]))
    step.changes |= {"merged_into_id": lead.id, "state_before": step.source}
    step.data |= {"lead": lead.number, "lead_id": lead.id}
    older = min(lead.waits_since, step.ticket.waits_since)
    count = lead.voice_count + step.ticket.voice_count
    is_hot = lead.is_hot or _recent_voices(lead, step) >= HOT_VOICES
    step.after.append(_on_lead(lead.id, waits_since=older, voice_count=count, is_hot=is_hot))


def unmerge(step: Step) -> None:
    """撤销并案: everything as before; the limit moves by the working days spent merged (T8)."""
    ticket = step.ticket
    step.changes |= {"merged_into_id": None, "state_before": None}
    days = working_days_between(local(ticket.state_since).date(), local(step.at).date())
    if days and ticket.due_at:
        step.changes["due_at"] = moved_due(ticket.due_at, days)
        step.changes["original_due_at"] = moved_due(ticket.original_due_at, days) if ticket.original_due_at else None
    lead = db.session.execute(
        select(Ticket.id, Ticket.number, Ticket.voice_count, Ticket.raised_at).where(Ticket.id == ticket.merged_into_id)
    ).one()
    others = aliased(Ticket)
    oldest = select(func.min(others.waits_since)).where(others.merged_into_id == lead.id, others.id != ticket.id)
    left = db.session.scalar(oldest)
    waits = min(lead.raised_at, left) if left else lead.raised_at
    step.data |= {"lead": lead.number, "days_merged": days}
    step.after.append(_on_lead(lead.id, waits_since=waits, voice_count=lead.voice_count - ticket.voice_count))


def split(step: Step) -> None:
    """拆分: each problem becomes a ticket of its own with an extract of the voice (T9)."""
    texts = [str(text).strip() for text in step.given["children"] if str(text).strip()]
    step.data["children"] = [open_child(step.ticket, text, step.actor, step.at) for text in texts]


def _ticket(number: str) -> Ticket:
    return db.session.scalars(select(Ticket).where(Ticket.number == number)).one()


def _recent_voices(lead: Ticket, step: Step) -> int:
    since = step.at - timedelta(days=HOT_DAYS)
    both = [*db.session.scalars(family(lead.id)), *db.session.scalars(family(step.ticket.id))]
    recent = select(func.count()).where(Voice.ticket_id.in_(both), Voice.raised_at >= since)
    return db.session.scalar(recent) or 0


def _on_lead(lead_id: int, **columns: Any) -> Any:
    """The lead changes too: whoever has its page open must read it again."""
    raised = {"version": Ticket.version + 1, **columns}
    return update(Ticket).where(Ticket.id == lead_id).values(raised).execution_options(synchronize_session=False)
