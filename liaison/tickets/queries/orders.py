"""督办单: who sees which, the list, and what the system looks at for its proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select, true
from sqlalchemy.orm import aliased

from liaison.core.db import db, run
from liaison.core.errors import NotVisible
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from liaison.people.words import Role
from liaison.tickets.models import Category, Ticket
from liaison.tickets.models.orders import Grade, SupervisionOrder
from liaison.tickets.queries.visible import Alike, alike, given, of, visible
from workflows.supervision import State

Order = SupervisionOrder
OPEN = (State.PROPOSED, State.ISSUED, State.ANSWERED)
ENDED = (State.LIFTED, State.DROPPED)  # a proposal for a file that is shut meanwhile is in neither list
ISSUED = (State.ISSUED, State.ANSWERED, State.LIFTED)
OFFICE = {Role.DIRECTOR, Role.CLERK, Role.CONFIDENTIAL, Role.AUDITOR}
Place = aliased(Unit)
Issuer, Answerer, Ender, Leader = (aliased(Person) for _n in range(4))


def page_of(actor: Actor, asked: Mapping[str, str], *, ended: bool = False) -> Page:
    """Orders this person may see, the newest first: the running ones, or those that have ended."""
    return _listing(alike(actor), ended).page(asked, given(actor))


def load(actor: Actor, number: str, order_id: int) -> SupervisionOrder:
    """The order of a ticket the actor may see, or NotVisible."""
    known = {**given(actor), "number": number, "order": order_id}
    found: SupervisionOrder | None = db.session.scalar(_one(alike(actor)), known)
    if found is None:
        raise NotVisible(number)
    return found


def of_ticket(actor: Actor, ticket_id: int) -> Sequence[Any]:
    """The orders of a ticket as far as this person sees them, the newest first."""
    return run(_on_a_ticket(alike(actor)), {**given(actor), "ticket": ticket_id}).all()


def between(actor: Actor, since: datetime, until: datetime) -> Any:
    """The statement for all this person may see that were proposed or issued in [since, until), in their order."""
    more = (Order.answered_at, Order.answer, Order.ended_at, Order.result, Ticket.confidentiality)
    mine = _rows(alike(actor)).add_columns(*more)
    return mine.where(Order.proposed_at >= since, Order.proposed_at < until).order_by(Order.id)


def names(order: SupervisionOrder) -> Any:
    """What a page and the document call by name: unit, category, place, who issued, answered, ended, commented."""
    return run(_NAMES, {"order": order.id}).one()


def with_a_unit() -> Sequence[Any]:
    """Open tickets some unit leads, in columns."""
    columns = [getattr(Ticket, name) for name in SEEN]
    return run(select(*columns).where(Ticket.is_open, Ticket.lead_unit_id.is_not(None)).order_by(Ticket.id)).all()


def unanswered(day: date) -> Sequence[Any]:
    """Open tickets with an ordinary order whose day of answer lies before a day."""
    late = (Order.state == State.ISSUED, Order.grade == Grade.ORDER, Order.due_on < day, Ticket.is_open)
    columns = [getattr(Ticket, name) for name in SEEN]
    return run(select(*columns).join(Order, Order.ticket_id == Ticket.id).where(*late).distinct()).all()


def waiting(who: Alike) -> ColumnElement[bool] | None:
    """Orders that wait for people like these: to be answered, issued, or lifted; None for everybody else."""
    conditions: list[ColumnElement[bool]] = []
    if "headed" in who.ties:
        conditions.append((Order.state == State.ISSUED) & Order.unit_id.in_(of("headed")))
    if Role.DIRECTOR in who.roles:
        conditions.append(Order.state.in_([State.PROPOSED, State.ANSWERED]))
    return or_(*conditions) if conditions else None


def _sees(who: Alike) -> ColumnElement[bool]:
    """The office sees all of a ticket it sees; a unit and its leader what was issued to it."""
    if who.roles & OFFICE:
        return true()
    ties = [tie for tie in ("headed", "handled", "supervised") if tie in who.ties]
    theirs = or_(*(Order.unit_id.in_(of(tie)) for tie in ties)) if ties else Order.id.is_(None)
    return Order.state.in_(ISSUED) & theirs


def _rows(who: Alike) -> Any:
    columns = (
        Order.id,
        Order.number,
        Order.grade,
        Order.cause,
        Order.state,
        Order.due_on,
        Order.issued_at,
        Order.proposed_at,
        Order.demand,
    )
    shown = (Ticket.number.label("ticket"), Ticket.title, Ticket.is_open, Unit.name.label("unit"))
    joined = (
        select(*columns, *shown).join(Ticket, Ticket.id == Order.ticket_id).outerjoin(Unit, Unit.id == Order.unit_id)
    )
    return joined.where(visible(who), _sees(who))


@cache
def _listing(who: Alike, ended: bool) -> Listing:
    is_running = Order.state.in_(OPEN) & (Ticket.is_open | (Order.state != State.PROPOSED))
    wanted = Order.state.in_(ENDED) if ended else is_running
    return Listing(_rows(who).where(wanted), [Order.id], size=25, is_descending=True)


@cache
def _on_a_ticket(who: Alike) -> Any:
    return _rows(who).where(Order.ticket_id == bindparam("ticket")).order_by(Order.id.desc())


@cache
def _one(who: Alike) -> Any:
    mine = select(Order).join(Ticket, Ticket.id == Order.ticket_id).where(visible(who), _sees(who))
    return mine.where(Ticket.number == bindparam("number"), Order.id == bindparam("order"))


_NAMES = (
    select(
        Unit.name.label("unit"),
        Category.name.label("category"),
        Place.name.label("place"),
        Issuer.name.label("issuer"),
        Answerer.name.label("answerer"),
        Ender.name.label("ender"),
        Leader.name.label("leader"),
    )
    .select_from(Order)
    .join(Ticket, Ticket.id == Order.ticket_id)
    .outerjoin(Unit, Unit.id == Order.unit_id)
    .outerjoin(Category, Category.id == Ticket.category_id)
    .outerjoin(Place, Place.id == Ticket.place_id)
    .outerjoin(Issuer, Issuer.id == Order.issued_by_id)
    .outerjoin(Answerer, Answerer.id == Order.answered_by_id)
    .outerjoin(Ender, Ender.id == Order.ended_by_id)
    .outerjoin(Leader, Leader.id == Order.commented_by_id)
    .where(Order.id == bindparam("order"))
)
SEEN = (  # what speaks for an order
    "id",
    "number",
    "stage",
    "state",
    "episode",
    "is_open",
    "is_hot",
    "lead_unit_id",
    "due_at",
    "limit_class",
    "rule_version",
    "dispatched_at",
    "handled_at",
    "waits_since",
    "reopen_count",
    "return_count",
    "confidentiality",  # and whom it is about: he hears nothing of it
    "complained_of_id",
)
