"""«What waits for me»: one list per person, the oldest promise first.

Follows from who has the ball; the tabs are a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    String,
    and_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from liaison.core.db import run
from liaison.core.language import lazy_gettext as _l
from liaison.core.paging import Listing, Page
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.models import Assignment, Request, Ticket
from liaison.tickets.models.orders import SupervisionOrder
from liaison.tickets.models.requests import Decider, Standing
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import orders
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
    which: str = ""  # name in BESIDE: what waits whatever the state


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
    Tab("co", _l("协办"), (), (Role.HEAD, Role.HANDLER), "co"),
    Tab("asked", _l("待您决定"), (), (Role.CLERK, Role.DIRECTOR, Role.CONFIDENTIAL, Role.LEADER), "asked"),
    Tab("suggested", _l("问到本单位"), (), (Role.HEAD,), "suggested"),
    Tab("orders", _l("督办"), (), (Role.HEAD, Role.DIRECTOR), "orders"),
    Tab("receipt", _l("等移交回执"), (S.HANDED_OFF,), (Role.CONFIDENTIAL,)),
]


def tabs(actor: Actor) -> list[Tab]:
    """The tabs this person has use for."""
    return [tab for tab in TABS if actor.has(*tab.roles)]


@cache
def waiting(who: Alike) -> ColumnElement[bool]:
    """The condition «this waits for people like these», from their roles."""
    return _any([*_of_moves(who), *_beside(who).values()])


def _any(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """One of these, each a stretch of an index of its own: an OR would make the databases read the whole table."""
    if len(conditions) < 2:
        return conditions[0] if conditions else false()
    stretches = (select(Ticket.id).where(condition).correlate(None) for condition in conditions)
    return Ticket.id.in_(union_all(*stretches))


@cache
def _beside(who: Alike) -> dict[str, ColumnElement[bool]]:
    """What waits beside the moves: a co-answer, a decision, a word on whose duty it is."""
    found: dict[str, ColumnElement[bool]] = {}
    units = [Assignment.unit_id.in_(of(tie)) for tie in ("headed", "handled") if tie in who.ties]
    if units:
        owed = (Assignment.duty == Duty.CO, Assignment.ending.is_(None), Assignment.answered_at.is_(None))
        co = select(Assignment.ticket_id).where(or_(*units), *owed)
        found["co"] = and_(Ticket.is_open, Ticket.id.in_(co))
    if decides := list(_decided_by(who)):
        found["asked"] = Ticket.id.in_(_UNDECIDED.where(or_(*decides)))
    if (waits := orders.waiting(who)) is not None:
        found["orders"] = Ticket.id.in_(select(SupervisionOrder.ticket_id).where(waits))
    if "headed" in who.ties:
        found["suggested"] = and_(Ticket.suggested_unit_id.in_(of("headed")), Ticket.state == S.RETURN_REQUESTED)
    return found


def _decided_by(who: Alike) -> Iterator[ColumnElement[bool]]:
    if who.roles & {Role.CLERK, Role.DIRECTOR}:
        yield Request.decider == Decider.OFFICE
    if Role.DIRECTOR in who.roles:
        yield Request.decider == Decider.DIRECTOR
    if Role.CONFIDENTIAL in who.roles:
        yield Request.decider == Decider.CONFIDENTIAL
    if "supervised" in who.ties:
        yield and_(Request.decider == Decider.LEADER, Asked.lead_unit_id.in_(of("supervised")))


Asked = aliased(Ticket)
_UNDECIDED = (
    select(Request.ticket_id)
    .join(Asked, Asked.id == Request.ticket_id)
    .where(Request.standing == Standing.OPEN, or_(Request.state.is_(None), Request.state == Asked.state))
)


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


def helps(actor: Actor, listed: Sequence[Any]) -> dict[int, Any]:
    """Ticket id → the help this person's unit still owes there, with its own date, among the rows of one page.

    One statement, and only where somebody else has the lead.
    """
    units = actor.at(Role.HEAD) | actor.at(Role.HANDLER)
    others = [row.id for row in listed if row.lead_unit_id not in units] if units else []
    if not others:
        return {}
    found = run(_HELPS, {"tickets": others, "units": list(units)})
    return {row.ticket_id: row for row in found}


_HELPS = select(
    Assignment.ticket_id,
    Assignment.dispatched_at,
    Assignment.due_at,
    Assignment.answered_at,
    Assignment.is_due_provisional,
).where(
    Assignment.ticket_id.in_(bindparam("tickets", expanding=True)),
    Assignment.unit_id.in_(bindparam("units", expanding=True)),
    Assignment.duty == Duty.CO,
    Assignment.ending.is_(None),
    Assignment.due_at.is_not(None),
)


def counts(actor: Actor) -> dict[str, int]:
    """How much waits under each tab."""
    found = {row.which: row.tickets for row in run(_counts(alike(actor)), given(actor))}
    return {tab.key: sum(found.get(which, 0) for which in tab.states or (tab.which,)) for tab in tabs(actor)}


@cache
def _listing(who: Alike, tab: Tab | None) -> Listing:
    statement = rows().where(waiting(who), visible(who))
    if tab and tab.which:
        statement = statement.where(_beside(who).get(tab.which, false()))
    elif tab:
        statement = statement.where(Ticket.state.in_(tab.states), _any(_of_moves(who)))
    return Listing(statement, [Ticket.next_due_at, Ticket.id], size=SIZE)


@cache
def _counts(who: Alike) -> CompoundSelect[Any]:
    """By state what waits for a move, by its name what waits beside the moves: one statement."""
    state, number = type_coerce(Ticket.state, String).label("which"), func.count().label("tickets")
    of_moves = select(state, number).where(_any(_of_moves(who)), visible(who)).group_by(Ticket.state)
    beside = _beside(who).items()
    return union_all(of_moves, *(select(literal(name), number).where(which, visible(who)) for name, which in beside))


def _of_moves(who: Alike) -> list[ColumnElement[bool]]:
    """What waits for a move of the process."""
    return [*_for_the_office(who), *_for_the_unit(who), *_for_the_filer(who)]
