"""Everything the page of one ticket shows, in a fixed number of statements whatever its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from liaison.core.db import db
from liaison.people.models import Person, Unit
from liaison.tickets.models import Answer, Assignment, Category, Rating, Remark, Telling, Ticket, TicketEvent, Unreachable
from liaison.tickets.models import Voice
from liaison.tickets.queries.voices import of_ticket

EVENTS_SHOWN = 60  # a page does not grow with the age of its ticket; older ones are one click away


@dataclass(frozen=True)
class TicketPage:
    """One ticket with what hangs on it."""

    names: Any  # place, category, lead unit, handler, filer, leader, merged_into
    voices: Sequence[Any]
    assignments: Sequence[Any]
    answers: Sequence[Any]
    remarks: Sequence[Any]
    ratings: Sequence[Any]
    events: Sequence[Any]
    has_more_events: bool


def load_page(ticket: Ticket, *, all_events: bool = False) -> TicketPage:
    """Names, voices, assignments, answers, remarks, ratings and the latest events of a loaded ticket."""
    events = _events(ticket, all_events)
    return TicketPage(
        names=_names(ticket),
        voices=_voices(ticket),
        assignments=_assignments(ticket) if ticket.dispatched_at else [],
        answers=_answers(ticket) if ticket.dispatched_at or ticket.is_on_spot or ticket.answer_id else [],
        remarks=_remarks(ticket) if ticket.info_rounds or ticket.reopen_count or ticket.told_count else [],
        ratings=_ratings(ticket) if ticket.told_count or ticket.reopen_count else [],
        events=events[-EVENTS_SHOWN:] if not all_events else events,
        has_more_events=not all_events and len(events) > EVENTS_SHOWN,
    )


def _names(ticket: Ticket) -> Any:
    place, lead, college = aliased(Unit), aliased(Unit), aliased(Unit)
    handler, filer, leader = aliased(Person), aliased(Person), aliased(Person)
    head = aliased(Ticket)
    wanted = select(
        place.name.label("place"),
        Category.name.label("category"),
        lead.name.label("unit"),
        college.name.label("college"),
        handler.name.label("handler"),
        filer.name.label("filer"),
        leader.name.label("leader"),
        head.number.label("merged_into"),
    ).select_from(Ticket)
    joined = (
        wanted.outerjoin(place, place.id == Ticket.place_id)
        .outerjoin(Category, Category.id == Ticket.category_id)
        .outerjoin(lead, lead.id == Ticket.lead_unit_id)
        .outerjoin(college, college.id == Ticket.college_id)
        .outerjoin(handler, handler.id == Ticket.handler_id)
        .outerjoin(filer, filer.id == Ticket.filed_by_id)
        .outerjoin(leader, leader.id == Ticket.filed_for_id)
        .outerjoin(head, head.id == Ticket.merged_into_id)
    )
    return db.session.execute(joined.where(Ticket.id == ticket.id)).one()


def _voices(ticket: Ticket) -> Sequence[Any]:
    """Each voice with its own ticket, and whether it was told of the present answer."""
    own = aliased(Ticket)
    told = (
        select(func.min(Telling.at))
        .where(Telling.voice_id == Voice.id, or_(Telling.answer_id == ticket.answer_id, Telling.about != "answer"))
        .scalar_subquery()
    )
    channel = (
        select(Telling.channel)
        .where(Telling.voice_id == Voice.id, or_(Telling.answer_id == ticket.answer_id, Telling.about != "answer"))
        .order_by(Telling.at)
        .limit(1)
        .scalar_subquery()
    )
    unreachable = (
        select(Unreachable.reason)
        .where(Unreachable.voice_id == Voice.id, Unreachable.answer_id == ticket.answer_id)
        .scalar_subquery()
    )
    wanted = (
        select(
            Voice.id,
            Voice.text,
            Voice.raised_at,
            Voice.opened_at,
            Voice.filed_by_id,
            Voice.filed_for_id,
            own.number,
            Unit.name.label("place"),
            Person.name.label("filer"),
            told.label("told_at"),
            channel.label("channel"),
            unreachable.label("unreachable"),
        )
        .join(own, own.id == Voice.ticket_id)
        .outerjoin(Unit, Unit.id == Voice.place_id)
        .outerjoin(Person, Person.id == func.coalesce(Voice.filed_for_id, Voice.filed_by_id))
    )
    return db.session.execute(wanted.where(of_ticket(ticket)).order_by(Voice.raised_at, Voice.id)).all()


def _assignments(ticket: Ticket) -> Sequence[Any]:
    wanted = (
        select(Assignment, Unit.name.label("unit"), Person.name.label("handler"))
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(Person, Person.id == Assignment.handler_id)
        .where(Assignment.ticket_id == ticket.id)
    )
    return db.session.execute(wanted.order_by(Assignment.id)).all()


def _answers(ticket: Ticket) -> Sequence[Any]:
    author, head, office = aliased(Person), aliased(Person), aliased(Person)
    wanted = (
        select(Answer, author.name.label("author"), head.name.label("head"), office.name.label("office"))
        .outerjoin(author, author.id == Answer.author_id)
        .outerjoin(head, head.id == Answer.head_approved_by_id)
        .outerjoin(office, office.id == Answer.office_approved_by_id)
        .where(Answer.ticket_id == ticket.id)
    )
    return db.session.execute(wanted.order_by(Answer.id.desc())).all()


def _remarks(ticket: Ticket) -> Sequence[Any]:
    wanted = select(Remark.kind, Remark.text, Remark.at, Remark.by_id, Person.name.label("by"))
    joined = wanted.outerjoin(Person, Person.id == Remark.by_id).where(Remark.ticket_id == ticket.id)
    return db.session.execute(joined.order_by(Remark.id)).all()


def _ratings(ticket: Ticket) -> Sequence[Any]:
    wanted = select(Rating.solved, Rating.satisfied, Rating.text, Rating.at, Rating.episode, Rating.decided_at)
    return db.session.execute(wanted.where(Rating.ticket_id == ticket.id).order_by(Rating.id)).all()


def _events(ticket: Ticket, all_events: bool) -> list[Any]:
    wanted = select(
        TicketEvent.move,
        TicketEvent.from_state,
        TicketEvent.to_state,
        TicketEvent.actor_label,
        TicketEvent.at,
        TicketEvent.reason,
        TicketEvent.data,
    ).where(TicketEvent.ticket_id == ticket.id)
    latest = wanted.order_by(TicketEvent.seq.desc())
    rows = db.session.execute(latest if all_events else latest.limit(EVENTS_SHOWN + 1)).all()
    return list(reversed(rows))
