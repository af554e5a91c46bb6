"""What a process table is written in: words, questions, routes, moves, refusals. No machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

Facts = TypeVar("Facts")


class Labelled(StrEnum):
    """An English code (the value, stored) that carries its Chinese word (`label`, shown)."""

    label: str

    def __new__(cls, value: str, label: str = "", *_more: object) -> Self:
        # The default is for readers of types only: `State("triage")` looks a member up, it makes none.
        if not label:
            raise TypeError(f"{value} has no Chinese word")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Start(Labelled):
    """Where a thing is before it is: the source of the moves that bring it into being."""

    NEW = "[*]", "新建"


class Reason(str):
    """A plain Chinese sentence that still knows its pattern and what filled it.

    Another language fills its own pattern with the same values; a tuple is a list of words.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, Any]

    def __new__(cls, pattern: str, /, **values: Any) -> Self:
        shown = {name: "、".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
        reason = str.__new__(cls, pattern % shown if shown else pattern)
        reason.pattern, reason.values = pattern, values
        return reason


@dataclass(slots=True)
class Subject(Generic[Facts]):
    """One question to the machine, thrown away afterwards.

    `state` where the thing stands (Start.NEW before it exists) · `parts` the actor's parts
    for this thing · `facts` what is known of it · `given` what the actor typed ·
    `reasons` plain Chinese sentences of those who refused · `kind` which question refused.
    """

    state: StrEnum
    parts: frozenset[StrEnum]
    facts: Facts
    given: Mapping[str, Any]
    reasons: list[Reason] = field(default_factory=list)
    kind: str = ""
    missing: tuple[str, ...] = ()

    def refuse(self, reason: str, **values: Any) -> bool:
        """Add the sentence the actor will read, its `%(name)s` filled in.

        Always False: a guard may end in `or s.refuse(…)`.
        """
        self.reasons.append(Reason(reason, **values))
        return False


Guard = Callable[[Subject[Any]], bool]


@dataclass(frozen=True)
class Route:
    """From any of `sources` to `target`, if `when` holds.

    Source None: the thing comes into being. Target None: no change of state (↺).
    """

    sources: tuple[StrEnum | None, ...]
    target: StrEnum | None
    when: tuple[Guard, ...] = ()


def to(target: StrEnum, *sources: StrEnum | None, when: tuple[Guard, ...] = ()) -> Route:
    """A route that ends in `target`."""
    return Route(sources, target, when)


def stay(*sources: StrEnum, when: tuple[Guard, ...] = ()) -> Route:
    """A route without a change of state (↺)."""
    return Route(sources, None, when)


@dataclass(frozen=True)
class Move:
    """One row of a workflow's table.

    `needs` must be given · `guards` look at the facts: is the button alive? ·
    `checks` look at what was given, when the move is made · empty `by`: nobody may make it.
    """

    name: str
    label: str
    routes: tuple[Route, ...]
    by: frozenset[Labelled]
    needs: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    checks: tuple[Guard, ...] = ()

    @property
    def doers(self) -> list[Labelled]:
        """`by` in the order in which the parts are defined."""
        kinds = {type(part) for part in self.by}
        return [part for kind in kinds for part in kind if part in self.by]

    def ways(self) -> Iterator[tuple[StrEnum, StrEnum | None, Route]]:
        """(source, target, route) of every arrow; source Start.NEW before it is, target None for ↺."""
        for route in self.routes:
            for source in route.sources:
                yield source or Start.NEW, route.target, route

    def routes_from(self, state: StrEnum) -> list[Route]:
        """The routes that begin in this state, in table order."""
        return [route for source, _, route in self.ways() if source is state]


@dataclass(frozen=True)
class Offer:
    """A move this actor could make here; `reasons` is empty when it may be pressed now."""

    move: Move
    reasons: tuple[Reason, ...] = ()


class UnknownMove(LookupError):
    """The workflow has no move of this name."""


class MoveRefused(Exception):
    """The move may not be made.

    `kind` is "state", "part", "needs" or "guard" · `reasons` are Chinese sentences, each once ·
    `missing` names the needs that were not given (kind "needs" only).
    """

    def __init__(self, move: str, kind: str, reasons: Iterable[Reason], missing: tuple[str, ...] = ()) -> None:
        self.move, self.kind, self.missing = move, kind, missing
        self.reasons = list(dict.fromkeys(reasons))
        super().__init__(f"{move} refused ({kind}): {' '.join(self.reasons)}")
