"""What a list may be narrowed by: one condition for each name of the address, its value a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, not_, or_, select

from liaison.access import Action, may
from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import db
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.queries.visible import FILED, of
from workflows.ticket_states import Stage, State

Conditions = tuple[ColumnElement[bool], ...]
Narrowing = tuple[ColumnElement[bool], dict[str, Any]]
LONGEST = 60  # characters that are searched

STAGE = Ticket.stage == bindparam("stage")
STATE = Ticket.state == bindparam("state")
UNIT = Ticket.lead_unit_id == bindparam("unit")
CATEGORY = Ticket.category_id == bindparam("category")
PLACE = Ticket.place_id == bindparam("place")
TERM = Ticket.raised_at.between(bindparam("term_begins"), bindparam("term_ends"))
SAID = select(Voice.ticket_id).where(Voice.text.like(bindparam("words"), escape="/"))
TEXT = or_(Ticket.number == bindparam("number"), Ticket.id.in_(SAID))  # a title is cut out of the words of the voice
PROGRESS: dict[str, ColumnElement[bool]] = {"open": and_(Ticket.is_open), "ended": not_(Ticket.is_open)}
WHOSE: dict[str, ColumnElement[bool]] = {
    "filed": FILED,
    "unit": Ticket.lead_unit_id.in_(of("worked")),
    "supervised": Ticket.lead_unit_id.in_(of("supervised")),
    "linked": Ticket.place_id.in_(of("linked")),
}


def read(asked: Mapping[str, str]) -> tuple[Conditions, dict[str, Any]]:
    """The conditions and parameters of an address; words that mean nothing are passed over."""
    conditions: Conditions = ()
    values: dict[str, Any] = {}
    for name, narrow in FILTERS.items():
        typed = asked.get(name, "").strip()
        found = narrow(typed) if typed else None
        if found is not None:
            conditions, values = (*conditions, found[0]), values | found[1]
    return conditions, values


def whose(actor: Actor) -> list[tuple[str, str]]:
    """The «whose» filters this person has use for: key and label."""
    offered = [
        ("filed", _("我提交的"), may(actor, Action.FILE_VOICE)),
        ("unit", _("本单位主办"), bool(actor.at(Role.HEAD) | actor.at(Role.HANDLER) | actor.at(Role.DESK))),
        ("supervised", _("分管单位"), bool(actor.supervised)),
        ("linked", _("我的联系点"), bool(actor.linked)),
    ]
    return [(key, label) for key, label, has_use in offered if has_use]


def escaped(words: str) -> str:
    """Words as LIKE … ESCAPE '/' takes them: every sign means itself."""
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _stage(value: str) -> Narrowing | None:
    return (STAGE, {"stage": Stage(value)}) if value in set(Stage) else None


def _state(value: str) -> Narrowing | None:
    state = next((state for state in State if state.value == value), None)
    return (STATE, {"state": state}) if state else None


def _by_key(name: str, condition: ColumnElement[bool]) -> Callable[[str], Narrowing | None]:
    return lambda value: (condition, {name: int(value)}) if _is_key(value) else None


def _term(value: str) -> Narrowing | None:
    """A term, by its key: what was raised between its first and last day."""
    term = db.session.get(Term, int(value)) if _is_key(value) else None
    if term is None:
        return None
    return TERM, {"term_begins": clock.moment(term.first_monday), "term_ends": clock.end_of(term.last_day)}


def _text(value: str) -> Narrowing | None:
    """A number or words of a voice, as typed; % and _ are letters like others."""
    words = value[:LONGEST]
    return TEXT, {"number": words.upper(), "words": f"%{escaped(words)}%"}


def _among(conditions: dict[str, ColumnElement[bool]]) -> Callable[[str], Narrowing | None]:
    return lambda value: (conditions[value], {}) if value in conditions else None


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 16


FILTERS: dict[str, Callable[[str], Narrowing | None]] = {
    "stage": _stage,
    "state": _state,
    "unit": _by_key("unit", UNIT),
    "category": _by_key("category", CATEGORY),
    "place": _by_key("place", PLACE),
    "term": _term,
    "text": _text,
    "mine": _among(WHOSE),
    "progress": _among(PROGRESS),  # not «open», which names the ticket opened beside the list
}
