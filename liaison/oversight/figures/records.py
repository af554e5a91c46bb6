"""One ticket and one voice as they stood at the end of the cut-off day: folded from what had happened by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from liaison.calendars.calendar import Calendar
from liaison.calendars.limit_rules import Limits
from liaison.core import clock
from liaison.oversight.figures.deadlines import DISPATCHES, Deadline
from liaison.oversight.figures.events import Event
from workflows.engine import Labelled
from workflows.ticket_states import OPEN, State
from workflows.ticket_words import CheckResult, Outcome

CALLBACK = "callback"


class Outside(Labelled):
    """Why a ticket is not countable (metrics.md §1). Only the closed list owes an explanation."""

    REDIRECTED = "redirected", "转其他渠道"
    HANDED_OFF = "handed_off", "已移交"
    WITHDRAWN = "withdrawn", "已撤回"
    VOID = "void", "作废"
    MERGED = "merged", "已并案"
    SPLIT = "split", "已拆分"
    PRAISE = "praise", "表扬"


EXCLUDED = (Outside.REDIRECTED, Outside.HANDED_OFF, Outside.WITHDRAWN)  # the closed list of exclusions
OUTSIDE = {state: Outside(state.value) for state in State if state.value in {one.value for one in Outside}}


class Handling(NamedTuple):
    """A final answer accepted in an episode."""

    episode: int
    at: datetime
    outcome: Outcome
    answer_id: int
    is_base: bool  # drawn by lot into the base sample: only that feeds an estimate


class Look(NamedTuple):
    """Somebody else looked: in which episode, what he found, how."""

    episode: int
    result: CheckResult
    kind: str
    at: datetime


class Rated(NamedTuple):
    """What the holder of one voice said, in which episode."""

    voice_id: int
    episode: int
    solved: str
    satisfied: int
    at: datetime


@dataclass(slots=True)
class Record:
    """`since` is the oldest voice, those of merged tickets included; `world` sets it.

    `handled` is the final answer of the present episode: reopening withdraws the earlier one. `is_verified`: claimed,
    and the latest conclusive look at the present answer found it true.
    """

    key: int
    number: str
    is_named: bool
    category_id: int | None
    place_id: int | None
    unit_id: int | None
    raised_at: datetime
    since: datetime
    state: State
    outside: Outside | None
    done: Mapping[str, int]  # how often each move was made
    lead_id: int | None
    redirected_at: datetime | None
    limits: Limits
    calendar: Calendar
    replied_at: datetime | None
    has_answer: bool
    handlings: Sequence[Handling]
    handled: Handling | None
    episode: int
    first: Deadline | None
    present: Deadline | None
    was_away_when_due: bool
    looks: Sequence[Look]
    is_verified: bool
    ratings: Sequence[Rated]
    closed_at: datetime | None
    hops: int
    milestones_missed: bool
    events: Sequence[Event]
    recurred_at: datetime | None = None  # a later ticket is confirmed to be the same come back: `world` sets it

    @property
    def is_countable(self) -> bool:
        return self.outside is None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_on_spot(self) -> bool:
        return "confirm_onspot" in self.done

    @property
    def is_claimed(self) -> bool:
        return self.handled is not None and self.handled.outcome is Outcome.A

    @property
    def is_closed(self) -> bool:
        return self.state is State.CLOSED

    @property
    def was_dispatched(self) -> bool:
        return not self.done.keys().isdisjoint(DISPATCHES)

    @property
    def was_redone(self) -> bool:
        return "head_return" in self.done or "office_return" in self.done

    @property
    def first_handling(self) -> Handling | None:
        """The first one the limit was running for: what was settled on the spot had none."""
        began = self.first.began if self.first else None
        return next((one for one in self.handlings if began is None or one.at >= began), None)

    @property
    def response_due(self) -> datetime:
        """accept + triage + sign + 1 after the day of the oldest voice; in hours where hours run (domain.md §4.4)."""
        limits = self.limits
        if limits.is_in_hours and limits.handle:
            return self.since + timedelta(hours=limits.handle.count)
        days = limits.accept.count + limits.triage.count + limits.sign.count + 1
        return clock.end_of(self.calendar.add(clock.local(self.since).date(), days, limits.calendar))

    def working_days(self, since: datetime, until: datetime | date) -> int:
        """By the calendar frozen on the ticket, the day of the event not counted."""
        last = clock.local(until).date() if isinstance(until, datetime) else until
        return self.calendar.between(clock.local(since).date(), last)


def is_named(one: Record) -> bool:
    """May be called by its number: restricted matters are in totals only."""
    return one.is_named


def is_conclusive(look: Look) -> bool:
    return look.result is not CheckResult.UNREACHED
