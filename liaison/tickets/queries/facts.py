"""What the guards of the process may look at, gathered for one ticket, one actor and one move.

Only what can matter in the present state is asked of the database: at most three statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select, type_coerce

from liaison.calendars import limits
from liaison.calendars.working_days import working_days_between
from liaison.core import clock
from liaison.core.db import Key, Moment, db, run
from liaison.core.errors import NotVisible
from liaison.people.actor import Actor
from liaison.people.models import RoleGrant
from liaison.people.words import Role
from liaison.settings import in_force
from liaison.tickets.models import Answer, Assignment, Rating, Telling, Ticket, TicketEvent, Unreachable, Voice
from liaison.tickets.models.requests import Standing
from liaison.tickets.models.tellings import About
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import publications, readers, requests, visible, voices
from liaison.tickets.queries.history import BEGINNINGS, named_in_a_voice, of_history
from liaison.tickets.queries.voices import TICKET
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import Stage, State
from workflows.ticket_words import Solved

AT_WORK = {State.IN_PROGRESS, State.COORDINATING}
REVIEWS = {State.DEPT_REVIEW, State.OFFICE_REVIEW}
ANSWERED = {State.FEEDBACK_PENDING, State.FEEDBACK_GIVEN, State.CALLBACK, State.CLOSED}


def facts_for(
    actor: Actor, ticket: Ticket, given: Mapping[str, Any] | None = None, voice_id: int | None = None
) -> TicketFacts:
    """The facts of a ticket as they are now. `given` names a lead ticket or unit where the move has one."""
    known = {**_of_row(actor, ticket), **_of_actor(actor, ticket)}
    if known["reopen_window_over"]:
        known |= publications.facts(ticket)
    if ticket.state in REVIEWS:
        known |= _of_answer(actor, ticket)
    if ticket.state in AT_WORK:
        known |= _of_work(ticket)
    if ticket.stage is Stage.FEEDBACK or ticket.state is State.REDIRECTED or voice_id is not None:
        known |= _of_voices(ticket, voice_id)
    known |= of_history(ticket, given or {})
    if (given or {}).get("handler"):
        known["named_people"] |= named_in_a_voice(ticket, int((given or {})["handler"]))
    lead_number = (given or {}).get("lead_ticket")
    if lead_number:
        known |= _of_lead(actor, str(lead_number)) | {"lead_telling_recorded": bool((given or {}).get("told_channel"))}
    return TicketFacts(**known)


def _of_row(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    today = clock.today()
    about_people, about_units = readers.whom_it_is_about(ticket)
    return {
        "number": ticket.number,
        "kind": ticket.kind.value,
        "confidentiality": ticket.confidentiality.value,
        "limit_class": ticket.limit_class,
        "on_spot": ticket.is_on_spot,
        "urgent": ticket.is_urgent,
        "hot": ticket.is_hot,
        "submitted_on": clock.local(ticket.raised_at).date(),
        "today": today,
        "complained_of": _texts(*about_units),
        "named_people": _texts(*about_people),
        "lead_unit": str(ticket.lead_unit_id or ""),
        "has_merged_in": ticket.voice_count > 1,
        "state_before": ticket.state_before,
        "return_to": ticket.return_to,
        "info_rounds": ticket.info_rounds,
        "was_dispatched": ticket.dispatched_at is not None,
        "days_since_dispatch": working_days_since(ticket.dispatched_at),
        "designated": ticket.is_designated,
        "dispute": ticket.is_disputed,
        "return_count": ticket.return_count,
        "skip_head": ticket.limit_class in in_force.words("skip_head", ticket.dispatched_at),
        "skip_office": ticket.limit_class in in_force.words("skip_office", ticket.dispatched_at),
        "extension_days_max": limits.row(ticket.limit_class, ticket.rule_version).extension,
        "before_due": ticket.due_at is None or clock.now() <= ticket.due_at,
        "final_answer_offered": ticket.answer_id is not None,
        "something_to_tell": ticket.answer_id is not None
        or ticket.state in {State.REDIRECTED, State.WITHDRAWN, State.HANDED_OFF},
        "days_since_offered": _days_since(ticket.offered_at or ticket.state_since),
        "unreachable_days": in_force.number("unreachable_days", ticket.offered_at or ticket.state_since),
        "answer_outcome": ticket.outcome,
        "drawn": ticket.is_drawn,
        "days_since_closed": _days_since(ticket.closed_at) if ticket.closed_at else None,
        "reopen_window_over": bool(ticket.closed_at and _is_over("reopen_days", ticket.closed_at)),
        "reopen_days": in_force.number("reopen_days", ticket.closed_at),
        "code_handed_out": ticket.parent_id is None,  # the children of a split have none of their own
    }


def _of_actor(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    own_units = {unit for units in actor.units.values() for unit in units}
    return {
        "recused": ticket.complained_of_id is not None and ticket.complained_of_id in own_units,
        "actor_dispatched": actor.id is not None and ticket.dispatched_by_id == actor.id,
        "actor_handled": actor.id is not None and (ticket.handler_id == actor.id or ticket.lead_unit_id in own_units),
    }


def _of_answer(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """Who wrote the answer under review, and whether anybody else in the department could approve it."""
    given = {"ticket": ticket.id, "episode": ticket.episode, "unit": ticket.lead_unit_id}
    answer = run(UNDER_REVIEW, given).one()
    return {
        "second_signature": answer.signatures > 0,
        "actor_wrote_answer": answer.author_id == actor.id,
        "answer_outcome": answer.outcome,
        "one_person_department": bool(answer.heads <= 1 and answer.author_is_head),
    }


def _under_review() -> Any:
    is_head = (RoleGrant.unit_id == bindparam("unit"), RoleGrant.role == Role.HEAD)
    heads = select(func.count(RoleGrant.person_id.distinct())).where(*is_head, RoleGrant.until_on.is_(None))
    author = select(RoleGrant.id).where(*is_head, RoleGrant.person_id == Answer.author_id).exists()
    return (
        select(
            Answer.author_id,
            Answer.outcome,
            heads.scalar_subquery().label("heads"),
            case((author, True), else_=False).label("author_is_head"),
            requests.agreed_since("submit_answer", signing="office_approve").label("signatures"),
        )
        .where(Answer.ticket_id == TICKET, Answer.episode == bindparam("episode"), Answer.is_final)
        .order_by(Answer.id.desc())
        .limit(1)
    )


UNDER_REVIEW = _under_review()


def _of_work(ticket: Ticket) -> dict[str, Any]:
    """Co-answers still owed, the extension of this episode, the special meetings so far: one statement."""
    row = run(OF_WORK, {"ticket": ticket.id, "episode": ticket.episode}).one()
    return {
        "co_open": row.co_open,
        "extension_used": (row.extended or 0) > (row.begun or 0),
        "meetings_held": row.meetings,
        "approved_by_supervisor": row.approvals > 0,
        "extension_asked": row.asked is not None,
        **({"before_due": row.waiting <= ticket.due_at} if row.waiting and ticket.due_at else {}),
    }


def _of_work_statement() -> Any:
    co_open = select(func.count(Assignment.id)).where(
        Assignment.ticket_id == TICKET,
        Assignment.duty == Duty.CO,
        Assignment.episode == bindparam("episode"),
        Assignment.answered_at.is_(None),
        Assignment.ending.is_(None),
    )

    def newest(*moves: str) -> Any:
        events = select(func.max(TicketEvent.seq)).where(TicketEvent.ticket_id == TICKET)
        return events.where(TicketEvent.move.in_(moves)).scalar_subquery()

    meetings = select(func.count(TicketEvent.id)).where(TicketEvent.ticket_id == TICKET, TicketEvent.move == "convene")
    return select(
        co_open.scalar_subquery().label("co_open"),
        newest("extend").label("extended"),
        newest(*BEGINNINGS).label("begun"),
        meetings.scalar_subquery().label("meetings"),
        requests.agreed_since("escalate").label("approvals"),
        type_coerce(requests.first_asked(*Standing), Moment).label("asked"),
        type_coerce(requests.first_asked(Standing.OPEN), Moment).label("waiting"),
    )


OF_WORK = _of_work_statement()


def _of_voices(ticket: Ticket, voice_id: int | None) -> dict[str, Any]:
    """Told, unreachable, rated: one row per voice of this ticket and of those merged into it."""
    rows = voice_facts(ticket)
    mine = next((row for row in rows if row.voice_id == voice_id), None)
    if voice_id is not None and mine is None:
        raise NotVisible(f"voice {voice_id} is not on {ticket.number}")
    told = [row for row in rows if row.told_at]
    window = [row for row in told if not row.rated and _is_open("rating_days", row.told_at)]
    return {
        **(_promised(ticket, mine.told_at) if mine and mine.told_at else {}),
        "voices_open": sum(1 for row in rows if not row.told_at and not row.unreachable),
        "voices_told": len(told),
        "voices_unrated_in_window": len(window),
        "dissatisfied_undecided": any(row.undecided for row in rows),
        "voice_told": bool(mine and mine.told_at),
        "days_since_told": _days_since(mine.told_at) if mine and mine.told_at else None,
        "voice_rated_this_episode": bool(mine and mine.rated),
        "reopened_by_holder": bool(mine and mine.has_reopened),
    }


def voice_facts(ticket: Ticket) -> list[Any]:
    """One row per voice: id, told_at (first telling of the present answer), unreachable, rated, undecided."""
    statement = VOICES[(voices.whose(ticket), ticket.answer_id is not None)]
    given = {"ticket": ticket.id, "answer": ticket.answer_id, "episode": ticket.episode, "since": voices.since(ticket)}
    return list(run(statement, given))


def _voice_statement(condition: Any, has_answer: bool) -> Any:
    answer, episode = bindparam("answer", type_=Key), bindparam("episode", type_=Integer)
    about = ABOUT[has_answer]
    told = select(func.min(Telling.at)).where(Telling.voice_id == Voice.id, about).scalar_subquery()
    of_route = and_(Unreachable.answer_id.is_(None), Unreachable.at >= voices.SINCE)
    of_it = Unreachable.answer_id == answer if has_answer else of_route
    unreachable = select(Unreachable.id).where(Unreachable.voice_id == Voice.id, of_it)
    its_episode = (Rating.ticket_id == voices.TICKET, Rating.episode == episode)
    rated = select(Rating.id).where(Rating.voice_id == Voice.id, *its_episode)
    undecided = and_(Rating.decided_at.is_(None), or_(Rating.solved == Solved.NO, Rating.satisfied <= 2))
    return select(
        Voice.id.label("voice_id"),
        Voice.has_reopened,
        told.label("told_at"),
        case((unreachable.exists(), True), else_=False).label("unreachable"),
        case((rated.exists(), True), else_=False).label("rated"),
        case((rated.where(undecided).exists(), True), else_=False).label("undecided"),
    ).where(condition)


ABOUT = {  # what counts as told: the present answer, else the route or the withdrawal
    True: Telling.answer_id == bindparam("answer", type_=Key),
    False: and_(Telling.about != About.ANSWER, Telling.at >= voices.SINCE),
}
VOICES = {
    (is_more, has_answer): _voice_statement(voices.OWN_AND_MERGED if is_more else voices.OWN, has_answer)
    for is_more in (False, True)
    for has_answer in (False, True)
}


def _of_lead(actor: Actor, number: str) -> dict[str, Any]:
    """The ticket another is to be merged into, as far as the actor may know of it."""
    try:
        lead = visible.load(actor, number.strip().upper())
    except NotVisible:
        return {}
    return {
        "lead_state": lead.state,
        "lead_confidentiality": lead.confidentiality.value,
        "lead_days_since_closed": _days_since(lead.closed_at) if lead.closed_at else None,
        "lead_days_since_handled": _days_since(lead.handled_at) if lead.handled_at else None,
    }


def spot_answer(ticket_id: int) -> str:
    """What the filer wrote as answered on the spot; it becomes an answer only when the office confirms it."""
    first = select(TicketEvent.data).where(TicketEvent.ticket_id == ticket_id, TicketEvent.seq == 1)
    return str((db.session.scalar(first) or {}).get("on_spot", ""))


def offered_answer(ticket: Ticket) -> str:
    """The text every raiser reads: where the office begins when it writes for everybody."""
    return db.session.scalar(select(Answer.text).where(Answer.id == ticket.answer_id)) or ""


def last_event(ticket_id: int) -> Any:
    """Who moved it last, for the one who came second."""
    wanted = select(TicketEvent.actor_label, TicketEvent.move, TicketEvent.at, TicketEvent.to_state)
    latest = wanted.where(TicketEvent.ticket_id == ticket_id).order_by(TicketEvent.seq.desc()).limit(1)
    return db.session.execute(latest).one_or_none()


def _days_since(moment: datetime | None) -> int:
    """Natural days between a moment's Chinese day and today."""
    return (clock.today() - clock.local(moment).date()).days if moment else 0


def _promised(ticket: Ticket, told_at: datetime) -> dict[str, int]:
    """The days a holder was given when he was told: later changes of the settings touch no promise."""
    counted = ("rating_days", "reopen_days") if ticket.dispatched_at else ("rating_days",)  # on the spot: from closing
    return {name: in_force.number(name, told_at) for name in counted}


def _is_open(name: str, since: datetime) -> bool:
    """Before the last of so many days; the setting is that of the day they began."""
    return _days_since(since) < in_force.number(name, since)


def _is_over(name: str, since: datetime) -> bool:
    return _days_since(since) > in_force.number(name, since)


def working_days_since(moment: datetime | None) -> int:
    return working_days_between(clock.local(moment).date(), clock.today()) if moment else 0


def _texts(*ids: int | None) -> frozenset[str]:
    return frozenset(str(one) for one in ids if one is not None)
