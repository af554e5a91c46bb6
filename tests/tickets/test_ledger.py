"""等待账: office + custodies + pauses = the whole wait, for every history people can make (rulings §6, domain.md §4.4).

Two computations: the intervals as they were kept, and the same from the event rows alone.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.core import clock
from liaison.core.errors import Conflict
from liaison.tickets.models import Interval, TicketEvent
from tests.factories import at, go, make_ticket, move
from workflows.ticket_states import State

S = State
WHOSE = {  # domain.md §4.1, column «ledger», by hand
    "office": {S.SUBMITTED, S.TRIAGE, S.REDIRECTED, S.OFFICE_REVIEW, S.FEEDBACK_PENDING},
    "custody": {S.DISPATCHED, S.RETURN_REQUESTED, S.IN_PROGRESS, S.DEPT_REVIEW},
    "info": {S.INFO_NEEDED},
    "meeting": {S.COORDINATING, S.LEADERSHIP_REVIEW},
    "plan": {S.LONG_TERM},
    "merged": {S.MERGED},
    "answered": {S.FEEDBACK_GIVEN, S.CALLBACK, S.CLOSED},
}
LEDGER = {state: name for name, states in WHOSE.items() for state in states}
NEXT = {  # what people do next, everyday and a little beside it
    S.SUBMITTED: ["accept", "merge"],
    S.TRIAGE: ["dispatch", "ask_info", "dispatch"],
    S.INFO_NEEDED: ["supplement"],
    S.MERGED: ["unmerge"],
    S.DISPATCHED: ["sign", "sign", "request_return"],
    S.RETURN_REQUESTED: ["uphold_return", "reject_return"],
    S.IN_PROGRESS: ["submit_answer", "progress", "ask_info", "convene"],
    S.COORDINATING: ["meeting_result"],
    S.DEPT_REVIEW: ["head_approve", "head_return"],
    S.OFFICE_REVIEW: ["office_approve", "office_return"],
    S.FEEDBACK_PENDING: ["tell", "reopen"],
    S.FEEDBACK_GIVEN: ["close", "reopen"],
    S.CLOSED: ["reopen"],
}
MORE = {
    "unmerge": lambda t: move(t, "unmerge", "wang", reason="不是同一件事"),
    "reject_return": lambda t: move(t, "reject_return", "director", reason="职责清单第3条"),
    "meeting_result": lambda t: move(t, "meeting_result", "director", decision="由后勤保障处继续办理"),
}
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 80)), min_size=4, max_size=14)


@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_for_random_histories_both_computations_agree(db, frozen, steps):
    time = frozen("2026-11-02 09:00")
    ticket = make_ticket()
    for choice, hours in steps:
        time.on(hours=hours)
        _one_step(ticket, choice)
        _check(db, ticket)


def _one_step(ticket, choice):
    offered = NEXT[ticket.state]
    name = offered[choice % len(offered)]
    try:
        MORE[name](ticket) if name in MORE else go(ticket, name)
    except Conflict:
        return  # a third question, a late return: nothing happened


def _check(db, ticket):
    kept = db.session.scalars(db.select(Interval).filter_by(ticket_id=ticket.id).order_by(Interval.id)).all()
    assert kept[0].from_at == ticket.raised_at
    assert all(one.until_at == following.from_at for one, following in pairwise(kept)), "a gap or an overlap"
    assert kept[-1].until_at is None
    spent = defaultdict(timedelta)
    for row in kept:
        spent[_name(row)] += (row.until_at or clock.now()) - row.from_at
    assert _without_nothing(spent) == _from_events(db, ticket)
    assert sum(spent.values(), timedelta()) == clock.now() - ticket.raised_at


def _name(row):
    return row.pause_reason.value if row.pause_reason else f"{row.ledger.value} {row.unit_id or ''}".strip()


def _from_events(db, ticket):
    """The same account from the event rows alone: whose time each stretch between two moves was."""
    events = db.session.scalars(db.select(TicketEvent).filter_by(ticket_id=ticket.id).order_by(TicketEvent.seq)).all()
    ends = [event.at for event in events[1:]] + [clock.now()]
    spent, lead = defaultdict(timedelta), None
    for event, end, following in zip(events, ends, [*events[1:], None], strict=True):
        lead = event.data.get("lead", lead) if event.move == "dispatch" else lead
        name = LEDGER[event.to_state]
        if following is not None and following.move == "office_return":
            name = "custody"  # a returned answer was not finished (T30)
        spent[f"custody {lead}" if name == "custody" else name] += end - event.at
    return _without_nothing(spent)


def _without_nothing(spent):
    return {name: time for name, time in spent.items() if time}


def test_on_the_everyday_road_each_day_has_its_owner(db, frozen):
    time = frozen("2026-11-02 09:00")
    ticket = make_ticket()
    for name in ("accept", "dispatch", "sign", "submit_answer", "head_approve", "office_approve", "tell"):
        time.on(days=1)
        go(ticket, name)
    rows = db.session.scalars(db.select(Interval).order_by(Interval.id)).all()
    days = [(_name(row).split()[0], ((row.until_at or clock.now()) - row.from_at).days) for row in rows]
    assert days == [("office", 2), ("custody", 3), ("office", 2), ("answered", 0)]


@pytest.mark.parametrize("state", [S.WITHDRAWN, S.SPLIT, S.HANDED_OFF])
def test_where_the_road_ends_the_account_is_closed(db, frozen, state):
    frozen("2026-11-02 09:00")
    ticket = make_ticket(state)
    rows = db.session.scalars(db.select(Interval).filter_by(ticket_id=ticket.id)).all()
    assert [row.until_at for row in rows] == [at("2026-11-02 09:00")]


def test_told_and_reopened_the_time_between_was_a_pause(db, frozen):
    time = frozen("2026-11-02 09:00")
    ticket = make_ticket(S.FEEDBACK_GIVEN)
    time.on(days=5)
    go(ticket, "reopen")
    pause = db.session.scalars(db.select(Interval).filter_by(pause_reason="answered")).one()
    assert (pause.until_at - pause.from_at).days == 5
    custody = db.session.scalars(db.select(Interval).filter_by(until_at=None)).one()
    assert (custody.ledger.value, custody.episode) == ("custody", 2)
