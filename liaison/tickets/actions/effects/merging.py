"""并案、撤销并案、拆分: a pointer, never a move of rows, so that undoing is exact (rulings §7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from liaison.calendars.limits import moved_due
from liaison.core.db import db
from liaison.core.errors import BadInput
from liaison.core.language import gettext as _
from liaison.settings.in_force import number
from liaison.tickets.actions.effects.pausing import days_of, move_limits, working_days_paused
from liaison.tickets.actions.moving import Step
from liaison.tickets.actions.raising import open_child
from liaison.tickets.models import Ticket, TicketEvent, Voice
from liaison.tickets.queries.voices import family


def merge(step: Step) -> None:
    """并案: this ticket follows its lead; the lead's whole wait looks back to the oldest voice (T7)."""
    ticket, lead = step.ticket, _lead(str(step.given["lead_ticket"]))
    step.changes |= {"merged_into_id": lead.id, "state_before": step.source}
    step.data |= {"lead": lead.number, "lead_id": lead.id, "since": ticket.state_since.isoformat()}
    step.data["next_due"] = ticket.next_due_at.isoformat() if ticket.next_due_at else ""
    raised = [*_raised(lead.id), *_raised(ticket.id)]
    older = min(lead.waits_since, ticket.waits_since)
    step.after.append(_on_lead(lead.id, waits_since=older, voice_count=len(raised), is_hot=_is_hot(raised)))


def unmerge(step: Step) -> None:
    """撤销并案: everything as before; the limits move by the working days spent merged (T8)."""
    ticket, days = step.ticket, working_days_paused(step)
    lead = db.session.get_one(Ticket, ticket.merged_into_id)
    own = _raised(ticket.id)
    left = _without(_raised(lead.id), own)
    step.data |= {"lead": lead.number, "days_merged": days}
    step.changes |= {"merged_into_id": None, "state_before": None}
    _stand_as_before(step, days)
    move_limits(step, days)
    step.after.append(_on_lead(lead.id, waits_since=_oldest(lead, ticket), voice_count=len(left), is_hot=_is_hot(left)))


def _stand_as_before(step: Step, days: int) -> None:
    """Since when it stood where it stands again, and what is due next: as the merge noted it."""
    merges = select(TicketEvent.data).where(TicketEvent.ticket_id == step.ticket.id, TicketEvent.move == "merge")
    noted = db.session.scalars(merges.order_by(TicketEvent.seq.desc()).limit(1)).first() or {}
    if noted.get("since"):
        step.changes["state_since"] = datetime.fromisoformat(noted["since"])
    if noted.get("next_due"):
        step.due = moved_due(datetime.fromisoformat(noted["next_due"]), days, days_of(step))


def _oldest(lead: Ticket, leaving: Ticket) -> datetime:
    """Since when the lead waits once the other has left it."""
    others = aliased(Ticket)
    waits = select(func.min(others.waits_since)).where(others.merged_into_id == lead.id, others.id != leaving.id)
    left = db.session.scalar(waits)
    return min(lead.raised_at, left) if left else lead.raised_at


def split(step: Step) -> None:
    """拆分: each problem becomes a ticket of its own with an extract of the voice (T9)."""
    texts = [str(text).strip() for text in step.given["children"] if str(text).strip()]
    step.data["children"] = [open_child(step.ticket, text, step.actor, step.at) for text in texts]


def _lead(number: str) -> Ticket:
    lead = db.session.scalars(select(Ticket).where(Ticket.number == number)).one_or_none()
    if lead is None:
        raise BadInput(lead_ticket=_("没有找到这个编号的事项，请再核对一下。"))
    return lead


def _raised(ticket_id: int) -> list[datetime]:
    """When the voices of a ticket and of everything merged into it were raised."""
    return list(db.session.scalars(select(Voice.raised_at).where(Voice.ticket_id.in_(family(ticket_id)))))


def _without(all_of_them: Iterable[datetime], leaving: Iterable[datetime]) -> list[datetime]:
    left = list(all_of_them)
    for moment in leaving:
        left.remove(moment)
    return left


def _is_hot(raised: list[datetime]) -> bool:
    """集中反映: so many voices within so many days, whenever that was – so that undoing a merge undoes it too.

    For the same reason the settings are those of the moment of the last voice (domain.md §1.4).
    """
    days = sorted(raised)
    voices, within = number("hot_voices", days[-1]), timedelta(days=number("hot_days", days[-1]))
    return any(last - first <= within for first, last in zip(days, days[voices - 1 :], strict=False))


def _on_lead(lead_id: int, **columns: Any) -> Any:
    """The lead changes too: whoever has its page open must read it again."""
    raised = {"version": Ticket.version + 1, **columns}
    one = update(Ticket).where(Ticket.id == lead_id).values(raised).execution_options(synchronize_session=False)
    return partial(db.session.execute, one)
