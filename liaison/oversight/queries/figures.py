"""What the figures are counted from: events and dated rows up to the cut-off, five statements (metrics.md §1).

A column that a later deed changes is read only to find tickets, never to say what one was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union

from liaison.core.db import run
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.world import Material
from liaison.people.models import Unit
from liaison.tickets.models import Answer, Assignment, Telling, Ticket, TicketEvent, Voice

TICKET = "id number kind category_id confidentiality raised_at lead_unit_id merged_into_id"
EVENT = "ticket_id seq move from_state to_state at data"
VOICE = "id ticket_id raised_at extract_of_id"
ANSWER = "id ticket_id episode outcome is_final written_at head_approved_at offered_at"
TELLING = "voice_id answer_id about channel at"


def material(scope: Scope) -> Material:
    """All rows that a figure of this period may need, and no later ones."""
    chosen, cut_off = _chosen(scope), scope.cut_off
    return Material(
        tickets=_rows(Ticket, TICKET, Ticket.id.in_(chosen)),
        events=_rows(TicketEvent, EVENT, TicketEvent.ticket_id.in_(chosen), TicketEvent.at < cut_off),
        voices=_rows(Voice, VOICE, Voice.ticket_id.in_(chosen), Voice.filed_at < cut_off),
        answers=_rows(Answer, ANSWER, Answer.ticket_id.in_(chosen), Answer.offered_at < cut_off),
        tellings=_rows(Telling, TELLING, Telling.ticket_id.in_(chosen), Telling.at < cut_off),
    )


def _rows(model: Any, columns: str, *where: ColumnElement[bool]) -> Sequence[Any]:
    wanted = select(*(getattr(model, name) for name in columns.split())).where(*where)
    order = (model.ticket_id, model.seq) if model is TicketEvent else (model.id,)
    return run(wanted.order_by(*order)).all()


def _chosen(scope: Scope) -> Select[Any]:
    """Raised, due or touched in the period; open now or then; with whatever was merged into them, or they into."""
    after = select(TicketEvent.ticket_id).where(TicketEvent.at >= scope.cut_off)
    within = select(TicketEvent.ticket_id).where(TicketEvent.at >= scope.begin, TicketEvent.at < scope.end)
    due = select(Assignment.ticket_id).where(Assignment.due_at > scope.begin, Assignment.due_at <= scope.cut_off)
    raised = select(Ticket.id).where(Ticket.raised_at >= scope.begin, Ticket.raised_at < scope.end)
    is_open = select(Ticket.id).where(Ticket.is_open)
    found = union(raised, within, due, is_open, after).subquery()
    theirs = select(found.c[0])
    leads = select(Ticket.merged_into_id).where(Ticket.id.in_(theirs), Ticket.merged_into_id.is_not(None))
    merged = select(Ticket.id).where(Ticket.merged_into_id.in_(theirs))
    return select(union(theirs, leads, merged).subquery().c[0])


def units() -> Sequence[Any]:
    """Units that work on tickets, in organisational order: id, name."""
    return run(select(Unit.id, Unit.name).where(Unit.can_receive_tickets).order_by(Unit.order, Unit.id)).all()
