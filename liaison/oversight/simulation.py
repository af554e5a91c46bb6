"""规则推演: a past term once more under other limits, other days or another start of the clock (promise B23).

Who would have been late, and what the office would have had to do. Nothing is written. Under unchanged rules
the figures are the real ones, exactly: both come from the same count, over stored limits and over replayed ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from liaison.calendars import in_force
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.models import Term
from liaison.core import clock
from liaison.oversight.queries import simulation as queries
from liaison.oversight.replaying import Scenario, replay, stays
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, LimitClass

FEW = 5  # restricted matters are counted from this number on (metrics.md §2)


@dataclass(frozen=True)
class Obligation:
    """One dispatch to a lead unit: what it was due by, what it would have been due by, what happened."""

    number: str
    unit: str
    unit_order: int
    limit_class: LimitClass
    is_named: bool
    sign_due: datetime | None
    due: datetime | None
    signed_at: datetime | None
    ended_at: datetime | None
    other_sign_due: datetime | None
    other_due: datetime | None


@dataclass
class Group:
    """A class or a unit: how many obligations, which were late and which would have been."""

    label: Any
    count: int = 0
    late: list[Obligation] = field(default_factory=list)
    late_then: list[Obligation] = field(default_factory=list)
    sign_late: int = 0
    sign_late_then: int = 0

    @property
    def newly_late(self) -> list[Obligation]:
        return [one for one in self.late_then if one not in self.late]

    @property
    def no_longer_late(self) -> list[Obligation]:
        return [one for one in self.late if one not in self.late_then]


@dataclass(frozen=True)
class Load:
    """What comes to the office: tickets a working day, the heaviest one, and steps done after their limit."""

    tickets: int
    days: int
    heaviest: date | None
    most: int
    accept_late: int
    triage_late: int


@dataclass(frozen=True)
class Report:
    """Both figures side by side. `until` is the moment open obligations were looked at."""

    until: datetime
    whole: Group
    classes: list[Group]
    units: list[Group]
    load: Load
    load_then: Load


def simulate(term: Term, scenario: Scenario, *, until: datetime) -> Report:
    """Replay a term. Open obligations count as late once their limit has passed at `until`."""
    found = obligations(term, scenario)
    named = [one for one in found if one.is_named]
    hidden = [one for one in found if not one.is_named]
    shown = named + (hidden if len(hidden) >= FEW else [])
    units = {(one.unit_order, one.unit) for one in named}
    return Report(
        until=until,
        whole=_group("", shown, until),
        classes=[_group(name, [one for one in shown if one.limit_class is name], until) for name in LimitClass],
        units=[_group(unit, [one for one in named if one.unit == unit], until) for _order, unit in sorted(units)],
        load=_load(term, Scenario(), until),
        load_then=_load(term, scenario, until),
    )


def obligations(term: Term, scenario: Scenario) -> list[Obligation]:
    """Every dispatch of the term with its stored limits and the replayed ones."""
    histories = queries.histories(term)
    return [one for row in queries.obligations(term) if (one := _obligation(row, histories, scenario)) is not None]


def _obligation(row: Any, histories: queries.Histories, scenario: Scenario) -> Obligation | None:
    other = replay(histories.get(row.ticket_id, []), row.dispatched_at, scenario)
    if other is None:
        return None
    return Obligation(
        number=row.number,
        unit=row.unit,
        unit_order=row.unit_order,
        limit_class=other.limit_class,
        is_named=row.confidentiality is Confidentiality.NORMAL,
        sign_due=row.sign_due_at,
        due=row.due_at,
        signed_at=row.signed_at,
        ended_at=row.ended_at,
        other_sign_due=other.sign_due,
        other_due=other.due,
    )


def _group(label: Any, members: Sequence[Obligation], until: datetime) -> Group:
    return Group(
        label=label,
        count=len(members),
        late=[one for one in members if _is_late(one.due, one.ended_at, until)],
        late_then=[one for one in members if _is_late(one.other_due, one.ended_at, until)],
        sign_late=sum(_is_late(one.sign_due, _signed(one), until) for one in members),
        sign_late_then=sum(_is_late(one.other_sign_due, _signed(one), until) for one in members),
    )


def _signed(one: Obligation) -> datetime | None:
    return one.signed_at or one.ended_at


def _is_late(due: datetime | None, done_at: datetime | None, until: datetime) -> bool:
    return due is not None and due < (done_at or until)


# --- the office ------------------------------------------------------------------------------------


def _load(term: Term, scenario: Scenario, until: datetime) -> Load:
    by = scenario.by or CalendarKind.SERVICE
    calendar = in_force.calendar()
    arrived = Counter(calendar.add(clock.local(at).date(), 0, by) for at in queries.arrivals(term))
    last = min(term.last_day, clock.local(until).date())
    heaviest = max(arrived, key=lambda day: (arrived[day], day), default=None)
    accept, triage = _office_late(queries.receptions(term).values(), scenario, until)
    return Load(
        tickets=arrived.total(),
        days=max(calendar.between(term.first_monday, last, by) + calendar.counts(term.first_monday, by), 1),
        heaviest=heaviest,
        most=arrived[heaviest] if heaviest else 0,
        accept_late=accept,
        triage_late=triage,
    )


def _office_late(histories: Iterable[Sequence[Any]], scenario: Scenario, until: datetime) -> tuple[int, int]:
    """How often a ticket was accepted, and dispatched or otherwise decided, after the limit for it."""
    late = {State.SUBMITTED: 0, State.TRIAGE: 0}
    for events in histories:
        for state in late:
            ends = [(_office_due(events, state, since, scenario), at) for since, at in stays(events, state)]
            late[state] += sum(_is_late(due, at, until) for due, at in ends)
    return late[State.SUBMITTED], late[State.TRIAGE]


def _office_due(events: Sequence[Any], state: State, since: datetime, scenario: Scenario) -> datetime:
    """By the class known then: nothing but its urgency before it is accepted."""
    told = {"submit"} if state is State.SUBMITTED else {"submit", "accept"}
    known: dict[str, Any] = {}
    for event in events:
        known |= event.data or {} if event.move in told else {}
    limit_class = LimitClass.URGENT if known.get("urgent") else LimitClass(known.get("limit_class", "general"))
    row = scenario.limits(limit_class, known.get("rules", ""))
    step = row.accept if state is State.SUBMITTED else row.triage
    return step.after(since, in_force.calendar(known.get("calendar", "")), row.calendar)
