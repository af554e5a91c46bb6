"""Everything the figures of one period are counted from: records and voices as they stood on the cut-off day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from liaison.calendars import in_force
from liaison.oversight.figures.custody import Share, shares_of
from liaison.oversight.figures.deadlines import Deadline
from liaison.oversight.figures.errands import Errand, Sort
from liaison.oversight.figures.events import Event
from liaison.oversight.figures.folding import record_of
from liaison.oversight.figures.records import Outside, Rated, Record
from liaison.oversight.figures.rows import AnswerRow, TellingRow, TicketRow, VoiceRow
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.survival import Span
from liaison.tickets.models.events import KNOWN
from liaison.tickets.models.tellings import About
from workflows.ticket_states import State
from workflows.ticket_words import Channel

Made = TypeVar("Made")
UNTELLABLE = {Outside.HANDED_OFF, Outside.SPLIT, Outside.PRAISE, Outside.VOID}  # outside the told figures


def memo(make: Callable[[World], Made]) -> Callable[[World], Made]:
    """A set of a world, made when it is first asked for."""

    @wraps(make)
    def known(world: World) -> Made:
        kept: dict[str, Made] = world.made
        if make.__name__ not in kept:
            kept[make.__name__] = make(world)
        return kept[make.__name__]

    return known


@dataclass(frozen=True, slots=True)
class Material:
    """Rows, each up to the cut-off where it has a date: what `queries/figures.py` reads."""

    tickets: Sequence[TicketRow]
    events: Sequence[Event]
    voices: Sequence[VoiceRow]
    answers: Sequence[AnswerRow]
    tellings: Sequence[TellingRow]
    errands: Sequence[Any] = ()
    outings: Any = None  # of queries/outings.py; nobody's alone


class Heard(NamedTuple):
    """A voice was told of the final answer of an episode, for the first time."""

    episode: int
    at: datetime
    channel: Channel


@dataclass(slots=True)
class Said:
    """One voice on that day: whose answer it waits for, and whether it has been told of the present one."""

    key: int
    own: Record
    lead: Record  # the ticket that answers it: its own, or where merging led
    raised_at: datetime
    is_extract: bool
    heard: Sequence[Heard] = ()
    told_at: datetime | None = None
    channel: Channel | None = None
    unreachable: str = ""
    unreachable_at: datetime | None = None

    @property
    def is_owed(self) -> bool:
        """Is part of the told figures at all."""
        return self.lead.outside not in UNTELLABLE and self.own.outside is not Outside.SPLIT

    @property
    def has_outcome(self) -> bool:
        return self.lead.handled is not None or self.lead.state is State.REDIRECTED

    @property
    def is_known(self) -> bool:
        """Whoever filed it has opened the present answer."""
        if self.lead.handled is None or KNOWN not in self.own.done:
            return False
        answer_id = self.lead.handled.answer_id
        return any(event.move == KNOWN and event.data.get("answer") == answer_id for event in self.own.events)


@dataclass(frozen=True, slots=True)
class Ripe:
    """Whose first limit has passed, each with it; how many have time left; how many were away when it passed."""

    ripe: Sequence[tuple[Record, Deadline]]
    not_due: int
    away: int


@dataclass
class World:
    """What a figure may look at. Its sets are made once: sixty figures ask for them.

    `filed`: the tickets of one person that he filed himself, where it is about him alone.
    """

    scope: Scope
    records: dict[int, Record]
    voices: list[Said]
    obligations: Sequence[Errand] = ()
    outings: Any = None
    filed: Collection[int] | None = None
    made: dict[str, Any] = field(default_factory=dict, repr=False)

    def is_filed_here(self, one: Said) -> bool:
        """Is about whoever filed the ticket that was counted: of one person's matters, himself, merged or not."""
        return one.own is one.lead if self.filed is None else one.own.key in self.filed

    @memo
    def raised(self) -> list[Record]:
        """Tickets whose own voice was raised in the period."""
        return [one for one in self.records.values() if self.scope.holds(one.raised_at)]

    @memo
    def cohort(self) -> list[Record]:
        """C(P): the countable ones of them."""
        return [one for one in self.raised() if one.is_countable]

    @memo
    def due(self) -> list[Record]:
        """Due(P): the countable ones with their limit in the period and passed, not planned, in no meeting then."""
        limit = [(one, one.first.due) for one in self.records.values() if one.is_countable and one.first]
        return [one for one, due in limit if self.is_due_in(due) and not one.was_away_when_due]

    @memo
    def ripe_due(self) -> Ripe:
        return self._ripe(self.due())

    @memo
    def ripe_cohort(self) -> Ripe:
        return self._ripe(self.cohort())

    def _ripe(self, records: Sequence[Record]) -> Ripe:
        passed = [(one, one.first) for one in records if one.first is not None and self.is_passed(one.first.due)]
        ripe = [(one, first) for one, first in passed if not one.was_away_when_due]
        return Ripe(ripe, len(records) - len(passed), len(passed) - len(ripe))

    @memo
    def stock(self) -> list[Record]:
        """Countable without a final answer."""
        return [one for one in self.records.values() if one.is_countable and one.is_open and one.handled is None]

    @memo
    def said(self) -> list[Said]:
        """Voices raised in the period."""
        return [one for one in self.voices if self.scope.holds(one.raised_at)]

    def events(self, *moves: str) -> list[tuple[Record, Event]]:
        """F: what happened in the period."""
        return [pair for move in moves for pair in self.happened().get(move, ())]

    @memo
    def happened(self) -> dict[str, list[tuple[Record, Event]]]:
        """The same of every move, by its name."""
        found: dict[str, list[tuple[Record, Event]]] = defaultdict(list)
        begin, end = self.scope.begin, self.scope.end
        for record in self.records.values():
            for event in record.events:
                if begin <= event.at < end:
                    found[event.move].append((record, event))
        return found

    @memo
    def waits(self) -> list[tuple[Record, Span]]:
        """Of the cohort: working days from the oldest voice to the final answer."""
        return [(one, self.span(one, one.handled.at if one.handled else None)) for one in self.cohort()]

    @memo
    def replies(self) -> list[tuple[Record, Span]]:
        """Of the cohort: working days from the oldest voice to the first substantive reply."""
        return [(one, self.span(one, one.replied_at)) for one in self.cohort()]

    @memo
    def shares(self) -> list[tuple[Record, list[Share]]]:
        """Of the cohort: the wait of each, cut by whose time it was."""
        return [(one, shares_of(one, self.scope.as_of)) for one in self.cohort()]

    @memo
    def ages(self) -> dict[int, int]:
        """Of the stock: working days since the oldest voice, by key."""
        return {one.key: one.working_days(one.since, self.scope.as_of) for one in self.stock()}

    def span(self, one: Record, end: datetime | None) -> Span:
        """Whoever still waits is as old as on the cut-off day."""
        return Span(one.working_days(one.since, end or self.scope.as_of), end is not None)

    @memo
    def ratings(self) -> list[tuple[Record, Rated]]:
        return [(one, rated) for one in self.records.values() for rated in one.ratings if self.scope.holds(rated.at)]

    def errands(self, sort: Sort) -> list[Errand]:
        return [one for one in self.obligations if one.sort is sort]

    def is_passed(self, limit: datetime | None) -> bool:
        return limit is not None and limit <= self.scope.cut_off

    def is_due_in(self, due: datetime | None) -> bool:
        """In the period, and passed. A limit at 24:00 belongs to the day that ends there."""
        return due is not None and self.scope.begin < due <= self.scope.end


def world_of(scope: Scope, material: Material, units: Collection[int] | None = None) -> World:
    """Put the rows together. `units`: of what these lead, and nothing restricted: that is in large totals only."""
    records = _records(scope, material)
    voices = [one for row in material.voices if (one := _said(row, records)) is not None]
    _look_back(voices)
    _tell(voices, material.tellings)
    _mark_recurrences(records)
    kept = records if units is None else {key: one for key, one in records.items() if _is_of(one, units)}
    errands = [_errand(row, kept, scope) for row in material.errands if units is None or row.ticket_id in kept]
    return World(scope, kept, [one for one in voices if one.lead.key in kept], errands, material.outings)


def world_of_his(scope: Scope, material: Material, tickets: Mapping[int, bool]) -> World:
    """Of what one person brought in: these tickets – whether he filed each himself –, where merging led, and the
    voices on them. Nothing restricted."""
    every = world_of(scope, material)
    voices = [one for one in every.voices if one.own.key in tickets and one.own.is_named and one.lead.is_named]
    leads = {one.lead.key for one in voices} | {one.own.key for one in voices}
    filed = {key for key, is_his in tickets.items() if is_his}
    return World(scope, {key: one for key, one in every.records.items() if key in leads}, voices, filed=filed)


def _is_of(one: Record, units: Collection[int]) -> bool:
    return one.is_named and one.unit_id in units


def _errand(row: Any, records: dict[int, Record], scope: Scope) -> Errand:
    """As far as it had come on the cut-off day."""
    ends = [at if at is not None and at < scope.cut_off else None for at in (row.done_at, row.gone_at)]
    return Errand(Sort(row.sort), records.get(row.ticket_id), row.began_at, row.due_at, row.due_on, *ends)


def _records(scope: Scope, material: Material) -> dict[int, Record]:
    events, answers, tables = _by_ticket(material.events), _by_ticket(material.answers), in_force.known()
    return {
        row.id: record_of(row, events[row.id], answers.get(row.id, ()), scope, tables)
        for row in material.tickets
        if row.id in events
    }


def _by_ticket(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.ticket_id].append(row)
    return dict(found)


def _said(row: VoiceRow, records: dict[int, Record]) -> Said | None:
    own = records.get(row.ticket_id)
    if own is None:
        return None
    lead = own
    while lead.lead_id is not None and lead.lead_id in records:
        lead = records[lead.lead_id]
    return Said(row.id, own, lead, row.raised_at, row.extract_of_id is not None)


def _look_back(voices: Iterable[Said]) -> None:
    """The whole wait begins with the oldest voice."""
    for one in voices:
        one.lead.since = min(one.lead.since, one.raised_at)


def _tell(voices: Sequence[Said], tellings: Iterable[TellingRow]) -> None:
    """A voice is told if it heard of the present answer, or of the present route."""
    heard: dict[int, list[TellingRow]] = defaultdict(list)
    for row in tellings:
        heard[row.voice_id].append(row)
    for one in voices:
        if rows := heard.get(one.key):
            one.heard = _heard(rows, one.lead)
            if told := next((row for row in rows if _is_present(row, one.lead)), None):
                one.told_at, one.channel = told.at, told.channel
        if "mark_unreachable" in one.lead.done:
            _mark_unreachable(one)


def _heard(rows: Iterable[TellingRow], lead: Record) -> list[Heard]:
    """The first telling of each final answer of the ticket."""
    episodes = {handling.answer_id: handling.episode for handling in lead.handlings}
    first: dict[int, Heard] = {}
    for row in rows:
        if row.answer_id in episodes:
            first.setdefault(row.answer_id, Heard(episodes[row.answer_id], row.at, row.channel))
    return list(first.values())


def _is_present(row: TellingRow, lead: Record) -> bool:
    if lead.handled is not None:
        return bool(row.answer_id == lead.handled.answer_id)
    since = lead.redirected_at if lead.state is State.REDIRECTED else None
    return since is not None and row.about is About.ROUTE and row.at >= since


def _mark_unreachable(one: Said) -> None:
    """The latest mark, unless an answer came after it."""
    handled = one.lead.handled
    since = one.lead.redirected_at if handled is None else handled.at
    for event in one.lead.events:
        data = event.data
        if event.move == "mark_unreachable" and data.get("voice") == one.key and since and event.at >= since:
            one.unreachable, one.unreachable_at = str(data.get("reason", "")), event.at


def _mark_recurrences(records: dict[int, Record]) -> None:
    """确认复发: noted on the later ticket, says which earlier one came back."""
    for later in (one for one in records.values() if "recurrence" in one.done):
        for event in later.events:
            earlier = records.get(event.data.get("of_id", 0)) if event.move == "recurrence" else None
            if earlier is not None:
                earlier.recurred_at = min(filter(None, (earlier.recurred_at, later.raised_at)))
