"""One contact with everything around it: who, where, for whom, and what was done with the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from liaison.access import Action, Scope, scopes
from liaison.contacts.models import Contact, ContactEvent, ContactLeader, ContactTarget, HomeVisit
from liaison.core.db import db
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from liaison.programmes.models import Course
from liaison.programmes.words import ContactKind
from liaison.tickets.models import Ticket, Voice
from workflows.contacts import State


@dataclass(frozen=True)
class Participant:
    id: int
    name: str
    confirmed_at: datetime | None
    declined_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.declined_at is None


@dataclass(frozen=True)
class Target:
    id: int
    name: str


@dataclass(frozen=True)
class Around:
    """What a contact's page shows besides the row."""

    place: str
    filer: str
    leaders: list[Participant]
    targets: list[Target]
    course: str = ""
    colleague: str = ""
    home_visit: HomeVisit | None = None

    @property
    def leader_ids(self) -> frozenset[int]:
        return frozenset(leader.id for leader in self.leaders if leader.declined_at is None)


def around(contact: Contact) -> Around:
    """Names of place, filer, course and colleague, those who took part, target units. Three statements."""
    colleague = aliased(Person)
    named = (
        select(Unit.name).where(Unit.id == contact.place_id),
        select(Course.name).where(Course.id == contact.course_id),
        select(colleague.name).where(colleague.id == contact.colleague_id),
    )
    columns = [one.scalar_subquery() for one in named]
    filer, place, course, colleague_name = db.session.execute(
        select(Person.name, *columns).where(Person.id == contact.filed_by_id)
    ).one()
    home_visit = db.session.get(HomeVisit, contact.id) if ContactKind.HOME_VISIT in contact.kinds else None
    return Around(
        place=place or contact.place_text,
        filer=filer,
        leaders=_leaders(contact.id),
        targets=_targets(contact.id),
        course=course or "",
        colleague=colleague_name or "",
        home_visit=home_visit,
    )


def _leaders(contact_id: int) -> list[Participant]:
    wanted = (
        select(Person.id, Person.name, ContactLeader.confirmed_at, ContactLeader.declined_at)
        .join(ContactLeader, ContactLeader.person_id == Person.id)
        .where(ContactLeader.contact_id == contact_id)
        .order_by(ContactLeader.id)
    )
    return [Participant(*row) for row in db.session.execute(wanted)]


def _targets(contact_id: int) -> list[Target]:
    wanted = (
        select(Unit.id, Unit.name)
        .join(ContactTarget, ContactTarget.unit_id == Unit.id)
        .where(ContactTarget.contact_id == contact_id)
        .order_by(Unit.order, Unit.id)
    )
    return [Target(*row) for row in db.session.execute(wanted)]


def events(contact_id: int) -> list[Any]:
    """What was done with the record, in order."""
    wanted = select(
        ContactEvent.move, ContactEvent.actor_label, ContactEvent.at, ContactEvent.reason, ContactEvent.data
    )
    return list(db.session.execute(wanted.where(ContactEvent.contact_id == contact_id).order_by(ContactEvent.seq)))


def own_voices(actor: Actor, number: str) -> list[Any]:
    """The voices of a contact filed by the actor or in the name he acts for: what a card shows beside its code."""
    names = {actor.id, *actor.leads_for}
    wanted = (
        select(Voice.id, Ticket.number, Ticket.title, Ticket.confidentiality)
        .join(Ticket, Ticket.id == Voice.ticket_id)
        .join(Contact, Contact.id == Voice.contact_id)
        .where(
            Contact.number == number,
            Voice.extract_of_id.is_(None),
            or_(Voice.filed_by_id == actor.id, Voice.filed_for_id.in_(names)),
        )
    )
    return list(db.session.execute(wanted.order_by(Voice.id)))


def may_edit(actor: Actor, contact: Contact, leader_ids: frozenset[int]) -> bool:
    """Own records until the month locks; a liaison only what no leader has confirmed (domain.md §2.3)."""
    held = scopes(actor, Action.EDIT_CONTACT)
    if contact.is_locked or contact.state in (State.CANCELLED, State.PLANNED):
        return False
    if Scope.OWN in held and actor.id in leader_ids:
        return True
    is_mine = bool(actor.leads_for & leader_ids)
    return Scope.DELEGATOR in held and is_mine and contact.state == State.TO_CONFIRM
