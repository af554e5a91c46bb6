"""更正: who may ask for one, what waits for the director, and what it would change, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Amendment, Contact, ContactLeader, ContactTarget, HomeVisit
from liaison.contacts.occasions import COLUMNS, Occasion
from liaison.contacts.queries.lists import lines
from liaison.core.db import db, run
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from liaison.programmes.models import Course
from workflows.contacts import State

MOST = 100  # shown at once, the oldest first
UNDECIDED = Amendment.is_approved.is_(None)
LISTED = ("held_at", "kind", "second_kind", "channel", "place_id")  # columns that every list shows
FAMILY = ("mode", "consent", "consented_on", "help_agreed")


def may_ask(actor: Actor, contact: Contact, leader_ids: frozenset[int]) -> bool:
    """Of his own record in a locked month; never through a liaison (domain.md §2.3)."""
    is_own = Scope.OWN in scopes(actor, Action.EDIT_CONTACT) and actor.id in leader_ids
    return is_own and contact.is_locked and contact.state not in (State.CANCELLED, State.PLANNED)


def last(contact_id: int) -> Amendment | None:
    """The latest one of a record, decided or not."""
    mine = select(Amendment).where(Amendment.contact_id == contact_id)
    return db.session.scalar(mine.order_by(Amendment.id.desc()).limit(1))


def waiting(number: str) -> tuple[Contact, Amendment] | None:
    """The one that waits, with its record."""
    wanted = select(Contact, Amendment).join(Amendment, Amendment.contact_id == Contact.id)
    found = db.session.execute(wanted.where(Contact.number == number, UNDECIDED)).one_or_none()
    return (found.Contact, found.Amendment) if found else None


def pending() -> Sequence[Any]:
    """Lines of the list, all that a record says, and what is wanted, why, and by whom."""
    more = (getattr(Contact, name) for name in (*COLUMNS, "version") if name not in LISTED)
    wanted = lines().add_columns(
        *more, Amendment.wanted, Amendment.reason, Amendment.asked_at, Person.name.label("asker")
    )
    wanted = wanted.join(Amendment, Amendment.contact_id == Contact.id).join(Person, Person.id == Amendment.asked_by_id)
    return run(wanted.where(UNDECIDED).order_by(Amendment.asked_at, Contact.id).limit(MOST)).all()


def pending_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Amendment).where(UNDECIDED)) or 0


def as_recorded(rows: Sequence[Any]) -> dict[int, Occasion]:
    """What each of these records says now, by its id. Three statements, however many."""
    ids = [row.id for row in rows]
    taking_part = select(ContactLeader.contact_id, ContactLeader.person_id).where(ContactLeader.declined_at.is_(None))
    leaders = _grouped(run(taking_part.where(ContactLeader.contact_id.in_(ids))))
    targeted = select(ContactTarget.contact_id, ContactTarget.unit_id).where(ContactTarget.contact_id.in_(ids))
    targets = _grouped(run(targeted))
    visits = {one.contact_id: one for one in db.session.scalars(select(HomeVisit).where(HomeVisit.contact_id.in_(ids)))}
    return {row.id: _occasion(row, leaders[row.id], targets[row.id], visits.get(row.id)) for row in rows}


def _grouped(pairs: Iterable[Any]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for contact_id, key in pairs:
        found[contact_id].append(key)
    return found


def _occasion(row: Any, leader_ids: list[int], target_ids: list[int], visit: HomeVisit | None) -> Occasion:
    said = {name: getattr(row, name) for name in COLUMNS}
    family = {name: getattr(visit, name) for name in FAMILY} if visit else None
    return Occasion(**said, leader_ids=tuple(leader_ids), target_ids=tuple(target_ids), home_visit=family)


def names_of(told: Collection[Occasion]) -> dict[str, dict[int, str]]:
    """The units, people and courses these speak of: three statements, however many."""
    units = {key for one in told for key in (one.place_id, *one.target_ids) if key}
    people = {key for one in told for key in (one.colleague_id, *one.leader_ids) if key}
    courses = {one.course_id for one in told if one.course_id}
    return {"units": _names(Unit, units), "people": _names(Person, people), "courses": _names(Course, courses)}


def _names(model: Any, keys: Collection[int]) -> dict[int, str]:
    return {row.id: row.name for row in run(select(model.id, model.name).where(model.id.in_(keys)))}
