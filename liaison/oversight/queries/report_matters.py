"""What a report says of single matters: normal ones only, by number, title, place, unit; never who raised them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from liaison.core import clock
from liaison.core.db import among, run
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.settings.models import SettingVersion
from liaison.settings.table import BY_NAME
from liaison.tickets.models import Answer, Category, Ticket
from liaison.tickets.models.draws import Draw
from liaison.tickets.models.orders import SupervisionOrder
from liaison.tickets.queries.visible import alike, given, visible
from workflows.ticket_words import Confidentiality

Place, Lead = aliased(Unit), aliased(Unit)
PARTS = (UnitType.DORM_ROOM, UnitType.CLASS)
NORMAL = Ticket.confidentiality == Confidentiality.NORMAL


def described(ids: Collection[int], reader: Actor | None = None) -> dict[int, Any]:
    """id → number, title, place, unit, due_at, text of the present answer. `reader`: who may not see every normal
    matter; of those he may see today."""
    columns = (Ticket.id, Ticket.number, Ticket.title, Place.name.label("place"), Lead.name.label("unit"))
    wanted = (
        select(*columns, Ticket.due_at, Answer.text.label("answer"))
        .outerjoin(Place, Place.id == Ticket.place_id)
        .outerjoin(Lead, Lead.id == Ticket.lead_unit_id)
        .outerjoin(Answer, Answer.id == Ticket.answer_id)
        .where(Ticket.id.in_(ids), NORMAL)
    )
    if reader is not None:
        wanted = wanted.where(visible(alike(reader)))
    return {row.id: row for row in run(wanted, given(reader) if reader else None)}


def explained(answer_ids: Collection[int]) -> dict[int, Any]:
    """Ticket → reason_class, basis, review_on of these answers."""
    columns = (Answer.ticket_id, Answer.reason_class, Answer.basis, Answer.review_on)
    return {row.ticket_id: row for row in run(select(*columns).where(Answer.id.in_(answer_ids)))}


def categories() -> Sequence[Any]:
    """id, code, name, in the order of the list."""
    return run(select(Category.id, Category.code, Category.name).order_by(Category.code)).all()


def wholes(ids: Collection[int]) -> dict[int, int]:
    """Place → what it is a part of: a room's building, a class's college; any other place is whole."""
    whole = case((Unit.type.in_(PARTS), func.coalesce(Unit.parent_id, Unit.id)), else_=Unit.id)
    return {row.id: row.whole for row in run(select(Unit.id, whole.label("whole")).where(Unit.id.in_(among(ids))))}


def orders(first: date, last: date) -> Sequence[Any]:
    """Orders issued in the period, by number; `is_open`: of no restricted matter, so that a table may name it."""
    columns = ("number", "cause", "due_on", "issued_at", "answered_at", "ended_at", "result")
    issued = (SupervisionOrder.issued_at >= clock.moment(first), SupervisionOrder.issued_at < clock.end_of(last))
    named = (Unit.name.label("unit"), NORMAL.label("is_open"))
    wanted = select(*(getattr(SupervisionOrder, name) for name in columns), *named).where(*issued)
    wanted = wanted.join(Ticket, Ticket.id == SupervisionOrder.ticket_id)
    wanted = wanted.outerjoin(Unit, Unit.id == SupervisionOrder.unit_id)
    return run(wanted.order_by(SupervisionOrder.issued_at, SupervisionOrder.id)).all()


def setting_changes(first: date, last: date) -> Sequence[Any]:
    """Editions of the settings that need a second key (★): each is printed (domain.md §9)."""
    starred = [name for name, section in BY_NAME.items() if section.needs_second_key]
    made = (SettingVersion.made_at >= clock.moment(first), SettingVersion.made_at < clock.end_of(last))
    columns = (SettingVersion.section, SettingVersion.edition, SettingVersion.made_at, SettingVersion.note)
    wanted = select(*columns).where(*made, SettingVersion.section.in_(starred), SettingVersion.edition > 1)
    return run(wanted.order_by(SettingVersion.made_at)).all()


def draw(month: date) -> Any:
    """The lots of the month: hash, and the seed once the list is frozen."""
    return run(select(Draw.seed, Draw.seed_hash, Draw.frozen_at).where(Draw.month == month)).one_or_none()
