"""What this person, or those he acts for, means to do: contacts that are planned, the next one first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.queries.leaders import may_file_for
from liaison.contacts.queries.lists import SIZE, lines
from liaison.core.db import db
from liaison.people.actor import Actor
from workflows.contacts import State


def planned(actor: Actor) -> Sequence[Any]:
    """25 at most; nobody plans more by hand."""
    mine = select(ContactLeader.contact_id).where(ContactLeader.person_id.in_(sorted(may_file_for(actor))))
    wanted = lines().add_columns(Contact.version).where(Contact.state == State.PLANNED, Contact.id.in_(mine))
    return db.session.execute(wanted.order_by(Contact.held_at, Contact.id).limit(SIZE)).all()


def may_carry_out(actor: Actor, leader_ids: Collection[int]) -> bool:
    """Whether he may record or cancel a plan of these leaders: his own, or of one he acts for."""
    return not may_file_for(actor).isdisjoint(leader_ids)
