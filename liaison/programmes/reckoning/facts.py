"""One person as the rules see him: posts, days away, links, contacts, declarations. Names and texts are not needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from liaison.programmes.words import ContactKind, HalfDay, MeetingChannel, SubjectRole, TimeBand

OPEN_END = date.max


@dataclass(frozen=True, slots=True)
class Held:
    """A post or a place on a list: which subjects of rules it makes of him, from a day to a day; what it is called."""

    roles: frozenset[SubjectRole]
    first: date
    last: date = OPEN_END
    title: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """An absence, both days included; `half` of a single day."""

    first: date
    last: date
    half: HalfDay | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """联系点: a link to a unit of a sort (a value of UnitType), or to a colleague (`young_teacher`, `teacher`)."""

    sort: str
    target_id: int
    first: date
    last: date = OPEN_END

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact that took place: on which day it began, of which kinds in the order the filer picked them, where.

    Planned, cancelled and declined ones are not facts, nor is a late one that nobody approved.
    """

    id: int
    on: date
    kinds: tuple[ContactKind, ...]
    channel: MeetingChannel = MeetingChannel.FACE_TO_FACE
    minutes: int | None = None
    unit_ids: frozenset[int] = frozenset()  # its place and the units it was for, with the units these belong to
    course_id: int | None = None
    colleague_id: int | None = None
    is_confirmed: bool = True  # by this person


@dataclass(frozen=True)
class Facts:
    """Everything `judge` is told about one person."""

    person_id: int
    held: tuple[Held, ...] = ()
    away: tuple[Away, ...] = ()
    ties: tuple[Tie, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    plans: frozenset[str] = frozenset()  # academic years with a plan of 三特一体
    forms: frozenset[str] = frozenset()  # months (2026-11) whose form of 附件2 he confirmed
    bands: Mapping[str, TimeBand] = field(default_factory=dict)  # term → declared share of his time
