"""«What waits for me»: one list per person, the oldest promise first.

Follows from who has the ball; the tabs are a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, union_all

from liaison.core.db import run
from liaison.core.language import lazy_gettext as _l
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.models import Ticket
from liaison.tickets.models.tickets import Ball
from liaison.tickets.queries.lists import SIZE, rows
from liaison.tickets.queries.visible import FILED_BY, FILED_FOR, ME, Alike, alike, given, of, visible
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

S = State


@dataclass(frozen=True)
class Tab:
    key: str
    label: Any
    states: tuple[State, ...]
    roles: tuple[Role, ...]


OFFICE = (Role.DESK, Role.CLERK, Role.DIRECTOR, Role.CONFIDENTIAL)
FILERS = (Role.LEADER, Role.LIAISON, Role.CADRE)

TABS = [
    Tab("accept", _l("待受理"), (S.SUBMITTED,), OFFICE),
    Tab("triage", _l("研判"), (S.TRIAGE,), OFFICE),
    Tab("returns", _l("退回裁定"), (S.RETURN_REQUESTED,), OFFICE),
    Tab("meetings", _l("会议研究"), (S.COORDINATING, S.LEADERSHIP_REVIEW), (Role.DIRECTOR,)),
    Tab("sign", _l("待签收"), (S.DISPATCHED,), (Role.HEAD, Role.HANDLER)),
    Tab("work", _l("办理"), (S.IN_PROGRESS,), (Role.HANDLER, Role.HEAD)),
    Tab("approve", _l("部门审定"), (S.DEPT_REVIEW,), (Role.HEAD,)),
    Tab("plans", _l("长期推进"), (S.LONG_TERM,), (Role.HEAD,)),
    Tab("review", _l("审核"), (S.OFFICE_REVIEW,), OFFICE),
    Tab("tell", _l("待反馈"), (S.FEEDBACK_PENDING, S.REDIRECTED), (*OFFICE, *FILERS, Role.HEAD)),
    Tab("callback", _l("回访"), (S.CALLBACK,), OFFICE),
    Tab("info", _l("待我补充"), (S.INFO_NEEDED,), FILERS),
    Tab("receipt", _l("等移交回执"), (S.HANDED_OFF,), (Role.CONFIDENTIAL,)),
]


def tabs(actor: Actor) -> list[Tab]:
    """The tabs this person has use for."""
    return [tab for tab in TABS if actor.has(*tab.roles)]


@cache
def waiting(who: Alike) -> ColumnElement[bool]:
    """The condition «this waits for people like these», from their roles."""
    conditions = [*_together(list(_for_the_office(who))), *_for_the_unit(who), *_for_the_filer(who)]
    return or_(*conditions) if conditions else false()


def _together(conditions: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """Several stretches of one index: named one by one, or the databases would rather read the whole table."""
    if len(conditions) < 2:
        return conditions
    stretches = (select(Ticket.id).where(condition).correlate(None) for condition in conditions)
    return [Ticket.id.in_(union_all(*stretches))]


def _for_the_office(who: Alike) -> Iterator[ColumnElement[bool]]:
    if who.roles & {Role.CLERK, Role.DIRECTOR}:
        yield and_(Ticket.ball == Ball.OFFICE, Ticket.confidentiality == Confidentiality.NORMAL)
    if Role.DIRECTOR in who.roles:
        yield Ticket.ball == Ball.DIRECTOR
    if Role.CONFIDENTIAL in who.roles:
        yield Ticket.ball == Ball.CONFIDENTIAL
    if "desks" in who.ties:
        yield and_(Ticket.ball == Ball.OFFICE, Ticket.college_id.in_(of("desks")))


def _for_the_unit(who: Alike) -> Iterator[ColumnElement[bool]]:
    if "headed" in who.ties:
        yield and_(Ticket.is_open, Ticket.lead_unit_id.in_(of("headed")), Ticket.ball.in_([Ball.UNIT, Ball.HEAD]))
    if "handled" in who.ties:
        yield and_(Ticket.is_open, Ticket.lead_unit_id.in_(of("handled")), Ticket.ball == Ball.UNIT)
    if who.roles & {Role.HANDLER, Role.HEAD}:
        yield and_(Ticket.is_open, Ticket.handler_id == ME, Ticket.ball == Ball.HANDLER)


def _for_the_filer(who: Alike) -> Iterator[ColumnElement[bool]]:
    if who.roles & set(FILERS):
        states = [S.INFO_NEEDED, S.FEEDBACK_PENDING]
        for filed in (FILED_BY, FILED_FOR):
            yield and_(Ticket.is_open, filed, Ticket.ball.in_([Ball.FILER, Ball.OFFICE]), Ticket.state.in_(states))


def queue(actor: Actor, asked: Mapping[str, str]) -> Page:
    """One page of what waits, by due moment; `asked` may name a tab."""
    tab = next((tab for tab in tabs(actor) if tab.key == asked.get("tab")), None)
    return _listing(alike(actor), tab).page(asked, given(actor))


def counts(actor: Actor) -> dict[str, int]:
    """How much waits under each tab: one grouped statement over what has the ball here."""
    by_state: dict[State, int] = {row.state: row.tickets for row in run(_counts(alike(actor)), given(actor))}
    return {tab.key: sum(by_state.get(state, 0) for state in tab.states) for tab in tabs(actor)}


@cache
def _listing(who: Alike, tab: Tab | None) -> Listing:
    statement = rows().where(waiting(who), visible(who))
    if tab:
        statement = statement.where(Ticket.state.in_(tab.states))
    return Listing(statement, [Ticket.next_due_at, Ticket.id], size=SIZE)


@cache
def _counts(who: Alike) -> Any:
    grouped = select(Ticket.state, func.count().label("tickets")).where(waiting(who), visible(who))
    return grouped.group_by(Ticket.state)
