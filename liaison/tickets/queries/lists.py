"""Lists of tickets: columns instead of entities, pages by key, one statement each (stack.md §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from liaison.access import Action, may
from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import db
from liaison.core.language import gettext as _
from liaison.core.paging import Page, page
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.people.words import Role
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.queries.visible import filed_by, visible
from workflows.ticket_states import Stage, State

SIZE = 25
COUNT_CAP = 1000  # «1000+»: an exact count of everything costs more than it tells
Place, Lead = aliased(Unit), aliased(Unit)


def rows() -> Any:
    """The columns a row of any list shows."""
    return (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.title,
            Ticket.state,
            Ticket.stage,
            Ticket.confidentiality,
            Ticket.is_urgent,
            Ticket.is_hot,
            Ticket.is_open,
            Ticket.voice_count,
            Ticket.next_due_at,
            Ticket.state_since,
            Ticket.raised_at,
            Ticket.closed_at,
            Ticket.told_count,
            Place.name.label("place"),
            Lead.name.label("unit"),
        )
        .outerjoin(Place, Place.id == Ticket.place_id)
        .outerjoin(Lead, Lead.id == Ticket.lead_unit_id)
    )


def index(actor: Actor, asked: Mapping[str, str]) -> Page:
    """Tickets the actor may see, newest first; `asked` holds the filters of the address and the page key."""
    statement = rows().where(visible(actor), *filters(actor, asked))
    return page(statement, [Ticket.id], asked, size=SIZE, is_descending=True)


def count(actor: Actor, asked: Mapping[str, str]) -> int:
    """How many the list holds, counted to COUNT_CAP at most."""
    capped = select(Ticket.id).where(visible(actor), *filters(actor, asked)).limit(COUNT_CAP).subquery()
    return db.session.scalar(select(func.count()).select_from(capped)) or 0


def scopes_of(actor: Actor) -> list[tuple[str, str]]:
    """The «whose» filters this person has use for: key and label."""
    offered = [
        ("filed", _("我提交的"), may(actor, Action.FILE_VOICE)),
        ("unit", _("本单位主办"), bool(actor.at(Role.HEAD) | actor.at(Role.HANDLER) | actor.at(Role.DESK))),
        ("supervised", _("分管单位"), bool(actor.supervised)),
        ("linked", _("我的联系点"), bool(actor.linked)),
    ]
    return [(key, label) for key, label, has_use in offered if has_use]


def filters(actor: Actor, asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """What the address asks for, as conditions; words that mean nothing are passed over."""
    found: list[ColumnElement[bool]] = []
    for name, condition in FILTERS.items():
        value = asked.get(name, "").strip()
        made = condition(actor, value) if value else None
        if made is not None:
            found.append(made)
    return found


def _stage(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    return Ticket.stage == Stage(value) if value in set(Stage) else None


def _state(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    state = next((state for state in State if state.value == value), None)
    return Ticket.state == state if state else None


def _unit(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    return Ticket.lead_unit_id == int(value) if _is_key(value) else None


def _category(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    return Ticket.category_id == int(value) if _is_key(value) else None


def _place(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    return Ticket.place_id == int(value) if _is_key(value) else None


def _term(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    """A term, by its key: what was raised between its first and last day."""
    term = db.session.get(Term, int(value)) if _is_key(value) else None
    if term is None:
        return None
    first, last = clock.moment(term.first_monday), clock.end_of(term.last_day)
    return Ticket.raised_at.between(first, last)


def _text(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    """Number, title or the words of a voice, as typed; % and _ are letters like others."""
    words = value[:60]
    said = select(Voice.ticket_id).where(Voice.text.contains(words, autoescape=True))
    return or_(Ticket.number == words.upper(), Ticket.title.contains(words, autoescape=True), Ticket.id.in_(said))


def _mine(actor: Actor, value: str) -> ColumnElement[bool] | None:
    """Whose: filed by me, of my unit, supervised or linked."""
    units = actor.at(Role.HEAD) | actor.at(Role.HANDLER) | actor.at(Role.DESK)
    return {
        "filed": lambda: filed_by(actor),
        "unit": lambda: Ticket.lead_unit_id.in_(units),
        "supervised": lambda: Ticket.lead_unit_id.in_(actor.supervised),
        "linked": lambda: Ticket.place_id.in_(actor.linked),
    }.get(value, lambda: None)()


def _progress(_actor: Actor, value: str) -> ColumnElement[bool] | None:
    return Ticket.is_open.is_(value == "open") if value in {"open", "ended"} else None


FILTERS = {
    "stage": _stage,
    "state": _state,
    "unit": _unit,
    "category": _category,
    "place": _place,
    "term": _term,
    "text": _text,
    "mine": _mine,
    "progress": _progress,  # not «open», which names the ticket opened beside the list
}


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 16


def from_contact(actor: Actor, contact_id: int) -> Sequence[Any]:
    """The tickets a contact gave rise to, as far as this actor may see them."""
    return db.session.execute(rows().where(Ticket.contact_id == contact_id, visible(actor)).order_by(Ticket.id)).all()
