"""Years of contacts and tickets: a hundred voices a day, all but the last fifteen days of them finished.

Everything follows from the place of a ticket in the row, so the same size is always the same archive.
Keys are laid out by arithmetic: a ticket, its voice, its assignment, its answer and its telling share one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from liaison.audit.chain import LINKED, link
from liaison.audit.guards import NOBODY_YET
from liaison.audit.models import AuditRow
from liaison.calendars.models import Term
from liaison.contacts.models import Contact, ContactEvent, ContactLeader
from liaison.notifications.models import Notice
from liaison.programmes.words import ContactKind
from liaison.tickets.models import Answer, Assignment, Interval, Telling, Ticket, TicketEvent, Voice
from tests.bench import rows
from tests.bench import university as u
from workflows.ticket_states import State

S = State
A_DAY = 100  # voices
OPEN = 15 * A_DAY  # the open stock does not grow with the archive
DAY, HOUR, TICK = 86_400, 3_600, 144  # seconds; every moment of the archive is a whole number of ticks
CONTACTS_PER_TICKET = 85_600 / 25_680  # performance.md «Scale»
DEMO = Path(__file__).parents[2] / "liaison" / "exchange" / "demo" / "problems.toml"

TAIL: list[tuple[int, State, State, int]] = [  # up to which place from the end: this state, and every nth that one
    (100, S.SUBMITTED, S.INFO_NEEDED, 10),
    (250, S.TRIAGE, S.TRIAGE, 1),
    (400, S.DISPATCHED, S.RETURN_REQUESTED, 10),
    (900, S.IN_PROGRESS, S.COORDINATING, 40),
    (950, S.LONG_TERM, S.LEADERSHIP_REVIEW, 10),
    (1050, S.DEPT_REVIEW, S.DEPT_REVIEW, 1),
    (1150, S.OFFICE_REVIEW, S.OFFICE_REVIEW, 1),
    (1330, S.FEEDBACK_PENDING, S.FEEDBACK_PENDING, 1),
    (1500, S.FEEDBACK_GIVEN, S.CALLBACK, 10),
]
AMONG_THE_FINISHED = {20: S.WITHDRAWN, 40: S.REDIRECTED, 31: S.MERGED, 71: S.MERGED}  # of a hundred; the rest is closed

CONTACT = "id number state held_at filed_at filed_by_id place_id kind channel event_count"
Table = tuple[Any, str, Iterator[tuple[Any, ...]]]


class Times:
    """Moments as both databases take them, by seconds since the archive began: a look-up, for there are millions."""

    def __init__(self, now: datetime, days: int) -> None:
        self.today = days
        self.now = days * DAY + (now.hour * HOUR + now.minute * 60) // TICK * TICK
        first = now.date() - timedelta(days=days)
        self.days = [(first + timedelta(days=n)).isoformat() for n in range(days + 90)]
        self.clocks = [f"{s // HOUR:02}:{s // 60 % 60:02}:{s % 60:02}.000000" for s in range(0, DAY, TICK)]

    def __call__(self, seconds: int) -> str:
        day, rest = divmod(seconds, DAY)
        return f"{self.days[day]} {self.clocks[rest // TICK]}"


@dataclass(frozen=True, slots=True)
class Life:
    """One ticket, as the rows of its tables need it."""

    key: int
    state: State
    raised: int  # seconds since the archive began
    unit: int
    filer: int
    filed_for: int | None
    times: Times

    @property
    def number(self) -> str:
        return number_of(self.key)

    @property
    def handler(self) -> int:
        return u.handler_of(self.unit, self.key)

    @property
    def contact(self) -> int:
        return int((self.key - 1) * CONTACTS_PER_TICKET) + 1

    @property
    def place(self) -> int:
        return u.PLACES[self.key * 7 % len(u.PLACES)]

    @property
    def is_restricted(self) -> bool:
        return self.key % 200 == 7

    @property
    def merged_into(self) -> int | None:
        return self.key - 1 if self.state is S.MERGED else None

    @property
    def has_merged_in(self) -> bool:
        return self.state is S.CLOSED and (self.key + 1) % 100 in {31, 71}

    @property
    def text(self) -> str:
        said = sayings()
        return f"{u.RECEIVING.index(self.unit) + 1}区{self.key % 977}号：{said[self.key % len(said)]}"

    def after(self, hours: int) -> str:
        """The moment so many hours after it was raised."""
        return self.times(self.raised + hours * HOUR)

    @property
    def due(self) -> str:
        """24:00 of a Chinese day, as limits of working days are."""
        return self.times((self.raised // DAY + 7 + self.key % 3) * DAY + 16 * HOUR)


class Archive:
    """All rows of an archive of so many tickets, ending now."""

    def __init__(self, tickets: int, now: datetime) -> None:
        self.tickets, self.now = tickets, now
        self.contacts = int(tickets * CONTACTS_PER_TICKET)
        self.times = Times(now, tickets // A_DAY + 2)
        self.lives = [self._life(key) for key in range(1, tickets + 1)]

    def tables(self) -> Iterator[Table]:
        """Each model with the columns given and their rows, in an order both databases can load."""
        yield Term, "id name academic_year first_monday last_day", self._terms()
        yield Contact, CONTACT, self._contacts()
        yield ContactLeader, "id contact_id person_id confirmed_at is_counted", self._leaders()
        yield ContactEvent, "id contact_id seq move to_state actor_id actor_label at", self._contact_events()
        yield Ticket, rows.TICKET, self._of_each(rows.ticket)
        yield Voice, rows.VOICE, self._of_each(rows.voice)
        yield Assignment, rows.ASSIGNMENT, self._of_each(rows.assignment)
        yield Answer, rows.ANSWER, self._of_each(rows.answer)
        yield Telling, rows.TELLING, self._of_each(rows.telling)
        yield Interval, rows.INTERVAL, self._numbered(rows.intervals)
        yield TicketEvent, rows.EVENT, self._numbered(rows.events)
        yield Notice, rows.NOTICE, self._numbered(self._notices)
        yield AuditRow, " ".join((*LINKED, "hash")), self._audit()

    def _life(self, key: int) -> Life:
        filer, filed_for = _filer(int((key - 1) * CONTACTS_PER_TICKET) + 1)
        raised = self.times.now - (self.tickets + 1 - key) * DAY // A_DAY
        unit = u.RECEIVING[0] if key % 5 < 2 else u.RECEIVING[key % len(u.RECEIVING)]  # two fifths go to one house
        return Life(key, _state(key, self.tickets - key), raised, unit, filer, filed_for, self.times)

    def _of_each(self, row: Callable[[Life], tuple[Any, ...] | None]) -> Iterator[tuple[Any, ...]]:
        return (made for life in self.lives if (made := row(life)) is not None)

    def _numbered(self, several: Callable[[Life], list[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
        every = (row for life in self.lives for row in several(life))
        return ((key, *row) for key, row in enumerate(every, start=1))

    def _terms(self) -> Iterator[tuple[Any, ...]]:
        """The present term and the one before it."""
        for key, (first, last) in enumerate([(-240, -100), (-80, 40)], start=1):
            days = [(self.now.date() + timedelta(days=away)).isoformat() for away in (first, last)]
            yield key, f"第{key}学期", "2026-2027", *days

    def _held(self, contact: int) -> str:
        ago = int((self.contacts + 1 - contact) * DAY / A_DAY / CONTACTS_PER_TICKET)
        return self.times((self.times.now - ago) // TICK * TICK)

    def _contacts(self) -> Iterator[tuple[Any, ...]]:
        kinds = [kind.value for kind in ContactKind][:6]
        for key in range(1, self.contacts + 1):
            at, place, kind = self._held(key), u.PLACES[key * 7 % len(u.PLACES)], kinds[key % len(kinds)]
            yield key, f"LJ-{key}", "confirmed", at, at, _filer(key)[0], place, kind, "face_to_face", 1

    def _leaders(self) -> Iterator[tuple[Any, ...]]:
        for key in range(1, self.contacts + 1):
            filer, filed_for = _filer(key)
            yield key, key, filed_for or filer, self._held(key), True

    def _contact_events(self) -> Iterator[tuple[Any, ...]]:
        for key in range(1, self.contacts + 1):
            filer, _filed_for = _filer(key)
            yield key, key, 1, "record", "confirmed", filer, f"第{filer}号老师", self._held(key)

    def _notices(self, life: Life) -> list[tuple[Any, ...]]:
        """Two for each ticket; those of the last fifteen days are unread."""
        read = None if life.key > self.tickets - OPEN else life.after(2)
        about = (life.number, "collect", f"/tickets/{life.number}", life.after(0), read)
        clerk = u.CLERKS[life.key % len(u.CLERKS)]
        return [
            (clerk, "ticket.submit", *about, f"{life.key}:1"),
            (life.filer, "ticket.dispatch.filer", *about, f"{life.key}:3"),
        ]

    def _audit(self) -> Iterator[tuple[Any, ...]]:
        """One row for each event, chained as the program chains them."""
        last, seq = NOBODY_YET, 0
        for life in self.lives:
            for _ticket, _seq, move, _from, _to, actor, _label, at in rows.events(life):
                seq += 1
                what = (f"ticket.{move}", life.number, "ok", "{}", "", "sha256", last)
                row = (seq, f"{at[:10]}T{at[11:]}Z", actor, None, "127.0.0.1", *what)
                last = link(row)
                yield *row, last


@cache
def sayings() -> list[str]:
    """What the students of the demo university say."""
    problems = tomllib.loads(DEMO.read_text(encoding="utf-8"))["problem"]
    return [problem["text"] for problem in problems if problem.get("text")]


def number_of(key: int) -> str:
    return f"LX-{key:08d}"


def code_of(key: int) -> str:
    """The query code of an archived voice: known, so that its page can be opened."""
    return f"{key:010d}"


def _state(key: int, from_the_end: int) -> State:
    if from_the_end >= OPEN:
        return AMONG_THE_FINISHED.get(key % 100, S.CLOSED)
    state, other, every = next(rest for until, *rest in TAIL if from_the_end < until)
    return other if key % every == 0 else state


def _filer(contact: int) -> tuple[int, int | None]:
    """Who filed a contact, and for which leader: one in sixty a leader himself, one in sixty his liaison."""
    if contact % 60 == 1:
        return u.LEADERS[contact // 60 % len(u.LEADERS)], None
    if contact % 60 == 4:
        at = contact // 60 % len(u.LEADERS)
        return u.LIAISONS[at], u.LEADERS[at]
    return u.CADRES[contact % len(u.CADRES)], None
