"""What this person, or those he acts for, means to do: contacts that are planned, the next one first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.queries.leaders import may_file_for
from liaison.contacts.queries.lists import SIZE, lines
from liaison.core import clock
from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.people.actor import Actor
from workflows.contacts import State


def planned(actor: Actor, asked: Mapping[str, str]) -> Page:
    """25 of them: those from today on, then those whose day has passed (`is_past`), each in the order of time."""
    is_past = case((Contact.held_at < clock.moment(clock.today()), 1), else_=0).label("is_past")
    wanted = _of(actor).add_columns(Contact.version, is_past)
    return page(wanted, [is_past, Contact.held_at, Contact.id], asked, size=SIZE)


def planned_between(actor: Actor, first: datetime, last: datetime) -> Sequence[Any]:
    """All in [first, last), in the order of time."""
    wanted = _of(actor).where(Contact.held_at >= first, Contact.held_at < last)
    return db.session.execute(wanted.order_by(Contact.held_at, Contact.id)).all()


def may_carry_out(actor: Actor, leader_ids: Collection[int]) -> bool:
    """Whether he may record or cancel a plan of these leaders: his own, or of one he acts for."""
    return not may_file_for(actor).isdisjoint(leader_ids)


def _of(actor: Actor) -> Any:
    mine = select(ContactLeader.contact_id).where(ContactLeader.person_id.in_(sorted(may_file_for(actor))))
    return lines().where(Contact.state == State.PLANNED, Contact.id.in_(mine))
