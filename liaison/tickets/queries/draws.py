"""抽查: the months, their lots, and which answers have none yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from liaison.core.clock import moment
from liaison.core.db import db
from liaison.people.models import Unit
from liaison.tickets.models import Check, Ticket
from liaison.tickets.models.draws import Draw, Lot
from workflows.ticket_states import State

FIRST_MONTH = timedelta(days=30)


def of_month(month: date) -> Draw | None:
    return db.session.scalar(select(Draw).where(Draw.month == month))


def months() -> Sequence[Draw]:
    """All draws, the newest first."""
    return db.session.scalars(select(Draw).order_by(Draw.month.desc())).all()


def unfrozen(before: date) -> Sequence[Draw]:
    """Months that are over and whose list is still open."""
    waiting = select(Draw).where(Draw.frozen_at.is_(None), Draw.month < before)
    return db.session.scalars(waiting.order_by(Draw.month)).all()


def lot_of(ticket_id: int, episode: int) -> Lot | None:
    return db.session.scalar(select(Lot).where(Lot.ticket_id == ticket_id, Lot.episode == episode))


def listed(draw_id: int) -> Sequence[Any]:
    """The public list of a month in its order: number, episode, code of the unit (empty: nobody's), why, key of row."""
    wanted = select(Lot.id, Lot.number, Lot.episode, func.coalesce(Unit.code, "").label("unit"), Lot.why)
    mine = wanted.outerjoin(Unit, Unit.id == Lot.unit_id).where(Lot.draw_id == draw_id, Lot.is_listed)
    return db.session.execute(mine.order_by(Lot.number, Lot.episode)).all()


def as_text(lots: Sequence[Any]) -> str:
    """The list as it is hashed and handed out: one answer a line."""
    return "".join(f"{lot.number},{lot.episode},{lot.unit}\n" for lot in lots)


def counts_beside(draw_id: int) -> list[tuple[Any, int]]:
    """How many answers outside the public list are looked at, by reason."""
    wanted = select(Lot.why, func.count()).where(Lot.draw_id == draw_id, Lot.why.is_not(None)).group_by(Lot.why)
    return [(why, n) for why, n in db.session.execute(wanted.order_by(Lot.why))]


def unlisted(month: date) -> Sequence[Ticket]:
    """Tickets handled in a month whose present answer has no lot."""
    next_month = (month + timedelta(days=31)).replace(day=1)
    handled = (Ticket.handled_at >= moment(month), Ticket.handled_at < moment(next_month))
    return db.session.scalars(_without_a_lot(*handled)).all()


def to_draw(*states: State, since: date) -> Sequence[Ticket]:
    """Answered tickets in these states, handled since a day, whose answer has no lot."""
    return db.session.scalars(_without_a_lot(Ticket.state.in_(states), Ticket.handled_at >= moment(since))).all()


def _without_a_lot(*where: Any) -> Any:
    lot = select(Lot.id).where(Lot.ticket_id == Ticket.id, Lot.episode == Ticket.episode)
    answered = (Ticket.outcome.is_not(None), Ticket.answer_id.is_not(None), ~lot.exists())
    return select(Ticket).where(*where, *answered).order_by(Ticket.id)


def to_send() -> Sequence[Ticket]:
    """Drawn before they were told, or topped up: told now, not looked at yet."""
    lot = select(Lot.id).where(Lot.ticket_id == Ticket.id, Lot.episode == Ticket.episode, Lot.why.is_not(None))
    looked = select(Check.id).where(Check.answer_id == Ticket.answer_id)
    told = (Ticket.state == State.FEEDBACK_GIVEN, Ticket.is_drawn.is_(False))
    return db.session.scalars(select(Ticket).where(*told, lot.exists(), ~looked.exists()).order_by(Ticket.id)).all()


def shut_and_drawn(draw_id: int) -> Sequence[Ticket]:
    """Drawn files of a month that were shut before anybody looked."""
    looked = select(Check.id).where(Check.answer_id == Lot.answer_id)
    drawn = (Lot.draw_id == draw_id, Lot.why.is_not(None), Lot.episode == Ticket.episode, ~looked.exists())
    found = select(Ticket).join(Lot, Lot.ticket_id == Ticket.id).where(*drawn, Ticket.state == State.CLOSED)
    return db.session.scalars(found.order_by(Ticket.id)).all()


def spots() -> Sequence[Ticket]:
    """Matters settled on the spot that the office has not confirmed yet and that are not drawn."""
    new = (Ticket.state == State.SUBMITTED, Ticket.is_on_spot, Ticket.is_drawn.is_(False))
    return db.session.scalars(select(Ticket).where(*new).order_by(Ticket.id)).all()


def is_in_first_month(ticket: Any) -> bool:
    """Whether its filer raised his first matter at most thirty days earlier."""
    person, other = ticket.filed_for_id or ticket.filed_by_id, aliased(Ticket)
    his = or_(other.filed_for_id == person, (other.filed_by_id == person) & other.filed_for_id.is_(None))
    earlier = select(other.id).where(his, other.raised_at < ticket.raised_at - FIRST_MONTH)
    return db.session.execute(earlier.limit(1)).first() is None
