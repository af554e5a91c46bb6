"""One ticket and one voice as they stood at the end of the cut-off day: folded from what had happened by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from liaison.calendars import in_force, limits
from liaison.core import clock
from liaison.oversight.figures.deadlines import DISPATCHES, REOPENINGS, Deadline, deadlines_of
from workflows.engine import Labelled
from workflows.ticket_states import OPEN, State
from workflows.ticket_words import CheckResult, Confidentiality, Kind, LimitClass, Outcome

FINAL = {Outcome.A, Outcome.D}
AWAY = {State.LONG_TERM, State.COORDINATING, State.LEADERSHIP_REVIEW}  # planned, or before a meeting
CHECKS = {"check_ok", "check_unreached", "check_mismatch", "check_mismatch_onspot", "look"}
LOOKED_AT = CHECKS | {"rate"}
REPLIES = {"progress"}  # beside the answers: the notes that the code page shows
NO_TICKET = {State.MERGED, State.SPLIT}  # whatever was said in it, another ticket stands for it
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
OUTSIDE = {one.value: one for one in Outside}


@dataclass(frozen=True, slots=True)
class Handling:
    """A final answer accepted in an episode."""

    episode: int
    at: datetime
    outcome: Outcome
    answer_id: int


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody else looked: in which episode, what he found, how."""

    episode: int
    result: CheckResult
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rated:
    """What the holder of one voice said, in which episode."""

    voice_id: int
    episode: int
    solved: str
    satisfied: int
    at: datetime


@dataclass(slots=True)
class Record:
    """`since` is the oldest voice, those of merged tickets included; `world` sets it."""

    key: int
    number: str
    is_named: bool
    category_id: int | None
    unit_id: int | None
    raised_at: datetime
    since: datetime
    state: State
    outside: Outside | None
    is_on_spot: bool
    lead_id: int | None
    redirected_at: datetime | None
    limit_class: LimitClass
    rules: str
    calendar: str
    replied_at: datetime | None
    has_answer: bool
    handlings: list[Handling]
    episode: int
    first: Deadline | None
    present: Deadline | None
    was_away_when_due: bool
    looks: list[Look]
    ratings: list[Rated]
    closed_at: datetime | None
    dispatches: int
    hops: int
    upheld: int
    redone: int
    is_designated: bool
    recurred_at: datetime | None = None  # a later ticket is confirmed to be the same come back: `world` sets it
    milestones_missed: bool = False
    moves: list[Any] = field(default_factory=list)
    counted: dict[Any, int] = field(default_factory=dict)  # working days asked for before

    @property
    def is_countable(self) -> bool:
        return self.outside is None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def handled(self) -> Handling | None:
        """The final answer of the present episode: reopening withdraws the earlier one."""
        last = self.handlings[-1] if self.handlings else None
        return last if last is not None and last.episode == self.episode else None

    @property
    def is_claimed(self) -> bool:
        return self.handled is not None and self.handled.outcome is Outcome.A

    @property
    def is_closed(self) -> bool:
        return self.state is State.CLOSED

    @property
    def is_verified(self) -> bool:
        """Claimed, and the latest conclusive look at the present answer found it true."""
        found = [look.result for look in self.looks if look.episode == self.episode and is_conclusive(look)]
        return self.is_claimed and bool(found) and found[-1] is CheckResult.TRUE

    @property
    def first_handling(self) -> Handling | None:
        """The first one the limit was running for: what was settled on the spot had none."""
        began = self.first.began if self.first else None
        return next((one for one in self.handlings if began is None or one.at >= began), None)

    @property
    def response_due(self) -> datetime:
        """accept + triage + sign + 1 after the day of the oldest voice; in hours where hours run (domain.md §4.4)."""
        row = limits.row(self.limit_class, self.rules)
        if row.is_in_hours and row.handle:
            return self.since + timedelta(hours=row.handle.count)
        days = row.accept.count + row.triage.count + row.sign.count + 1
        counted = in_force.calendar(self.calendar).add(clock.local(self.since).date(), days, row.calendar)
        return clock.end_of(counted)

    def working_days(self, since: datetime, until: datetime | date) -> int:
        """By the calendar frozen on the ticket, the day of the event not counted."""
        last = clock.local(until).date() if isinstance(until, datetime) else until
        key = (since, last)
        if key not in self.counted:
            self.counted[key] = in_force.calendar(self.calendar).between(clock.local(since).date(), last)
        return self.counted[key]


def is_conclusive(look: Look) -> bool:
    return look.result is not CheckResult.UNREACHED


def record_of(ticket: Any, events: Sequence[Any], answers: Sequence[Any], cut_off: datetime) -> Record:
    """What the ticket looked like. `events` and `answers` are those up to the cut-off, in order; ≥ 1 event."""
    known = _frozen(events)
    done = Counter(event.move for event in events)
    limit, leads, seen = deadlines_of(events), _leads(events), _with_episodes(events) if done.keys() & LOOKED_AT else []
    handlings = [_handling(ticket, answer, events) for answer in answers if _is_accepted(answer, cut_off)]
    return Record(
        key=ticket.id,
        number=ticket.number,
        is_named=ticket.confidentiality is Confidentiality.NORMAL,
        category_id=ticket.category_id,
        unit_id=_unit(ticket, events, leads),
        raised_at=ticket.raised_at,
        since=ticket.raised_at,
        state=events[-1].to_state,
        outside=_outside(ticket, events),
        is_on_spot="confirm_onspot" in done,
        lead_id=_lead(ticket, events),
        redirected_at=max((e.at for e in events if e.move == "redirect"), default=None),
        limit_class=LimitClass(known["limit_class"]),
        rules=known["rules"],
        calendar=known["calendar"],
        replied_at=_replied(ticket, events, answers, cut_off),
        has_answer=any(_is_offered(answer, cut_off) for answer in answers),
        handlings=handlings,
        episode=1 + sum(done[move] for move in REOPENINGS),
        first=limit.first,
        present=limit.present,
        was_away_when_due=_was_away(events, limit.first.due if limit.first else None),
        looks=[look for look in seen if isinstance(look, Look)],
        ratings=[one for one in seen if isinstance(one, Rated)],
        closed_at=max(
            (e.at for e in events if e.to_state is State.CLOSED and e.from_state is not State.CLOSED), default=None
        ),
        dispatches=sum(done[move] for move in DISPATCHES),
        hops=sum(a != b for a, b in pairwise(leads)),
        upheld=done["uphold_return"],
        redone=done["head_return"] + done["office_return"],
        is_designated="designate" in done or "reject_return" in done,
        milestones_missed=_missed(events, cut_off),
        moves=list(events),
    )


def _frozen(events: Sequence[Any]) -> dict[str, str]:
    """Class, edition of the limits and calendar as they were last set."""
    known = {"limit_class": LimitClass.GENERAL.value, "rules": "", "calendar": ""}
    for event in events:
        data = event.data or {}
        if data.get("urgent"):
            known["limit_class"] = LimitClass.URGENT.value
        known |= {name: data[name] for name in known if name in data}
        if event.move == "resume":
            known["limit_class"] = LimitClass.COMPLEX.value
    return known


def _outside(ticket: Any, events: Sequence[Any]) -> Outside | None:
    last = events[-1].to_state
    if last is State.WITHDRAWN and any(event.move == "void" for event in events):
        return Outside.VOID
    if ticket.kind is Kind.PRAISE and last not in NO_TICKET:
        return Outside.PRAISE
    return OUTSIDE.get(last.value)


def _lead(ticket: Any, events: Sequence[Any]) -> int | None:
    """The ticket it pointed at on that day."""
    if events[-1].to_state is not State.MERGED:
        return None
    noted = next((event.data for event in reversed(events) if event.move in {"merge", "join"}), None) or {}
    lead: int | None = noted.get("lead_id", ticket.merged_into_id)
    return lead


def _leads(events: Sequence[Any]) -> list[Any]:
    """The lead units one after another; where only the change is known, a name that is no other's."""
    found: list[Any] = []
    for event in events:
        data = event.data or {}
        if event.move in DISPATCHES:
            found.append(data.get("lead"))
        elif event.move == "decided" and "lead_before" in data:
            found.append(("decided", event.seq))
    return found


def _unit(ticket: Any, events: Sequence[Any], leads: Sequence[Any]) -> int | None:
    """The lead unit; where a meeting or a closing unit passed it on, what the row says."""
    if not leads:
        return None
    last = leads[-1]
    is_passed_on = any(event.move == "pass_on" for event in events)
    unit: int | None = last if isinstance(last, int) and not is_passed_on else ticket.lead_unit_id
    return unit


def _is_offered(answer: Any, cut_off: datetime) -> bool:
    return answer.offered_at is not None and answer.offered_at < cut_off


def _is_accepted(answer: Any, cut_off: datetime) -> bool:
    return answer.is_final and _is_offered(answer, cut_off)


def _handling(ticket: Any, answer: Any, events: Sequence[Any]) -> Handling:
    """Handled counts from the department's approval; on the spot from the contact (domain.md §4.0)."""
    is_spot = any(e.move in {"confirm_onspot", "record_praise"} and e.at == answer.offered_at for e in events)
    at = ticket.raised_at if is_spot else answer.head_approved_at or answer.written_at
    return Handling(answer.episode, at, answer.outcome, answer.id)


def _replied(ticket: Any, events: Sequence[Any], answers: Sequence[Any], cut_off: datetime) -> datetime | None:
    """The first visible note, interim or final answer; automatic receipts and the filer's own note never count."""
    if any(event.move == "confirm_onspot" for event in events):
        return ticket.raised_at  # type: ignore[no-any-return]
    notes = [event.at for event in events if event.move in REPLIES]
    return min([*notes, *(answer.offered_at for answer in answers if _is_offered(answer, cut_off))], default=None)


def _was_away(events: Sequence[Any], due: datetime | None) -> bool:
    if due is None:
        return False
    stood = [event.to_state for event in events if event.at <= due]
    return bool(stood) and stood[-1] in AWAY


def _with_episodes(events: Sequence[Any]) -> list[Look | Rated]:
    """Looks and ratings, each with the episode it was made in: a look that finds it untrue belongs to the old one."""
    found: list[Look | Rated] = []
    episode = 1
    for event in events:
        data = event.data or {}
        if event.move in CHECKS and "result" in data:
            found.append(Look(episode, CheckResult(data["result"]), data.get("kind", CALLBACK), event.at))
        elif event.move == "rate":
            found.append(Rated(int(data["voice"]), episode, data["solved"], int(data["satisfied"]), event.at))
        episode += event.move in REOPENINGS
    return found


def _missed(events: Sequence[Any], cut_off: datetime) -> bool:
    """A plan whose milestones passed without being reached."""
    if events[-1].to_state is not State.LONG_TERM:
        return False
    days: list[str] = []
    reached = 0
    for event in events:
        data = event.data or {}
        if event.move == "plan":
            days, reached = data.get("milestones", []), 0
        elif event.move == "review_plan":
            reached = int(data.get("reached", reached))
    today = clock.day_ending_at(cut_off).isoformat()
    return sum(day <= today for day in days) > reached
