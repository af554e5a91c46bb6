"""What notices and digests must know of tickets: who may see a number, what is due, what is not told yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CTE, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from liaison.core.clock import today
from liaison.core.db import db, run
from liaison.people.actor import Actor
from liaison.people.models import Person, RoleGrant
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from liaison.tickets.models import Telling, Ticket, Voice
from liaison.tickets.models.tellings import Unreachable
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Assignment, Duty
from liaison.tickets.queries.visible import Alike, alike, given, visible
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

TOLD_OF = (Role.HEAD, Role.HANDLER, Role.DESK, Role.CLERK, Role.DIRECTOR, Role.CONFIDENTIAL)
Lead = aliased(Ticket)


def seen(actor: Actor, numbers: Collection[str]) -> Collection[str]:
    """Which of these tickets the actor may see now."""
    found = run(_numbers(alike(actor)), {**given(actor), "numbers": sorted(numbers)})
    return set(found.scalars())


def may_be_named(number: str) -> bool:
    """Whether a robot may name this ticket in a group: never a restricted or sealed one (domain.md §4.5)."""
    kept = db.session.scalar(select(Ticket.confidentiality).where(Ticket.number == number))
    return kept is Confidentiality.NORMAL


def pressing(until: datetime) -> Sequence[Any]:
    """Open tickets on which somebody must act by a moment, and those nobody has accepted yet; the oldest first."""
    columns = [getattr(Ticket, name) for name in PRESSING]
    waits = and_(Ticket.is_open, Ticket.ball.not_in([Ball.HOLDER, Ball.NOBODY]))
    is_near = or_(Ticket.next_due_at <= until, Ticket.state == State.SUBMITTED)
    return run(select(*columns).where(waits, is_near).order_by(Ticket.next_due_at, Ticket.id)).all()


def late_co_answers(until: datetime) -> Sequence[Any]:
    """Co-assignments due up to a moment and not answered: number, stage, unit, handler."""
    late = (Assignment.duty == Duty.CO, Assignment.ending.is_(None), Assignment.answered_at.is_(None))
    wanted = select(Ticket.number, Ticket.stage, Assignment.unit_id, Assignment.handler_id)
    joined = wanted.join(Ticket, Ticket.id == Assignment.ticket_id).where(Ticket.is_open)
    return run(joined.where(*late, Assignment.due_at <= until).order_by(Assignment.due_at)).all()


def debts(until: datetime) -> Sequence[Any]:
    """Voices whose answer was offered up to a moment and that nobody told: number, stage, who filed."""
    own = (Ticket.number, Ticket.stage, Voice.filed_by_id, Voice.filed_for_id)
    told = select(Telling.id).where(Telling.voice_id == Voice.id, Telling.answer_id == Lead.answer_id)
    unreachable = select(Unreachable.id).where(
        Unreachable.voice_id == Voice.id, Unreachable.answer_id == Lead.answer_id
    )
    family = _owing(until)
    return run(
        select(*own)
        .join(Ticket, Ticket.id == Voice.ticket_id)
        .join(family, family.c.id == Ticket.id)
        .join(Lead, Lead.id == family.c.lead_id)
        .where(~told.exists(), ~unreachable.exists())
        .order_by(Lead.offered_at, Voice.id)
    ).all()


def _owing(until: datetime) -> CTE:
    """The tickets whose answer waits to be told, each with all that was merged into it, by any number of merges."""
    waiting = (Lead.state == State.FEEDBACK_PENDING, Lead.offered_at <= until)
    family = select(Lead.id.label("lead_id"), Lead.id.label("id")).where(*waiting).cte("family", recursive=True)
    pointing = aliased(Ticket)
    return family.union_all(select(family.c.lead_id, pointing.id).where(pointing.merged_into_id == family.c.id))


def holders(on: date | None = None) -> Sequence[Any]:
    """The active people of the roles that hear of due tickets: role, unit, person."""
    held = (RoleGrant.role.in_(TOLD_OF), valid(RoleGrant, on or today()), Person.is_active)
    wanted = select(RoleGrant.role, RoleGrant.unit_id, RoleGrant.person_id)
    return run(wanted.join(Person, Person.id == RoleGrant.person_id).where(*held).order_by(Person.id)).all()


PRESSING = (  # what presenting.due reads, and whose it is
    "number",
    "stage",
    "state",
    "state_since",
    "closed_at",
    "next_due_at",
    "is_urgent",
    "is_due_provisional",
    "limit_class",
    "rule_version",
    "confidentiality",
    "ball",
    "lead_unit_id",
    "college_id",
    "handler_id",
    "filed_by_id",
    "filed_for_id",
)


@cache
def _numbers(who: Alike) -> Any:
    return select(Ticket.number).where(visible(who), Ticket.number.in_(bindparam("numbers", expanding=True)))
