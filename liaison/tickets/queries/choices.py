"""What a move's form offers to choose from; asked of the database only for the forms that are open to the actor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Date, String, bindparam, cast, literal, null, or_, select, union_all

from liaison.calendars.models import Term
from liaison.core.clock import now, today
from liaison.core.db import Key, Moment, run
from liaison.core.language import gettext as _
from liaison.people.models import Person, RoleGrant, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from liaison.tickets.models import Category, Ticket
from workflows.ticket_words import Confidentiality

Choices = list[tuple[str, str]]

MOST_TERMS = 12  # six years
SAME_DAYS = 30  # how far back others of the same kind are looked for
MOST_SAME = 8


def receiving_units() -> Choices:
    """Units that take tickets, in organisational order."""
    return [(str(row.id), row.name) for row in run(UNITS)]


def handlers(unit_id: int | None) -> Choices:
    """Who may work a ticket of a unit today: its handlers, then its heads."""
    found: dict[str, str] = {}
    for row in run(HANDLERS, {"unit": unit_id, "day": today()}):
        found.setdefault(str(row.id), row.name)
    return list(found.items())


def filers(ticket: Ticket) -> Choices:
    """Who may have answered on the spot: the leader the contact stands for, or who filed."""
    keys = [key for key in (ticket.filed_for_id, ticket.filed_by_id) if key is not None]
    names = {row.id: row.name for row in run(PEOPLE, {"people": keys})}
    return [(str(key), names[key]) for key in dict.fromkeys(keys) if key in names]


def same_matters(ticket: Ticket) -> Choices:
    """同类: open tickets of the last thirty days, same category and same place or college, the oldest first."""
    if ticket.category_id is None or ticket.confidentiality is not Confidentiality.NORMAL:
        return []
    given = {
        "ticket": ticket.id,
        "category": ticket.category_id,
        "place": ticket.place_id,
        "college": ticket.college_id,
        "since": now() - timedelta(days=SAME_DAYS),
    }
    return [(row.number, _same_words(row)) for row in run(SAME, given)]


def _same_words(row: Any) -> str:
    return _(
        "%(title)s · %(number)s · %(state)s · %(n)s 条诉求",
        title=row.title,
        number=row.number,
        state=_(row.state.label),
        n=row.voice_count,
    )


def to_narrow_by() -> dict[str, list[Any]]:
    """What a list can be narrowed by – unit, category, term – in one statement, each in its own order."""
    found = run(NARROWING).all()
    return {
        "unit": sorted((row for row in found if row.kind == "unit"), key=lambda row: (int(row.place), row.id)),
        "category": sorted((row for row in found if row.kind == "category"), key=lambda row: row.place),
        "term": sorted((row for row in found if row.kind == "term"), key=lambda row: row.place)[: -MOST_TERMS - 1 : -1],
    }


TAKES_TICKETS = (Unit.can_receive_tickets, Unit.closed_on.is_(None))
UNITS = select(Unit.id, Unit.name).where(*TAKES_TICKETS).order_by(Unit.order, Unit.id)
PEOPLE = select(Person.id, Person.name).where(Person.id.in_(bindparam("people", expanding=True)))
HANDLERS = (
    select(Person.id, Person.name)
    .join(RoleGrant, RoleGrant.person_id == Person.id)
    .where(
        RoleGrant.unit_id == bindparam("unit"),
        RoleGrant.role.in_([Role.HANDLER, Role.HEAD]),
        valid(RoleGrant, bindparam("day", type_=Date)),
        Person.is_active,
    )
    .order_by(RoleGrant.role.desc(), Person.id)
)

SAME = (
    select(Ticket.number, Ticket.title, Ticket.state, Ticket.voice_count)
    .where(
        Ticket.is_open,
        Ticket.confidentiality == Confidentiality.NORMAL,
        Ticket.category_id == bindparam("category"),
        or_(
            Ticket.place_id == bindparam("place", type_=Key),
            Ticket.college_id == bindparam("college", type_=Key),
        ),
        Ticket.raised_at >= bindparam("since", type_=Moment),
        Ticket.id != bindparam("ticket"),
    )
    .order_by(Ticket.raised_at, Ticket.id)
    .limit(MOST_SAME)
)


def _narrowing() -> Any:
    def of(kind: str, model: Any, place: Any, year: Any = None) -> Any:
        columns = (literal(kind).label("kind"), model.id, model.name, (null() if year is None else year).label("year"))
        return select(*columns, cast(place, String).label("place"))

    return union_all(
        of("unit", Unit, Unit.order).where(*TAKES_TICKETS),
        of("category", Category, Category.code),
        of("term", Term, Term.first_monday, Term.academic_year),
    )


NARROWING = _narrowing()
