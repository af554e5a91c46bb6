"""Everything the page of one ticket shows, in a fixed number of statements whatever its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, case, column, func, or_, select
from sqlalchemy import table as sql_table
from sqlalchemy.orm import aliased

from liaison.core.db import Key, run, table
from liaison.people.models import Person, Unit
from liaison.tickets.models import (
    Answer,
    Assignment,
    Category,
    Rating,
    Remark,
    Telling,
    Ticket,
    TicketEvent,
    Unreachable,
    Voice,
)
from liaison.tickets.models.tellings import About
from liaison.tickets.queries import voices

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
        remarks=_remarks(ticket) if _has_remarks(ticket, events) else [],
        ratings=_ratings(ticket) if ticket.told_count or ticket.reopen_count else [],
        events=events[-EVENTS_SHOWN:] if not all_events else events,
        has_more_events=not all_events and len(events) > EVENTS_SHOWN,
    )


def _has_remarks(ticket: Ticket, events: Sequence[Any]) -> bool:
    """A statement less for the many tickets to which nobody added anything."""
    by_moves = ticket.info_rounds or ticket.reopen_count or ticket.told_count
    return bool(by_moves) or any(event.move == "remark" for event in events)


def _names(ticket: Ticket) -> Any:
    return run(NAMES, {"ticket": ticket.id}).one()


def _voices(ticket: Ticket) -> Sequence[Any]:
    """Each voice with its own ticket, and whether it was told of the present answer."""
    given: dict[str, Any] = {"ticket": ticket.id, "answer": ticket.answer_id, "since": voices.since(ticket)}
    given["level"] = ticket.confidentiality
    return run(VOICES[voices.whose(ticket)], given).all()


def _assignments(ticket: Ticket) -> Sequence[Any]:
    return run(ASSIGNMENTS, {"ticket": ticket.id}).all()


def _answers(ticket: Ticket) -> Sequence[Any]:
    return run(ANSWERS, {"ticket": ticket.id}).all()


def _remarks(ticket: Ticket) -> Sequence[Any]:
    return run(REMARKS, {"ticket": ticket.id}).all()


def _ratings(ticket: Ticket) -> Sequence[Any]:
    return run(RATINGS, {"ticket": ticket.id}).all()


def _events(ticket: Ticket, all_events: bool) -> list[Any]:
    rows = run(EVENTS if all_events else LATEST_EVENTS, {"ticket": ticket.id}).all()
    return list(reversed(rows))


# --- the statements, built once ------------------------------------------------------------------


def _names_statement() -> Any:
    place, lead, college = aliased(Unit), aliased(Unit), aliased(Unit)
    handler, filer, leader = aliased(Person), aliased(Person), aliased(Person)
    into = aliased(Ticket)
    wanted = select(
        place.name.label("place"),
        Category.name.label("category"),
        lead.name.label("unit"),
        college.name.label("college"),
        handler.name.label("handler"),
        filer.name.label("filer"),
        leader.name.label("leader"),
        into.number.label("merged_into"),
    ).select_from(Ticket)
    joined = (
        wanted.outerjoin(place, place.id == Ticket.place_id)
        .outerjoin(Category, Category.id == Ticket.category_id)
        .outerjoin(lead, lead.id == Ticket.lead_unit_id)
        .outerjoin(college, college.id == Ticket.college_id)
        .outerjoin(handler, handler.id == Ticket.handler_id)
        .outerjoin(filer, filer.id == Ticket.filed_by_id)
        .outerjoin(leader, leader.id == Ticket.filed_for_id)
        .outerjoin(into, into.id == Ticket.merged_into_id)
    )
    return joined.where(Ticket.id == voices.TICKET)


SLIP = sql_table("slip", column("voice_id"), column("deleted_at"))  # of a row above: named, not imported


def _slip_is_there(own: Any, level: Any) -> Any:
    """Whether its holder left a way to answer; not what."""
    kept = select(SLIP.c.voice_id).where(SLIP.c.voice_id == Voice.id, SLIP.c.deleted_at.is_(None))
    return case((and_(own.confidentiality == level, kept.exists()), True), else_=False)


def _voices_statement(condition: Any) -> Any:
    own, answer = aliased(Ticket), bindparam("answer", type_=Key)
    level = bindparam("level", type_=table(Ticket).c.confidentiality.type)  # a merged one may have been raised
    of_route = and_(answer.is_(None), Telling.about != About.ANSWER, Telling.at >= voices.SINCE)
    tellings = [Telling.voice_id == Voice.id, or_(Telling.answer_id == answer, of_route)]
    told = select(func.min(Telling.at)).where(*tellings).scalar_subquery()
    channel = select(Telling.channel).where(*tellings).order_by(Telling.at).limit(1).scalar_subquery()
    no_route = and_(answer.is_(None), Unreachable.answer_id.is_(None), Unreachable.at >= voices.SINCE)
    unreachable = (
        select(Unreachable.reason)
        .where(Unreachable.voice_id == Voice.id, or_(Unreachable.answer_id == answer, no_route))
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(
            Voice.id,
            case((own.confidentiality == level, Voice.text), else_="").label("text"),
            Voice.raised_at,
            Voice.opened_at,
            own.number,
            own.confidentiality,
            _slip_is_there(own, level).label("has_slip"),
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
    return wanted.where(condition).order_by(Voice.raised_at, Voice.id)


def _assignments_statement() -> Any:
    columns = ["id", "duty", "episode", "question", "unit_id", "handler_id", "dispatched_at", "signed_at", "due_at"]
    columns += ["ending", "ended_at", "state", "answer_text", "answered_at", "is_due_provisional"]
    return (
        select(*[getattr(Assignment, name) for name in columns], Unit.name.label("unit"), Person.name.label("handler"))
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(Person, Person.id == Assignment.handler_id)
        .where(Assignment.ticket_id == voices.TICKET)
        .order_by(Assignment.id)
    )


def _answers_statement() -> Any:
    author, head, office = aliased(Person), aliased(Person), aliased(Person)
    columns = [column for column in Answer.__table__.columns if column.name not in {"ticket_id", "unit_id"}]
    return (
        select(*columns, author.name.label("author"), head.name.label("head"), office.name.label("office"))
        .select_from(Answer)
        .outerjoin(author, author.id == Answer.author_id)
        .outerjoin(head, head.id == Answer.head_approved_by_id)
        .outerjoin(office, office.id == Answer.office_approved_by_id)
        .where(Answer.ticket_id == voices.TICKET)
        .order_by(Answer.id.desc())
    )


def _remarks_statement() -> Any:
    wanted = select(Remark.kind, Remark.text, Remark.at, Remark.by_id, Person.name.label("by"))
    joined = wanted.outerjoin(Person, Person.id == Remark.by_id)
    return joined.where(Remark.ticket_id == voices.TICKET).order_by(Remark.id)


def _ratings_statement() -> Any:
    wanted = select(Rating.solved, Rating.satisfied, Rating.text, Rating.at, Rating.episode, Rating.decided_at)
    return wanted.where(Rating.ticket_id == voices.TICKET).order_by(Rating.id)


def _events_statement() -> Any:
    columns = ["move", "from_state", "to_state", "actor_label", "at", "reason", "data"]
    wanted = select(*[getattr(TicketEvent, name) for name in columns])
    return wanted.where(TicketEvent.ticket_id == voices.TICKET).order_by(TicketEvent.seq.desc())


NAMES = _names_statement()
VOICES = {is_more: _voices_statement(voices.OWN_AND_MERGED if is_more else voices.OWN) for is_more in (False, True)}
ASSIGNMENTS = _assignments_statement()
ANSWERS = _answers_statement()
REMARKS = _remarks_statement()
RATINGS = _ratings_statement()
EVENTS = _events_statement()
LATEST_EVENTS = EVENTS.limit(EVENTS_SHOWN + 1)
