"""三个纳入: which statements one may see, and what is said of one person – of nobody beside him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_, select

from liaison.access import Action, may
from liaison.contacts.models import Contact, ContactLeader, LateEntry
from liaison.contacts.queries.meetings import NOT_AGREED
from liaison.core import clock, paging
from liaison.core.db import db, run
from liaison.core.errors import NotVisible
from liaison.core.paging import Page
from liaison.oversight.queries.record_holders import OBLIGED
from liaison.oversight.reports.statement_models import Statement
from liaison.people.actor import Actor
from liaison.people.models import Person, Post, Unit
from liaison.tickets.models import Telling, Ticket, Voice
from workflows.contacts import State
from workflows.ticket_words import Confidentiality

LISTED = "id number purpose stance due_on issued_at".split()


def listed(actor: Actor, asked: Mapping[str, str]) -> Page:
    """The newest first, fifty to a page: all for who issues them, else those about oneself."""
    columns = (*(getattr(Statement, name) for name in LISTED), Person.name)
    wanted = select(*columns).join(Person, Person.id == Statement.person_id)
    if not may(actor, Action.ISSUE_STATEMENTS):
        wanted = wanted.where(Statement.person_id == actor.id)
    return paging.page(wanted, [Statement.id], asked, is_descending=True)


def load(actor: Actor, key: int) -> Statement:
    """One, or NotVisible: to the person it is about, and to who issues it."""
    found = db.session.get(Statement, key)
    if found is None or not (found.person_id == actor.id or may(actor, Action.ISSUE_STATEMENTS)):
        raise NotVisible(str(key))
    return found


def unanswered() -> Sequence[Any]:
    """person_id, number of those that wait for their person."""
    open_ones = (Statement.answered_at.is_(None), Statement.issued_at.is_(None), Statement.due_on >= clock.today())
    return run(select(Statement.person_id, Statement.number).where(*open_ones)).all()


def subjects() -> Sequence[Any]:
    """Of whom there may be one: id, name, title; whoever holds a post that obliges to contacts, in their order."""
    day = clock.today()
    held = (Post.category.in_(OBLIGED), Post.from_on <= day, or_(Post.until_on.is_(None), Post.until_on >= day))
    wanted = select(Person.id, Person.name, func.min(Post.title).label("title")).join(Post, Post.person_id == Person.id)
    wanted = wanted.join(Unit, Unit.id == Post.unit_id).where(*held).group_by(Person.id, Person.name)
    return run(wanted.order_by(func.min(Unit.order), func.min(Post.order), Person.id)).all()


def name_of(person_id: int) -> str:
    return str(run(select(Person.name).where(Person.id == person_id)).scalar_one())


def posts(person_id: int, first: date, last: date) -> Sequence[Any]:
    """title, unit, from_on, until_on in the period."""
    wanted = select(Post.title, Unit.name.label("unit"), Post.from_on, Post.until_on)
    wanted = wanted.join(Unit, Unit.id == Post.unit_id).where(Post.person_id == person_id, Post.from_on <= last)
    return run(wanted.where(or_(Post.until_on.is_(None), Post.until_on >= first)).order_by(Post.from_on, Post.id)).all()


def heard(person_id: int, first: date, last: date) -> tuple[int, int, int]:
    """Contacts he stands by, voices raised in them, and how many of these were told; restricted ones are left out."""
    mine = _mine(person_id, first, last)
    contacts = run(select(func.count(Contact.id)).join(ContactLeader).where(*mine)).scalar_one()
    told = exists().where(Telling.voice_id == Voice.id)
    wanted = (
        select(func.count(), func.count().filter(told))
        .select_from(Voice)
        .join(Contact, Contact.id == Voice.contact_id)
        .join(ContactLeader, ContactLeader.contact_id == Contact.id)
        .join(Ticket, (Ticket.id == Voice.ticket_id) & (Ticket.confidentiality == Confidentiality.NORMAL))
        .where(*mine, Voice.extract_of_id.is_(None))
    )
    counts: Any = run(wanted).one()
    return int(contacts), int(counts[0]), int(counts[1])


def late(person_id: int, first: date, last: date) -> Sequence[Any]:
    """补录: number, held_at, filed_at, reason of what was filed after its month was locked and agreed to."""
    columns = (Contact.number, Contact.held_at, Contact.filed_at, LateEntry.reason)
    wanted = select(*columns).join(ContactLeader, ContactLeader.contact_id == Contact.id)
    wanted = wanted.join(LateEntry, LateEntry.contact_id == Contact.id)
    return run(wanted.where(*_mine(person_id, first, last)).order_by(Contact.held_at)).all()


def open_matters(person_id: int) -> Sequence[Any]:
    """His own filings that are still open: number, title, state, due_at."""
    his = or_(Ticket.filed_for_id == person_id, (Ticket.filed_by_id == person_id) & Ticket.filed_for_id.is_(None))
    normal = Ticket.confidentiality == Confidentiality.NORMAL
    columns = (Ticket.number, Ticket.title, Ticket.state, Ticket.due_at)
    return run(select(*columns).where(his, Ticket.is_open, normal).order_by(Ticket.id)).all()


def _mine(person_id: int, first: date, last: date) -> tuple[Any, ...]:
    held = (Contact.held_at >= clock.moment(first), Contact.held_at < clock.end_of(last))
    stands = (Contact.state == State.CONFIRMED, Contact.id.not_in(NOT_AGREED), ContactLeader.confirmed_at.is_not(None))
    return (ContactLeader.person_id == person_id, *held, *stands)
