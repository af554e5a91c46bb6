"""Which tickets an actor may see: every read of tickets starts here (safety.md R2, R3).

What is not visible does not exist for him: 404, in lists, counts, search and exports alike.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from liaison.access import Action, Relation, Scope, scopes
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.models import Assignment, Ticket
from liaison.tickets.models.tickets import Reader
from liaison.tickets.models.work import Duty, Ending
from workflows.ticket_words import Confidentiality

NORMAL, RESTRICTED = Confidentiality.NORMAL, Confidentiality.RESTRICTED


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition «this actor may see this ticket», from the scopes of the access table."""
    return or_(
        and_(Ticket.confidentiality == NORMAL, _normal(actor)),
        and_(Ticket.confidentiality == RESTRICTED, _restricted(actor)),
    )


def _normal(actor: Actor) -> ColumnElement[bool]:
    held = scopes(actor, Action.VIEW_TICKETS)
    if Scope.NORMAL in held:
        return Ticket.id == Ticket.id  # every normal ticket
    conditions: list[ColumnElement[bool]] = [filed_by(actor)]
    if Scope.SUPERVISED in held and actor.supervised:
        conditions.append(Ticket.lead_unit_id.in_(actor.supervised))
    if Scope.SUPERVISED in held and actor.linked:
        conditions.append(Ticket.place_id.in_(actor.linked))
    if Scope.UNIT in held:
        conditions += _of_units(actor.at(Role.HEAD) | actor.at(Role.DESK))
        conditions += [Ticket.college_id.in_(actor.at(Role.DESK))] if actor.at(Role.DESK) else []
    if Scope.ASSIGNED in held:
        conditions += _assigned(actor)
    return or_(*conditions)


def _restricted(actor: Actor) -> ColumnElement[bool]:
    """Named readers only; the unit complained of is never among them (rulings §8)."""
    if not scopes(actor, Action.VIEW_RESTRICTED):
        return false()
    if actor.has(Role.CONFIDENTIAL, Role.DIRECTOR):
        return or_(Ticket.complained_of_id.is_(None), Ticket.complained_of_id.not_in(_own_units(actor)))
    named = select(Reader.ticket_id).where(Reader.person_id == actor.id)
    return or_(Ticket.handler_id == actor.id, Ticket.id.in_(named))


def _own_units(actor: Actor) -> list[int]:
    return sorted({unit for units in actor.units.values() for unit in units})


def filed_by(actor: Actor) -> ColumnElement[bool]:
    """A filer always sees what he filed; a liaison also what his leaders filed (rulings §13)."""
    in_names = {actor.id, *actor.leads_for}
    return or_(Ticket.filed_by_id.in_(in_names), Ticket.filed_for_id.in_(in_names))


def _of_units(units: frozenset[int]) -> list[ColumnElement[bool]]:
    """Lead or co, now or before; a unit whose return was upheld sees the ticket no more."""
    if not units:
        return []
    mine = select(Assignment.ticket_id).where(
        Assignment.ticket_id == Ticket.id,
        Assignment.unit_id.in_(units),
        or_(Assignment.ending.is_(None), Assignment.ending != Ending.RETURNED),
    )
    return [mine.exists()]


def _assigned(actor: Actor) -> list[ColumnElement[bool]]:
    """Before signing every handler of the unit; afterwards the named one."""
    units = actor.at(Role.HANDLER)
    mine = select(Assignment.ticket_id).where(
        Assignment.ticket_id == Ticket.id,
        Assignment.unit_id.in_(units),
        Assignment.handler_id.is_(None),
        Assignment.ending.is_(None),
    )
    named = select(Assignment.ticket_id).where(
        Assignment.ticket_id == Ticket.id,
        Assignment.handler_id == actor.id,
        or_(Assignment.ending.is_(None), Assignment.ending != Ending.RETURNED),
    )
    return [Ticket.handler_id == actor.id, named.exists(), *([mine.exists()] if units else [])]


def tickets(actor: Actor) -> Any:
    """All tickets an actor may see, as entities."""
    return select(Ticket).where(visible(actor))


def load(actor: Actor, number: str) -> Ticket:
    """The ticket of this number, or NotVisible whether it is missing or merely not his."""
    ticket: Ticket | None = db.session.scalar(tickets(actor).where(Ticket.number == number))
    if ticket is None:
        raise NotVisible(number)
    return ticket


def sees(actor: Actor, number: str) -> bool:
    """Whether the actor may see the ticket of this number."""
    return db.session.scalar(select(Ticket.id).where(visible(actor), Ticket.number == number)) is not None


def relation(actor: Actor, ticket: Ticket, co: list[tuple[int, int | None]] | None = None) -> Relation:
    """What access must know of this ticket to say which parts the actor plays."""
    co_rows = _co_duties(ticket) if co is None else co
    return Relation(
        is_restricted=ticket.confidentiality is not NORMAL,
        is_filer=_is_filer(actor, ticket),
        lead_unit_id=ticket.lead_unit_id,
        handler_id=ticket.handler_id,
        college_id=ticket.college_id,
        co_unit_ids=frozenset(unit for unit, _ in co_rows),
        co_handler_ids=frozenset(handler for _, handler in co_rows if handler),
    )


def _is_filer(actor: Actor, ticket: Ticket) -> bool:
    return bool({ticket.filed_by_id, ticket.filed_for_id} & {actor.id, *actor.leads_for} - {None})


def _co_duties(ticket: Ticket) -> list[tuple[int, int | None]]:
    if ticket.dispatched_at is None:
        return []
    wanted = select(Assignment.unit_id, Assignment.handler_id).where(
        Assignment.ticket_id == ticket.id, Assignment.duty == Duty.CO, Assignment.ending.is_(None)
    )
    return [(unit, handler) for unit, handler in db.session.execute(wanted)]
