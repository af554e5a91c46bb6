"""What a night reads: columns of its windows, each by an index, nothing that grows with the archive.

Restricted matters are left out: a list of them would show what only their readers may know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from liaison.calendars import in_force
from liaison.contacts.models import Contact, ContactLeader
from liaison.core import clock
from liaison.core.db import run
from liaison.oversight.figures.deadlines import REOPENINGS, deadlines_of
from liaison.oversight.figures.events import NOTHING, Event
from liaison.oversight.prompts.catalogue import RULES
from liaison.oversight.prompts.finding.contacts import Held
from liaison.oversight.prompts.finding.night import Night
from liaison.oversight.prompts.finding.shares import Counts
from liaison.oversight.prompts.finding.texts import Written
from liaison.oversight.prompts.words import PromptKind
from liaison.people.models import Unit
from liaison.programmes.models import Absence
from liaison.programmes.reckoning.spans import DAY, Span, month
from liaison.programmes.words import MeetingChannel
from liaison.tickets.models import Answer, Assignment, Check, Interval, Request, Ticket, TicketEvent, Voice
from liaison.tickets.models.requests import Life
from liaison.tickets.models.tellings import RatingMark
from liaison.tickets.models.work import Duty, Ending, Ledger, PauseReason
from workflows.contacts import State as ContactState
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, Confidentiality, Kind, Outcome

K = PromptKind
TOOK_PLACE = (ContactState.TO_CONFIRM, ContactState.CONFIRMED)
HANDLED = (State.FEEDBACK_PENDING, State.FEEDBACK_GIVEN, State.CALLBACK, State.CLOSED)
OTHERWISE = (CheckResult.PARTLY, CheckResult.FALSE)
LOOKS = ("check_mismatch", "check_mismatch_onspot", "look")
LISTED = (PauseReason.INFO, PauseReason.MEETING, PauseReason.PLAN)
EXCLUDED = (State.REDIRECTED, State.HANDED_OFF, State.WITHDRAWN)
NO_TICKET = (State.MERGED, State.SPLIT)
IS_LISTED = and_(Interval.ledger == Ledger.PAUSE, Interval.pause_reason.in_(LISTED))
NORMAL = Ticket.confidentiality == Confidentiality.NORMAL
FILER = func.coalesce(Ticket.filed_for_id, Ticket.filed_by_id)
TICKET: tuple[Any, ...] = (Ticket.id, Ticket.number, Ticket.episode, Ticket.lead_unit_id.label("unit_id"))


# --- contacts --------------------------------------------------------------------------------------


def held(night: Night) -> list[Held]:
    """Contacts of the term and of the last month; back to the first day of which one was filed lately (I3)."""
    lately = (Contact.filed_at >= night.since, Contact.held_at < night.begin)
    first = run(select(func.min(Contact.held_at)).where(*lately)).scalar()
    first = clock.moment(clock.local(first).date()) if first else night.begin
    return list(_contacts(Contact.held_at >= first).values())


def written(night: Night) -> list[Written]:
    """Summaries long enough to be compared, as far back as one's own are."""
    limit = RULES[K.SAMENESS].limits
    since = night.since - timedelta(days=limit["own_days"])
    long_enough = (Contact.filed_at >= since, func.length(Contact.summary) >= limit["length"])
    texts = run(select(Contact.id, Contact.summary).where(*long_enough)).all()
    of = _contacts(and_(*long_enough)) if texts else {}
    return [Written(row.summary, of[row.id]) for row in texts if row.id in of]


def absences(held: Iterable[Held]) -> dict[int, list[Any]]:
    """请假外出 from the first of these contacts on, by person."""
    first = min((one.held_at for one in held), default=clock.now())
    wanted = select(Absence.person_id, Absence.from_on, Absence.until_on, Absence.half)
    return _grouped(run(wanted.where(Absence.until_on >= clock.local(first).date())).all(), "person_id")


def _contacts(where: ColumnElement[bool]) -> dict[int, Held]:
    """By key, with those who took part."""
    has_voice = select(Voice.id).where(Voice.contact_id == Contact.id).exists()
    wanted = (
        select(
            Contact.id,
            Contact.number,
            Contact.held_at,
            Contact.filed_at,
            Contact.filed_by_id,
            Contact.channel,
            Contact.minutes,
            Unit.campus,
            has_voice.label("has_voice"),
            ContactLeader.person_id,
            ContactLeader.confirmed_at,
        )
        .join(ContactLeader, and_(ContactLeader.contact_id == Contact.id, ContactLeader.declined_at.is_(None)))
        .outerjoin(Unit, Unit.id == Contact.place_id)
        .where(where, Contact.state.in_(TOOK_PLACE))
    )
    found: dict[int, Held] = {}
    for row in run(wanted):
        if row.id not in found:
            found[row.id] = _held(row)
        found[row.id].leaders[row.person_id] = row.confirmed_at is not None
    return found


def _held(row: Any) -> Held:
    return Held(
        number=row.number,
        held_at=row.held_at,
        filed_at=row.filed_at,
        filed_by=row.filed_by_id,
        is_on_site=row.channel is MeetingChannel.FACE_TO_FACE,
        minutes=row.minutes or 0,
        campus=row.campus or "",
        has_voice=row.has_voice,
        leaders={},
    )


# --- tickets ---------------------------------------------------------------------------------------


def filers(night: Night) -> Sequence[Any]:
    """Whose voices of the term were mostly answered on the spot: person_id, voices, on_spot."""
    limit = RULES[K.ON_SPOT].limits
    on_spot = func.sum(case((Ticket.is_on_spot, 1), else_=0))
    wanted = select(FILER.label("person_id"), func.count().label("voices"), on_spot.label("on_spot"))
    wanted = wanted.where(Ticket.raised_at >= clock.moment(night.term.first), NORMAL).group_by(FILER)
    return run(wanted.having(func.count() >= limit["voices"], on_spot * 100 >= limit["share"] * func.count())).all()


def doubted(people: Collection[int], night: Night) -> dict[int, list[Any]]:
    """What these people answered on the spot this term and a check found otherwise, by person."""
    if not people:
        return {}
    found_otherwise = select(Check.id).where(Check.ticket_id == Ticket.id, Check.result.in_(OTHERWISE)).exists()
    wanted = select(*TICKET, FILER.label("person_id")).where(
        Ticket.raised_at >= clock.moment(night.term.first), NORMAL, Ticket.is_on_spot, FILER.in_(people)
    )
    return _grouped([SimpleNamespace(**{**row._mapping, "episode": 1}) for row in run(wanted.where(found_otherwise))])


def answered(night: Night) -> Sequence[Any]:
    """What units handled this term and lately, with the answer and when it was signed for."""
    wanted = (
        select(*TICKET, Ticket.handled_at, Ticket.limit_class, Answer.text, Assignment.signed_at)
        .join(Answer, Answer.id == Ticket.answer_id)
        .join(Assignment, Assignment.ticket_id == Ticket.id)
        .where(
            _handled(min(night.since, clock.moment(night.term.first))),
            Assignment.duty == Duty.LEAD,
            Assignment.episode == Ticket.episode,
            Assignment.ending == Ending.HANDLED,
        )
    )
    return run(wanted).all()


def noted(tickets: Collection[int]) -> set[int]:
    """Which of these tickets have a note of progress."""
    noted_on = select(TicketEvent.ticket_id).where(TicketEvent.ticket_id.in_(tickets), TicketEvent.move == "progress")
    return set(run(noted_on).scalars()) if tickets else set()


def looked(night: Night) -> list[Any]:
    """Checks of late that found it otherwise, each with the episode and who had answered then."""
    before = aliased(TicketEvent)
    reopened = select(func.count()).where(
        before.ticket_id == TicketEvent.ticket_id, before.seq < TicketEvent.seq, before.move.in_(REOPENINGS)
    )
    is_units = and_(Ticket.dispatched_at.is_not(None), Ticket.dispatched_at <= TicketEvent.at)
    wanted = (
        select(
            Ticket.number,
            TicketEvent.at,
            TicketEvent.data,
            (reopened.scalar_subquery() + 1).label("episode"),
            case((is_units, Ticket.lead_unit_id)).label("unit_id"),
            FILER.label("answered_by"),
        )
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(_lately(night), TicketEvent.move.in_(LOOKS), NORMAL)
    )
    return [row for row in run(wanted) if (row.data or {}).get("result") in OTHERWISE]


def recurred(night: Night) -> list[Any]:
    """Tickets answered «solved» of which a later one was lately confirmed to be the return."""
    later = select(TicketEvent.data, TicketEvent.at, Ticket.raised_at).join(Ticket, Ticket.id == TicketEvent.ticket_id)
    noted_so = run(later.where(_lately(night), TicketEvent.move == "recurrence")).all()
    of = {int(row.data["of_id"]): row for row in noted_so if (row.data or {}).get("of_id")}
    is_claimed = (Ticket.id.in_(of), Ticket.outcome == Outcome.A, NORMAL)
    earlier = run(select(*TICKET, Ticket.handled_at).where(*is_claimed)).all() if of else []
    return [SimpleNamespace(**row._mapping, at=of[row.id].at, raised_at=of[row.id].raised_at) for row in earlier]


def reopened(night: Night) -> list[Any]:
    """Tickets closed in the last month and reopened since, within the days that are asked about."""
    days = timedelta(days=RULES[K.QUICK_REOPEN].limits["days"])
    begin, end = clock.moment(night.month.first), clock.end_of(night.month.last)
    shut = aliased(TicketEvent)
    closed_at = select(func.max(shut.at)).where(
        shut.ticket_id == TicketEvent.ticket_id,
        shut.seq < TicketEvent.seq,
        shut.to_state == State.CLOSED,
        shut.from_state != State.CLOSED,
    )
    wanted = (
        select(*TICKET, TicketEvent.at.label("reopened_at"), closed_at.scalar_subquery().label("closed_at"))
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(TicketEvent.at >= begin, TicketEvent.at <= end + days, TicketEvent.move.in_(REOPENINGS), NORMAL)
        .where(TicketEvent.from_state == State.CLOSED)
    )
    return [row for row in run(wanted) if begin <= row.closed_at < end]


def handled(span: Span) -> Sequence[Any]:
    """What units handled in a month, with the limit."""
    return run(select(*TICKET, Ticket.handled_at, Ticket.due_at).where(_of_units(span))).all()


def waited(span: Span) -> list[Any]:
    """What units handled in a month and had paused, with the time paused and the time in custody."""
    has_paused = select(Interval.id).where(Interval.ticket_id == Ticket.id, IS_LISTED).correlate(Ticket).exists()
    wanted = select(*TICKET, Interval.ledger, Interval.from_at, Interval.until_at)
    wanted = wanted.join(Interval, Interval.ticket_id == Ticket.id).where(_of_units(span), has_paused)
    found: dict[int, Any] = {}
    for row in run(wanted.where(or_(IS_LISTED, Interval.ledger == Ledger.CUSTODY))):
        nothing = {"paused": timedelta(), "held": timedelta()}
        one = found.setdefault(row.id, SimpleNamespace(**row._mapping, **nothing))
        spent = (row.until_at or clock.now()) - row.from_at
        one.held, one.paused = (
            (one.held + spent, one.paused) if row.ledger is Ledger.CUSTODY else (one.held, one.paused + spent)
        )
    return list(found.values())


# --- shares ----------------------------------------------------------------------------------------


def rating_marks(night: Night) -> Sequence[Any]:
    """When ratings of a unit came together lately."""
    return run(select(RatingMark.unit_id, RatingMark.count, RatingMark.at).where(RatingMark.at >= night.since)).all()


def by_outcome(span: Span | None) -> Counts:
    """By unit: so many explained, of so many handled in a term."""
    if span is None:
        return {}
    explained = func.sum(case((Ticket.outcome == Outcome.D, 1), else_=0))
    wanted = select(Ticket.lead_unit_id.label("unit_id"), explained.label("part"), func.count().label("whole"))
    rows = run(wanted.where(_of_units(span)).group_by(Ticket.lead_unit_id))
    return {row.unit_id: (int(row.part), row.whole) for row in rows}


def extensions(night: Night) -> list[Any]:
    """Extensions asked for this term, each with the limit as it stood then: told again from the events."""
    wanted = select(*TICKET, Request.asked_at).join(Ticket, Ticket.id == Request.ticket_id)
    asked = run(
        wanted.where(Request.life == Life.EXTENSION, Request.asked_at >= clock.moment(night.term.first), NORMAL)
    ).all()
    events, tables = _events({row.id for row in asked}), in_force.known()
    found = []
    for row in asked:
        limit = deadlines_of([one for one in events[row.id] if one.at <= row.asked_at], tables).present
        if limit is not None and limit.due is not None:
            found.append(SimpleNamespace(**row._mapping, due_at=limit.due))
    return found


def excluded(night: Night) -> list[tuple[int, int]]:
    """Excluded and all of the last month, then of each month before it."""
    spans = [night.month]
    for _one in range(RULES[K.EXCLUSIONS].limits["months"]):
        spans.append(month(spans[-1].first - DAY))
    return [_excluded(span) for span in spans]


def _excluded(span: Span) -> tuple[int, int]:
    """As the figure `excluded_share` counts: neither void nor praise."""
    void = select(TicketEvent.id).where(TicketEvent.ticket_id == Ticket.id, TicketEvent.move == "void").exists()
    of_month = (Ticket.raised_at >= clock.moment(span.first), Ticket.raised_at < clock.end_of(span.last))
    counted = (Ticket.state.not_in(NO_TICKET), Ticket.kind != Kind.PRAISE, ~and_(Ticket.state == State.WITHDRAWN, void))
    is_out = func.sum(case((Ticket.state.in_(EXCLUDED), 1), else_=0))
    row = run(select(is_out.label("out"), func.count().label("whole")).where(*of_month, *counted)).one()
    return int(row.out or 0), row.whole


def _events(tickets: Collection[int]) -> dict[int, list[Event]]:
    """The histories of these tickets, each in its order."""
    one = TicketEvent
    wanted = select(one.ticket_id, one.seq, one.move, one.from_state, one.to_state, one.at, one.data)
    rows = run(wanted.where(one.ticket_id.in_(tickets)).order_by(one.ticket_id, one.seq)).all() if tickets else []
    told = (Event(r.ticket_id, r.seq, r.move, r.from_state, r.to_state, r.at, r.data or NOTHING) for r in rows)
    return _grouped(told, "ticket_id")


def _lately(night: Night) -> ColumnElement[bool]:
    """Said at both ends: without the second SQLite reads all tickets instead of the last events."""
    return and_(TicketEvent.at >= night.since, TicketEvent.at <= clock.now())


def _of_units(span: Span) -> ColumnElement[bool]:
    """Handled in a stretch by a unit."""
    until = [Ticket.handled_at < clock.end_of(span.last)] if span.last < date.max else []
    return and_(_handled(clock.moment(span.first)), Ticket.lead_unit_id.is_not(None), *until)


def _handled(since: datetime) -> ColumnElement[bool]:
    """Finally answered from a moment on; by the index of state and day."""
    return and_(Ticket.state.in_(HANDLED), Ticket.handled_at >= since, NORMAL)


def _grouped(rows: Iterable[Any], name: str = "person_id") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
