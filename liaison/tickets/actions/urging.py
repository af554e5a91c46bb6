"""督办的提议: what the system proposes from what it sees – one row for each cause and episode (domain.md §4.7).

Only the director issues; computed again each hour, nothing is proposed twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from liaison.audit import actions as audit
from liaison.calendars import limits
from liaison.calendars.working_days import working_days_between
from liaison.core.clock import day_ending_at, local, now, today
from liaison.core.db import db, insert_or, run
from liaison.tickets.actions.orders import DIRECTOR, tell_of
from liaison.tickets.clocks import is_past_wall
from liaison.tickets.models.orders import Cause, Grade, SupervisionOrder
from liaison.tickets.queries import orders
from workflows.supervision import State
from workflows.ticket_states import State as TicketState

S = TicketState
AT_WORK = {S.DISPATCHED, S.RETURN_REQUESTED, S.IN_PROGRESS, S.DEPT_REVIEW}
RED_DAYS, LONG_RED_DAYS, HOT_DAYS = 3, 10, 10
GRADES = {Cause.LONG_RED: Grade.LEADER, Cause.UNANSWERED: Grade.LEADER, Cause.WALL: Grade.LEADER}


def propose_due() -> int:
    """Propose what is due; returns how many proposals are new. Commits nothing."""
    return sum(_proposed(ticket, cause) for ticket, cause in _found())


def _found() -> Iterator[tuple[Any, Cause]]:
    for ticket in orders.with_a_unit():
        yield from ((ticket, cause) for cause in causes(ticket))
    for ticket in orders.unanswered(today()):
        yield ticket, Cause.UNANSWERED


def causes(ticket: Any) -> Iterator[Cause]:
    """What speaks for an order on an open ticket that some unit leads."""
    red = red_days(ticket)
    if red >= LONG_RED_DAYS:
        yield Cause.LONG_RED
    elif red >= RED_DAYS:
        yield Cause.RED
    if ticket.reopen_count >= 2:
        yield Cause.REOPENED
    if ticket.return_count >= 2:
        yield Cause.RETURNED
    if _is_hot_without_a_plan(ticket):
        yield Cause.HOT
    if is_past_wall(ticket, today()):
        yield Cause.WALL


def red_days(ticket: Any) -> int:
    """How many working days, of those its class counts, the unit is past its limit."""
    if ticket.state not in AT_WORK or ticket.due_at is None or now() < ticket.due_at:
        return 0
    by = limits.days_of(ticket.limit_class, ticket.rule_version)
    return working_days_between(day_ending_at(ticket.due_at), today(), by)


def _is_hot_without_a_plan(ticket: Any) -> bool:
    """Hot, at work for ten working days, neither answered nor planned."""
    if not ticket.is_hot or ticket.state not in AT_WORK or ticket.dispatched_at is None:
        return False
    return working_days_between(local(ticket.dispatched_at).date(), today()) >= HOT_DAYS


def _proposed(ticket: Any, cause: Cause) -> bool:
    row = {
        "ticket_id": ticket.id,
        "episode": ticket.episode,
        "grade": GRADES.get(cause, Grade.ORDER),
        "cause": cause,
        "state": State.PROPOSED,
        "unit_id": ticket.lead_unit_id,
        "proposed_at": now(),
    }
    key = run(_adding(db.engine.dialect.name), row).scalar_one_or_none()
    if key is None:
        return False
    audit.append(None, "order.propose", object=ticket.number, cause=cause.value)
    tell_of(DIRECTOR, "ticket.order_proposed", ticket, key)
    return True


@cache
def _adding(dialect: str) -> Any:
    made = insert_or(SupervisionOrder, dialect).on_conflict_do_nothing()
    return made.returning(SupervisionOrder.__table__.c.id)
