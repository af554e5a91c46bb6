"""What the holder of a code may read: one statement finds his matter, one its answers (performance.md).

No name of a person, no internal note and nobody else's words are ever asked for here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from liaison.core.clock import local, now
from liaison.core.db import db
from liaison.feedback.matters import Held, Matter
from liaison.people.models import Unit
from liaison.slips.models import Slip
from liaison.tickets.models import Answer, Rating, Remark, Telling, Ticket, TicketEvent, Voice
from liaison.tickets.models.tellings import About
from liaison.tickets.models.voices import RemarkKind
from liaison.tickets.queries.voices import lead_of
from workflows.ticket_states import NOT_OPEN, State

TOLD_BY = {  # what the page must say besides the answers, and the move that said it
    State.INFO_NEEDED: ("ask_info",),
    State.REDIRECTED: ("redirect",),
    State.WITHDRAWN: ("withdraw", "void"),
}
WORDS_OF_MOVES = ("extend", "recount")
SHORTEST = timedelta(days=15)  # no setting lets a code live less; how long it lives is asked of its matter


def find(code_hash: str, *, to_show: bool = True) -> Held | None:
    """What a code opens. None where it is unknown or has died 60 days after the end (rulings §13).

    Not `to_show`: what is owed is asked for, the answers are left out.
    """
    row = db.session.execute(BY_CODE, {"code": code_hash}).one_or_none()
    if row is None:
        return None
    matters = _matters(row, to_show)
    if all(matter.is_past for matter in matters):
        return None
    return Held(row, matters)


def dead_codes() -> list[int]:
    """Voices whose code opens nothing any more though its hash is still kept."""
    long_over = (own.state.in_(NOT_OPEN), own.state_since < now() - SHORTEST)
    kept = select(Voice.id, Voice.code_hash).join(own, own.id == Voice.ticket_id)
    rows = db.session.execute(kept.where(Voice.code_hash.is_not(None), *long_over)).all()
    return [row.id for row in rows if find(row.code_hash, to_show=False) is None]


def _matters(row: Any, to_show: bool) -> list[Matter]:
    """The matter of a voice, or those its ticket was split into, each with what was answered."""
    if row.own_state is State.SPLIT:
        children = db.session.execute(BY_ORIGIN, {"voice": row.voice_id}).all()
        return [matter for child in children for matter in _matters(child, to_show)]
    return [Matter(row, _answers(row) if to_show else [], _event(row))]


def _answers(row: Any) -> Sequence[Any]:
    """What was offered to the raisers so far, newest first."""
    if row.dispatched_at is None and row.answer_id is None:
        return []
    return db.session.execute(ANSWERS, {"ticket": row.ticket_id}).all()


def _event(row: Any) -> Any | None:
    """The question, the route, the withdrawal, the extension or the new count that the page has to tell."""
    is_extended = row.due_at is not None and row.original_due_at is not None and row.due_at > row.original_due_at
    moves = TOLD_BY.get(row.state) or (WORDS_OF_MOVES if is_extended or _was_open(row) else ())
    if not moves:
        return None
    return db.session.execute(EVENT, {"ticket": row.ticket_id, "moves": moves}).one_or_none()


def _was_open(row: Any) -> bool:
    """Promised for another year than it was raised in: the date may have been 暂定 and counted again since."""
    if row.promised_at is None or row.answer_id is not None:
        return False
    return local(row.promised_at).year > local(row.raised_at).year


# --- the statements, built once ------------------------------------------------------------------

own, lead = aliased(Ticket, name="own"), aliased(Ticket, name="lead")


def _told_at() -> Any:
    """When this voice was told of what there is to tell now; an older answer is history."""
    since = func.coalesce(lead.offered_at, lead.state_since)  # an earlier route is history too
    of_route = and_(lead.answer_id.is_(None), Telling.about != About.ANSWER, Telling.at >= since)
    present = or_(Telling.answer_id == lead.answer_id, of_route)
    return select(func.min(Telling.at)).where(Telling.voice_id == Voice.id, present).scalar_subquery()


def _of_the_lead() -> Any:
    """A rating of the lead's present episode; one of the voice's own ticket before it was merged is history."""
    return and_(Rating.ticket_id == lead.id, Rating.episode == lead.episode)


def _voices() -> Any:
    """One row per voice: its own words, and how its matter stands at the ticket that leads it."""
    remarked = select(Remark.id).where(Remark.voice_id == Voice.id, Remark.kind == RemarkKind.REMARK).exists()
    objected = (
        select(TicketEvent.id)
        .where(TicketEvent.ticket_id == lead.id, TicketEvent.move == "object", TicketEvent.at >= lead.state_since)
        .exists()
    )
    wanted = select(
        Voice.id.label("voice_id"),
        Voice.text,
        Voice.raised_at,
        Voice.opened_at,
        Voice.has_reopened,
        own.number,
        own.state.label("own_state"),
        own.confidentiality.label("own_confidentiality"),
        lead.id.label("ticket_id"),
        lead.kind,
        lead.state,
        lead.state_since,
        lead.confidentiality,
        lead.is_on_spot,
        lead.limit_class,
        lead.rule_version,
        lead.episode,
        lead.return_to,
        lead.voice_count,
        lead.waits_since,
        lead.promised_at,
        lead.dispatched_at,
        lead.next_due_at,
        lead.due_at,
        lead.original_due_at,
        lead.answer_id,
        lead.closed_at,
        Unit.name.label("unit"),
        _told_at().label("told_at"),
        Rating.solved,
        Rating.satisfied,
        remarked.label("is_remarked"),
        objected.label("is_objected"),
        Slip.channel.label("slip_channel"),
        Slip.value.label("slip"),
    )
    return (
        wanted.join(own, own.id == Voice.ticket_id)
        .join(lead, lead.id == lead_of(own))
        .outerjoin(Unit, Unit.id == lead.lead_unit_id)
        .outerjoin(Slip, and_(Slip.voice_id == Voice.id, Slip.deleted_at.is_(None)))
        .outerjoin(Rating, and_(Rating.voice_id == Voice.id, _of_the_lead()))
    )


BY_CODE = _voices().where(Voice.code_hash == bindparam("code"))
BY_ORIGIN = _voices().where(Voice.extract_of_id == bindparam("voice")).order_by(Voice.id)

ANSWERS = (
    select(
        Answer.id,
        Answer.episode,
        Answer.outcome,
        Answer.is_final,
        Answer.text,
        Answer.reason_class,
        Answer.basis,
        Answer.alternative,
        Answer.review_on,
        Answer.expected_on,
        Answer.offered_at,
        Unit.name.label("unit"),
    )
    .outerjoin(Unit, Unit.id == Answer.unit_id)
    .where(Answer.ticket_id == bindparam("ticket"), Answer.offered_at.is_not(None))
    .order_by(Answer.id.desc())
)

EVENT = (
    select(TicketEvent.move, TicketEvent.actor_id, TicketEvent.at, TicketEvent.reason, TicketEvent.data)
    .where(TicketEvent.ticket_id == bindparam("ticket"), TicketEvent.move.in_(bindparam("moves", expanding=True)))
    .order_by(TicketEvent.seq.desc())
    .limit(1)
)
