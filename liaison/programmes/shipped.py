"""随附的制度: the rule sets that come with the program, one readable file each in `rules/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from liaison.programmes.words import (
    CalendarBasis,
    ContactKind,
    MeetingChannel,
    PerEach,
    Period,
    QuantityUnit,
    Strength,
    SubjectRole,
    TargetScope,
)

FOLDER = Path(__file__).parent / "rules"
ORDER = ("MOE19", "FJ21", "LN16", "XJ17", "YX20")
WORDS: dict[str, type] = {
    "strength": Strength,
    "subject_role": SubjectRole,
    "target_scope": TargetScope,
    "period": Period,
    "unit": QuantityUnit,
    "channel": MeetingChannel,
    "per_each": PerEach,
    "calendar_basis": CalendarBasis,
}


@dataclass(frozen=True)
class RuleText:
    """A line as it is typed: the columns of `Requirement` but its place in an edition."""

    code: str
    title: str
    subject_role: SubjectRole
    period: Period
    minimum: int
    unit: QuantityUnit
    strength: Strength = Strength.MANDATORY
    kinds: tuple[str, ...] = ()
    target_scope: TargetScope = TargetScope.ANY
    channel: MeetingChannel | None = None
    per_each: PerEach | None = None
    calendar_basis: CalendarBasis = CalendarBasis.SCHOOL_WEEKS
    exclusive_group: str = ""
    combine_group: str = ""
    is_prorated: bool = True
    makeup_days: int = 0
    is_in_force: bool = True
    evidence: str = ""
    source_ref: str = ""
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"kinds": list(self.kinds)}


@dataclass(frozen=True)
class ProgrammeText:
    """A programme as it is shipped. `kinds`: its own words for kinds of contact, where it sets no number."""

    code: str
    title: str
    source: str
    issued_on: date
    is_in_force: bool
    rules: tuple[RuleText, ...]
    kinds: Mapping[str, ContactKind] = field(default_factory=dict)


@cache
def programmes() -> tuple[ProgrammeText, ...]:
    """All of them, in the order of the menu."""
    return tuple(_read(FOLDER / f"{code}.toml") for code in ORDER)


def _read(path: Path) -> ProgrammeText:
    told = tomllib.loads(path.read_text("utf-8"))
    rules = tuple(_rule(row) for row in told.pop("requirement", []))
    kinds = {word: ContactKind(kind) for word, kind in told.pop("kinds", {}).items()}
    return ProgrammeText(**told, rules=rules, kinds=kinds)


def _rule(row: dict[str, Any]) -> RuleText:
    """Every word must be one of its list; ContactKind refuses a kind nobody knows."""
    kinds = tuple(ContactKind(kind).value for kind in row.get("kinds", ()))
    worded = {name: WORDS[name](value) if name in WORDS else value for name, value in row.items()}
    return RuleText(**worded | {"kinds": kinds})
