"""单位调整: when a unit closes, its open assignments and its catalogue lines pass to the successor (rulings §13).

State and limits stay; the old obligation ends as passed on, the new one waits for its handler. History keeps
the unit that worked on it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update

from liaison.core import clock
from liaison.core.db import add, change, db, run, table
from liaison.people.actor import Actor
from liaison.people.holdings import Holding
from liaison.tickets.actions import catalogue, events, ledger, notices, readers
from liaison.tickets.actions.moving import LostRace, who_was_faster
from liaison.tickets.clocks import ball_of
from liaison.tickets.models import Assignment, Category, Request, Ticket
from liaison.tickets.models.orders import SupervisionOrder
from liaison.tickets.models.requests import Life, Standing
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Duty, Ending
from liaison.tickets.queries import names
from liaison.tickets.queries import readers as reading
from workflows.assists import State as AssistState
from workflows.supervision import State as OrderState
from workflows.ticket_words import Confidentiality

UNTIL_LIFTED = {OrderState.PROPOSED, OrderState.ISSUED, OrderState.ANSWERED}


def open_matters(unit_id: int) -> int:
    """How many tickets it leads or still owes an answer beside the lead."""
    tickets = _assignments(unit_id).with_only_columns(func.count(Assignment.ticket_id.distinct())).order_by(None)
    return db.session.scalar(tickets) or 0


def barred(unit_id: int, successor_id: int) -> int:
    """How many of them are about the successor or its head: he takes no part (T12)."""
    tickets = {row.ticket_id for row in db.session.scalars(_assignments(unit_id))}
    return sum(successor_id in reading.whom_it_is_about(db.session.get_one(Ticket, key))[1] for key in tickets)


def pass_on(unit_id: int, successor_id: int, actor: Actor) -> None:
    """All of it, in the caller's transaction. LostRace where somebody moves one of the tickets meanwhile."""
    for row in db.session.scalars(_assignments(unit_id)).all():
        _hand_over(row, successor_id, actor)
    orders = (SupervisionOrder.unit_id == unit_id, SupervisionOrder.state.in_(UNTIL_LIFTED))
    run(update(table(SupervisionOrder)).where(*orders).values(unit_id=successor_id))
    run(update(table(Category)).where(Category.lead_unit_id == unit_id).values(lead_unit_id=successor_id))
    catalogue.pass_on(unit_id, successor_id, actor)


def _assignments(unit_id: int) -> Any:
    """The lead's until it is handled, a co-unit's until it has answered; the leads first."""
    running = (Assignment.unit_id == unit_id, Assignment.ended_at.is_(None), Assignment.answered_at.is_(None))
    return select(Assignment).where(*running).order_by(Assignment.duty.desc(), Assignment.id)


def _hand_over(row: Assignment, successor_id: int, actor: Actor) -> None:
    ticket = db.session.get_one(Ticket, row.ticket_id)
    name = names.unit(successor_id)
    seq = events.write_beside(ticket.id, "pass_on", actor, ticket.state, {"unit": name}, version=ticket.version)
    if seq is None:
        raise LostRace(who_was_faster(ticket))
    is_lead = row.duty is Duty.LEAD
    if is_lead:
        _lead_passes(ticket, successor_id)
    _end(row)
    if is_lead or successor_id not in reading.working_units(ticket):  # whoever works on it is not asked besides
        add(Assignment, _continued(row, successor_id))
    _readers_follow(ticket, row.unit_id, successor_id)
    db.session.expire(ticket)
    notices.beside(ticket, "ticket.pass_on", notices.of_unit(successor_id), seq=seq, besides=actor.id)


def _lead_passes(ticket: Ticket, successor_id: int) -> None:
    """The successor names its own handler; where custody runs, it is the successor's from now on."""
    columns: dict[str, Any] = {"lead_unit_id": successor_id, "handler_id": None}
    if ticket.ball is Ball.HANDLER:
        columns["ball"] = ball_of(ticket.state, ticket.confidentiality is not Confidentiality.NORMAL)
    change(Ticket, ticket.id, **columns)
    ledger.pass_on(ticket, successor_id, clock.now())
    own = {"ended_at": clock.now(), "ending": Ending.WAIVED, "state": AssistState.WAIVED}
    beside = (Assignment.ticket_id == ticket.id, Assignment.unit_id == successor_id, Assignment.duty == Duty.CO)
    unanswered = (Assignment.ended_at.is_(None), Assignment.answered_at.is_(None))
    run(update(table(Assignment)).where(*beside, *unanswered).values(own))  # it leads now, and asks itself nothing


def _end(row: Assignment) -> None:
    change(Assignment, row.id, ended_at=clock.now(), ending=Ending.PASSED_ON)
    wanting_out = (Request.asking == row.id, Request.life == Life.RETURN, Request.standing == Standing.OPEN)
    run(update(table(Request)).where(*wanting_out).values(standing=Standing.LAPSED, decided_at=clock.now()))
    db.session.expire(row)


def _continued(row: Assignment, successor_id: int) -> dict[str, Any]:
    kept = ("ticket_id", "duty", "episode", "question", "dispatched_by_id", "sign_due_at", "due_at", "original_due_at")
    return {
        **{name: getattr(row, name) for name in (*kept, "is_due_provisional")},
        "unit_id": successor_id,
        "state": AssistState.ASKED if row.duty is Duty.CO else None,
        "dispatched_at": clock.now(),
    }


def _readers_follow(ticket: Ticket, unit_id: int, successor_id: int) -> None:
    if ticket.confidentiality is not Confidentiality.NORMAL:
        readers.forget_heads(ticket, unit_id)
        readers.name_heads(ticket, successor_id)


HOLDING = Holding(open_matters, barred, pass_on)
