"""What the figures are counted from: events and dated rows up to the cut-off, a handful of statements (metrics.md §1).

A column that a later deed changes is read only to find tickets, never to say what one was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union,
    union_all,
)

from liaison.contacts.models import ContactLeader
from liaison.core.db import Moment, among, one_of, run
from liaison.oversight.figures.events import Event
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.rows import AnswerRow, TellingRow, TicketRow, VoiceRow
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.world import Material
from liaison.oversight.queries.outings import outings
from liaison.oversight.queries.rows import rows
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.tickets.models import Answer, Assignment, Telling, Ticket, TicketEvent, Voice
from liaison.tickets.models.confidential import Handoff
from liaison.tickets.models.events import CAME_BACK
from liaison.tickets.models.orders import SupervisionOrder
from liaison.tickets.models.tellings import OF_ROUTE
from liaison.tickets.models.work import Duty, Ending
from liaison.tickets.queries.visible import alike, given, visible
from workflows.ticket_states import State


def material(
    scope: Scope,
    views: Collection[View] = tuple(View),
    *,
    of: Collection[int] | None = None,
    with_errands: bool = True,
    with_outings: bool = False,
) -> Material:
    """All rows that a figure of these sets may need, and no later ones. `of`: of these tickets alone, of any day."""
    cut_off, event = scope.cut_off, TicketEvent
    tickets = _tickets(_chosen(scope, views, of))
    chosen = among(row.id for row in tickets)
    heard = among(row.id for row in tickets if set(views) != {View.DUE})  # a limit is kept or not, whoever was told
    return Material(
        tickets=tickets,
        events=rows(Event, event, one_of(event.ticket_id, chosen), event.at < cut_off, by=(event.ticket_id, event.seq)),
        voices=rows(VoiceRow, Voice, one_of(Voice.ticket_id, heard), Voice.filed_at < cut_off),
        answers=rows(AnswerRow, Answer, one_of(Answer.ticket_id, chosen), Answer.offered_at < cut_off),
        tellings=rows(TellingRow, Telling, one_of(Telling.ticket_id, heard), Telling.at < cut_off),
        errands=_errands(scope) if with_errands and {View.DUE, View.FLOW} & set(views) else (),
        outings=outings(scope) if with_outings else None,
    )


def _errands(scope: Scope) -> Sequence[Any]:
    """What others than the lead unit owed: hand-overs of the period, orders issued in it, co-answers due in it."""
    h, o, a = Handoff, SupervisionOrder, Assignment
    asked = (
        _errand("handoff", h.ticket_id, h.called_at, {"done_at": h.receipt_at}).where(*_within(scope, h.called_at)),
        _errand("order", o.ticket_id, o.issued_at, {"done_at": o.answered_at, "gone_at": o.ended_at}, o.due_on).where(
            *_within(scope, o.issued_at)
        ),
        _errand(
            "co", a.ticket_id, a.dispatched_at, {"due_at": a.due_at, "done_at": a.answered_at, "gone_at": _waived()}
        ).where(a.duty == Duty.CO, *_within(scope, a.due_at)),
    )
    return run(union_all(*asked)).all()


def _errand(sort: str, ticket: Any, began: Any, moments: Mapping[str, Any], due_on: Any = None) -> Select[Any]:
    """One sort as the columns all of them share; PostgreSQL wants the type of an empty one."""
    nothing = type_coerce(cast(null(), DateTime(timezone=True)), Moment)
    rest = [moments.get(name, nothing).label(name) for name in ("due_at", "done_at", "gone_at")]
    day = cast(null(), Date) if due_on is None else due_on
    return select(
        literal(sort).label("sort"), ticket.label("ticket_id"), began.label("began_at"), *rest, day.label("due_on")
    )


def _within(scope: Scope, moment: Any) -> tuple[ColumnElement[bool], ...]:
    """Its very end belongs to it: a limit at 24:00 does."""
    return moment >= scope.begin, moment <= scope.end


def _waived() -> Any:
    return case((Assignment.ending == Ending.WAIVED, Assignment.ended_at))


def own_tickets(person_id: int) -> dict[int, bool]:
    """What was heard at a contact in which he took part, False; True for what he filed, or had filed for him."""
    took_part = (ContactLeader.person_id == person_id, ContactLeader.declined_at.is_(None))
    there, filed = (select(Ticket.id, literal(is_filed).label("is_filed")) for is_filed in (False, True))
    ways = (
        there.join(ContactLeader, ContactLeader.contact_id == Ticket.contact_id).where(*took_part),
        filed.where(Ticket.filed_by_id == person_id, Ticket.filed_for_id.is_(None)),
        filed.where(Ticket.filed_for_id == person_id),
    )
    found: dict[int, bool] = {}
    for row in run(union_all(*ways)):
        found[row.id] = row.is_filed or found.get(row.id, False)
    return found


def _chosen(scope: Scope, views: Collection[View], of: Collection[int] | None) -> Select[Any]:
    """The keys of the tickets of these sets."""
    ways = [among(of), _came_back(scope)] if of is not None else [way for view in views for way in SETS[view](scope)]
    return select(union(*ways).cte("chosen").c[0])


def _tickets(keys: Select[Any]) -> list[TicketRow]:
    """These, what they were merged into and what was merged into them, followed step by step to the end."""
    found, asked = dict[int, TicketRow](), set[int]()
    while True:
        into = select(Ticket.id).where(one_of(Ticket.merged_into_id, keys))
        found |= {row.id: row for row in rows(TicketRow, Ticket, one_of(Ticket.id, union(keys, into)))}
        merged = {row.id: row.merged_into_id for row in found.values() if row.merged_into_id}
        if asked >= (new := {*merged.keys(), *merged.values()}):
            return [found[key] for key in sorted(found)]
        keys = among(new - asked)
        asked |= new


def _raised(scope: Scope) -> list[Select[Any]]:
    """In the period; and those that say an earlier one came back."""
    raised = select(Ticket.id).where(Ticket.raised_at >= scope.begin, Ticket.raised_at < scope.end)
    return [raised, _came_back(scope)]


def _came_back(scope: Scope) -> Select[Any]:
    """No earlier than the period: what was raised in it cannot have come back before."""
    return select(TicketEvent.ticket_id).where(CAME_BACK, TicketEvent.at >= scope.begin, TicketEvent.at < scope.cut_off)


def _due(scope: Scope) -> list[Select[Any]]:
    due = select(Assignment.ticket_id).where(Assignment.due_at > scope.begin, Assignment.due_at <= scope.cut_off)
    return [due, _touched_after(scope)]


def _touched(scope: Scope) -> list[Select[Any]]:
    order, event = SupervisionOrder, TicketEvent
    issued = select(order.ticket_id).where(order.issued_at >= scope.begin, order.issued_at < scope.end)
    return [issued, select(event.ticket_id).where(event.at >= scope.begin, event.at < scope.end)]


def _open(scope: Scope) -> list[Select[Any]]:
    """Open now, or touched since; and what went to other channels without everybody being told."""
    number = func.count(Telling.voice_id.distinct()).label("number")  # of the route: an earlier answer told is not it
    told = select(Telling.ticket_id, number).where(OF_ROUTE).group_by(Telling.ticket_id).subquery()
    owes = (Ticket.state == State.REDIRECTED, Ticket.voice_count > func.coalesce(told.c.number, 0))
    owing = select(Ticket.id).outerjoin(told, told.c.ticket_id == Ticket.id).where(*owes)
    return [select(Ticket.id).where(Ticket.is_open), owing, _touched_after(scope)]


def _touched_after(scope: Scope) -> Select[Any]:
    """What the row says may not have been so on the cut-off day."""
    return select(TicketEvent.ticket_id).where(TicketEvent.at >= scope.cut_off)


SETS: dict[View, Callable[[Scope], list[Select[Any]]]] = {
    View.COHORT: _raised,
    View.DUE: _due,
    View.FLOW: _touched,
    View.STOCK: _open,
}


def titles(keys: Iterable[int], actor: Actor) -> dict[int, Any]:
    """Of those of these tickets that he may see today: title and the unit that leads it, by key."""
    wanted = select(Ticket.id, Ticket.title, Unit.name.label("unit")).outerjoin(Unit, Unit.id == Ticket.lead_unit_id)
    seen = wanted.where(Ticket.id.in_(keys), visible(alike(actor)))
    return {row.id: row for row in run(seen, given(actor))}


def units() -> dict[int, str]:
    """Units that work on tickets, in organisational order: names by key."""
    wanted = select(Unit.id, Unit.name).where(Unit.can_receive_tickets).order_by(Unit.order, Unit.id)
    return {row.id: row.name for row in run(wanted)}
