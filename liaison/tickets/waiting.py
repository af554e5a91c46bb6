"""What the daily digest says about tickets, and to whom: computed from the due dates of this moment (domain.md §4.13).

Amber and red go to whoever has the ball and to the head of the unit, red also to the office (催办, §4.7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from liaison.calendars.working_days import next_working_day, working_day_before
from liaison.core.clock import end_of, now, today
from liaison.notifications.matters import Line, Matter
from liaison.people.words import Role
from liaison.settings.in_force import number
from liaison.tickets import presenting
from liaison.tickets.models.tickets import Ball
from liaison.tickets.queries import announced
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

Staff = Callable[[Role, int | None], list[int]]


def waiting() -> dict[int, list[Line]]:
    """By person: red first, then amber, then what is new, then what is not told yet."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line, people in sorted(_all(_staff()), key=lambda one: ORDER.index(one[0].text_key)):
        for person in people:
            found[person].append(line)
    return found


ORDER = ["ticket.red", "ticket.amber", "ticket.co_late", "ticket.submit", "ticket.debt"]


def _all(staff: Staff) -> Iterator[tuple[Line, set[int]]]:
    limit = cache(presenting.limit_words)
    for row in announced.pressing(end_of(next_working_day(today()))):
        tone = presenting.due(row, now(), limit)[1]
        if key := _text(row, tone):
            yield Line(key, row.number, row.stage), set(_people(row, tone, staff))
    for row in announced.late_co_answers(now()):
        unit = [row.handler_id] if row.handler_id else staff(Role.HANDLER, row.unit_id)
        yield Line("ticket.co_late", row.number, row.stage), {*unit, *staff(Role.HEAD, row.unit_id)}
    for row in announced.debts(end_of(working_day_before(today(), number("ask_filer_days")))):
        yield Line("ticket.debt", row.number, row.stage), _filers(row)


def _text(row: Any, tone: str) -> str:
    if tone == "red":
        return "ticket.red"
    if row.state is State.SUBMITTED:
        return "ticket.submit"
    return "ticket.amber" if tone == "amber" else ""


def _people(row: Any, tone: str, staff: Staff) -> Iterator[int]:
    is_normal = row.confidentiality is Confidentiality.NORMAL
    office = Role.CLERK if is_normal else Role.CONFIDENTIAL
    yield from _with_the_ball(row, staff, office)
    if row.ball in {Ball.UNIT, Ball.HANDLER, Ball.HEAD}:
        yield from staff(Role.HEAD, row.lead_unit_id)
        if tone == "red":
            yield from staff(office, None)


def _with_the_ball(row: Any, staff: Staff, office: Role) -> Iterator[int]:
    match row.ball:
        case Ball.HANDLER:
            yield from [row.handler_id] if row.handler_id else staff(Role.HANDLER, row.lead_unit_id)
        case Ball.UNIT:
            yield from staff(Role.HANDLER, row.lead_unit_id)
        case Ball.FILER:
            yield from _filers(row)
        case Ball.DIRECTOR:
            yield from staff(Role.DIRECTOR, None)
        case Ball.CONFIDENTIAL:
            yield from staff(Role.CONFIDENTIAL, None)
        case Ball.OFFICE:
            yield from [*staff(office, None), *(staff(Role.DESK, row.college_id) if row.college_id else [])]


def _filers(row: Any) -> set[int]:
    return {person for person in (row.filed_by_id, row.filed_for_id) if person is not None}


def _staff() -> Staff:
    """Who holds a role, at a unit where it belongs to one; asked once for all lines."""
    held: dict[tuple[Role, int | None], list[int]] = defaultdict(list)
    for row in announced.holders():
        held[row.role, row.unit_id].append(row.person_id)
    return lambda role, unit_id: held[role, unit_id]


MATTER = Matter(seen=announced.seen, may_be_named=announced.may_be_named, waiting=waiting)
