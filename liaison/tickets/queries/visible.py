"""Which tickets an actor may see: every read of tickets starts here (safety.md R2, R3).

What is not visible does not exist for him: 404, in lists, counts, search and exports alike.
The conditions are built once for all who are alike (`Alike`); who asks comes in as parameters (`given`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, true

from liaison.access import Action, Relation, Scope, scopes_of
from liaison.core.clock import now
from liaison.core.db import Moment, db, run
from liaison.core.errors import NotVisible
from liaison.core.paging import Way
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.settings.in_force import is_on
from liaison.tickets.models import Assignment, Ticket
from liaison.tickets.models.confidential import Dossier, Recused
from liaison.tickets.models.tickets import Reader
from liaison.tickets.models.work import Duty, Ending
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

NORMAL, RESTRICTED, SEALED = Confidentiality.NORMAL, Confidentiality.RESTRICTED, Confidentiality.SEALED


@dataclass(frozen=True)
class Alike:
    """All people with these roles who have something of each of these `ties` (names of `given`)."""

    roles: frozenset[Role]
    ties: frozenset[str]

    def may_see(self, action: Action, scope: Scope) -> bool:
        return scope in scopes_of(self.roles, action)


def given(actor: Actor) -> dict[str, Any]:
    """The parameters of the conditions below: who asks, and the units of each of his ties."""
    own_units = {unit for units in actor.units.values() for unit in units}
    headed, handled = actor.at(Role.HEAD), actor.at(Role.HANDLER)
    desks = actor.at(Role.DESK) if is_on("desks_on") else frozenset[int]()
    return {
        "me": actor.id,
        "names": sorted({actor.id or 0, *actor.leads_for}),
        "supervised": sorted(actor.supervised),
        "linked": sorted(actor.linked),
        "headed": sorted(headed),
        "desks": sorted(desks),
        "handled": sorted(handled),
        "worked": sorted(headed | desks | handled),
        "own_units": sorted(own_units),
        "now": now(),
    }


def alike(actor: Actor) -> Alike:
    return Alike(actor.roles, frozenset(name for name, value in given(actor).items() if value and name != "now"))


def of(name: str) -> Any:
    """The parameter that holds the units or people of a tie."""
    return bindparam(name, expanding=True)


ME: Any = bindparam("me")
NOW: Any = bindparam("now", type_=Moment)
FILED_BY, FILED_FOR = Ticket.filed_by_id.in_(of("names")), Ticket.filed_for_id.in_(of("names"))
FILED = or_(FILED_BY, FILED_FOR)  # a filer sees what he filed, a liaison also what his leaders filed (rulings §13)
NOT_RETURNED = or_(Assignment.ending.is_(None), Assignment.ending != Ending.RETURNED)
UNSIGNED = and_(Assignment.handler_id.is_(None), Assignment.ending.is_(None))


@cache
def visible(who: Alike) -> ColumnElement[bool]:
    """The condition «people like these may see this ticket», from the scopes of the access table."""
    return or_(*(_on_the_ticket(way) for way in [*_normal(who), *_restricted(who)]))


@cache
def ways(who: Alike) -> list[Way]:
    """The same as ways into a list; none where the list simply holds every normal ticket."""
    sees_all = who.may_see(Action.VIEW_TICKETS, Scope.NORMAL)
    return [] if sees_all else [*_normal(who), *_restricted(who)]


def _on_the_ticket(way: Way) -> ColumnElement[bool]:
    """A way as a condition on the ticket alone."""
    if way.key is Ticket.id:
        return way.condition
    return select(Assignment.id).where(way.condition).correlate(Ticket).exists()


def _normal(who: Alike) -> Iterator[Way]:
    for way in _reached(who):
        yield way.and_also(Ticket.confidentiality == NORMAL)


def _reached(who: Alike) -> Iterator[Way]:
    if who.may_see(Action.VIEW_TICKETS, Scope.NORMAL):
        yield Way(true(), Ticket.id)
        return
    yield Way(FILED_BY, Ticket.id)
    yield Way(FILED_FOR, Ticket.id)
    if who.may_see(Action.VIEW_TICKETS, Scope.SUPERVISED):
        yield from _supervised(who)
    if who.may_see(Action.VIEW_TICKETS, Scope.UNIT):
        yield from _of_units(who)
    if who.may_see(Action.VIEW_TICKETS, Scope.ASSIGNED):
        yield from _assigned(who)


def _supervised(who: Alike) -> Iterator[Way]:
    if "supervised" in who.ties:
        yield Way(Ticket.lead_unit_id.in_(of("supervised")), Ticket.id)
    if "linked" in who.ties:
        yield Way(Ticket.place_id.in_(of("linked")), Ticket.id)


def _of_units(who: Alike) -> Iterator[Way]:
    """Lead or co, now or before; a unit whose return was upheld sees the ticket no more."""
    for tie in ("headed", "desks"):
        if tie in who.ties:
            yield Way(_assignment(Assignment.unit_id.in_(of(tie)), NOT_RETURNED), Assignment.ticket_id)
    if "headed" in who.ties:  # whoever is said to be competent may say so, while the return is decided (T14)
        suggested = Ticket.suggested_unit_id.in_(of("headed"))
        yield Way(and_(suggested, Ticket.state == State.RETURN_REQUESTED), Ticket.id)
    if "desks" in who.ties:
        yield Way(Ticket.college_id.in_(of("desks")), Ticket.id)


def _assigned(who: Alike) -> Iterator[Way]:
    """Before signing every handler of the unit; afterwards the named one (of the ticket itself: see `_restricted`)."""
    yield Way(_assignment(Assignment.handler_id == ME, NOT_RETURNED), Assignment.ticket_id)
    if "handled" in who.ties:
        yield Way(_assignment(Assignment.unit_id.in_(of("handled")), UNSIGNED), Assignment.ticket_id)


def _assignment(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Assignment.ticket_id == Ticket.id, *conditions)


def _restricted(who: Alike) -> Iterator[Way]:
    """Named readers only; the unit complained of is never among them (rulings §8)."""
    others = _complained_of_others(who)
    if who.roles & {Role.CONFIDENTIAL, Role.DIRECTOR}:
        yield Way(and_(Ticket.confidentiality.in_([RESTRICTED, SEALED]), others), Ticket.id)
        return
    if who.may_see(Action.VIEW_RESTRICTED, Scope.DOSSIER):
        opened = select(Dossier.ticket_id).where(Dossier.asked_by_id == ME, Dossier.until_at > NOW)
        yield Way(and_(Ticket.confidentiality == RESTRICTED, others, Ticket.id.in_(opened)), Ticket.id)
    if scopes_of(who.roles, Action.VIEW_RESTRICTED) - {Scope.DOSSIER}:
        named = select(Reader.ticket_id).where(Reader.person_id == ME)
        yield Way(and_(Ticket.confidentiality == RESTRICTED, others, Ticket.id.in_(named)), Ticket.id)
        mine = or_(Ticket.confidentiality == NORMAL, others)
        yield Way(and_(_read_by_handlers(who), mine, Ticket.handler_id == ME), Ticket.id)


def _complained_of_others(who: Alike) -> ColumnElement[bool]:
    """It is about neither the person nor one of his units."""
    of_others = Ticket.id.not_in(select(Recused.ticket_id).where(Recused.person_id == ME))
    if "own_units" not in who.ties:
        return of_others
    return and_(of_others, or_(Ticket.complained_of_id.is_(None), Ticket.complained_of_id.not_in(of("own_units"))))


def _read_by_handlers(who: Alike) -> ColumnElement[bool]:
    """Whoever works a ticket reads it, restricted or not: one stretch of one index."""
    is_handler = who.may_see(Action.VIEW_TICKETS, Scope.ASSIGNED)
    return Ticket.confidentiality.in_([NORMAL, RESTRICTED]) if is_handler else Ticket.confidentiality == RESTRICTED


def tickets(actor: Actor) -> Any:
    """All tickets an actor may see, as entities."""
    return select(Ticket).where(visible(alike(actor))).params(given(actor))


def load(actor: Actor, number: str) -> Ticket:
    """The ticket of this number, or NotVisible whether it is missing or merely not his."""
    ticket: Ticket | None = db.session.scalar(_by_number(alike(actor)), {**given(actor), "number": number})
    if ticket is None:
        raise NotVisible(number)
    return ticket


def sees(actor: Actor, number: str) -> bool:
    """Whether the actor may see the ticket of this number."""
    wanted = _by_number(alike(actor)).with_only_columns(Ticket.id)
    return run(wanted, {**given(actor), "number": number}).first() is not None


def restricted(actor: Actor, number: str) -> Ticket | None:
    """The restricted ticket of this number, if it is not about him: what an auditor may ask to read."""
    others = _complained_of_others(alike(actor))
    wanted = select(Ticket).where(Ticket.number == number, Ticket.confidentiality == RESTRICTED, others)
    found: Ticket | None = db.session.scalar(wanted, given(actor))
    return found


@cache
def _by_number(who: Alike) -> Any:
    return select(Ticket).where(visible(who), Ticket.number == bindparam("number"))


def relation(actor: Actor, ticket: Ticket, co: list[tuple[int, int | None]] | None = None) -> Relation:
    """What access must know of this ticket to say which parts the actor plays."""
    co_rows = _co_duties(ticket) if co is None else co
    return Relation(
        is_restricted=ticket.confidentiality is not NORMAL,
        is_filer=_is_filer(actor, ticket),
        lead_unit_id=ticket.lead_unit_id,
        handler_id=ticket.handler_id,
        college_id=ticket.college_id if is_on("desks_on") else None,
        co_unit_ids=frozenset(unit for unit, _ in co_rows),
        co_handler_ids=frozenset(handler for _, handler in co_rows if handler),
    )


def _is_filer(actor: Actor, ticket: Ticket) -> bool:
    return bool({ticket.filed_by_id, ticket.filed_for_id} & {actor.id, *actor.leads_for} - {None})


CO_DUTIES = select(Assignment.unit_id, Assignment.handler_id).where(
    Assignment.ticket_id == bindparam("ticket"), Assignment.duty == Duty.CO, Assignment.ending.is_(None)
)


def _co_duties(ticket: Ticket) -> list[tuple[int, int | None]]:
    if ticket.lead_unit_id is None:  # nobody helps where nobody leads
        return []
    return [(row.unit_id, row.handler_id) for row in run(CO_DUTIES, {"ticket": ticket.id})]
