"""A table of moves → a running machine. The only file that imports `transitions`.

The stored row never meets the machine: every question fires a throw-away Subject,
so loading a row cannot run a callback and a refusal leaves nothing changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

from transitions import Machine, MachineError

# The library says every step aloud at debug level; nobody reads it and it costs a call each.
logging.getLogger("transitions").setLevel(logging.WARNING)

Facts = TypeVar("Facts")


class Labelled(StrEnum):
    """An English code (the value, stored) that carries its Chinese word (`label`, shown)."""

    label: str

    def __new__(cls, value: str, label: str, *_more: object) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Start(Labelled):
    """Where a thing is before it is: the source of the moves that bring it into being."""

    NEW = "[*]", "新建"


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
    reasons: list[str] = field(default_factory=list)
    kind: str = ""
    missing: tuple[str, ...] = ()

    def refuse(self, reason: str) -> bool:
        """Add the sentence the actor will read; always False, so a guard may end in `or s.refuse(…)`."""
        self.reasons.append(reason)
        return False


Guard = Callable[[Subject[Any]], bool]


@dataclass(frozen=True)
class Route:
    """From one of `sources` (None: it comes into being) to `target` (None: no change) `when` all hold."""

    sources: tuple[StrEnum | None, ...]
    target: StrEnum | None
    when: tuple[Guard, ...] = ()


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
        return [part for kind in {type(part) for part in self.by} for part in kind if part in self.by]

    def routes_from(self, state: StrEnum) -> list[Route]:
        """The routes that begin in this state, in table order."""
        source = None if state is Start.NEW else state
        return [route for route in self.routes if source in route.sources]


@dataclass(frozen=True)
class Offer:
    """A move this actor could make here; `reasons` is empty when it may be pressed now."""

    move: Move
    reasons: tuple[str, ...] = ()


class UnknownMove(LookupError):
    """The workflow has no move of this name."""


class MoveRefused(Exception):
    """The move may not be made. `kind` is part, state, guard or needs; `reasons` are Chinese sentences.

    `missing` names the needs that were not given (kind "needs" only).
    """

    def __init__(
        self, move: str, kind: str, reasons: Iterable[str], missing: tuple[str, ...] = ()
    ) -> None:
        self.move, self.kind, self.missing = move, kind, missing
        self.reasons = list(dict.fromkeys(reasons))
        super().__init__(f"{move} refused ({kind}): {' '.join(self.reasons)}")


class Workflow:
    """A named table: its states, those it may rest in for good (`ends`), and its moves in reading order."""

    def __init__(
        self,
        name: str,
        label: str,
        states: type[Labelled],
        moves: Iterable[Move],
        ends: Iterable[Labelled] = (),
    ) -> None:
        self.name, self.label, self.states = name, label, states
        self.moves = tuple(moves)
        self.ends = frozenset(ends)
        self._by_name = {move.name: move for move in self.moves}

    def move(self, name: str) -> Move:
        """The move of this name; UnknownMove if the table has none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownMove(f"{self.name} has no move {name!r}") from None

    @cached_property
    def machine(self) -> Machine:
        """The one machine of this workflow; it keeps no model and has no shortcut past the table."""
        machine = Machine(
            model=None,
            states=[Start.NEW, *self.states],
            initial=None,
            auto_transitions=False,
            send_event=True,
            ignore_invalid_triggers=False,
            model_attribute="state",
        )
        for move in self.moves:
            for route in move.routes:
                for source in route.sources:
                    machine.add_transition(
                        move.name, source or Start.NEW, route.target, conditions=_questions(move, route)
                    )
        return machine

    def diagram(self) -> str:
        """Mermaid text: states with their words, one arrow per pair, moves without change left out."""
        arrows: dict[tuple[str, str], list[str]] = {}
        for move in self.moves:
            for route in move.routes:
                for source in route.sources:
                    if route.target is not None:
                        arrows.setdefault((source or "[*]", route.target), []).append(move.name)
        lines = ["stateDiagram-v2", "  direction TB"]
        lines += [f"  {state} : {_words(state)}" for state in self.states]
        lines += [
            f"  {source} --> {target} : {' / '.join(dict.fromkeys(names))}"
            for (source, target), names in arrows.items()
        ]
        lines += [f"  {state} --> [*]" for state in self.states if state in self.ends]
        return "\n".join(lines)


def decide(
    workflow: Workflow,
    move: str,
    *,
    state: StrEnum | None,
    parts: Iterable[StrEnum],
    facts: Any,
    given: Mapping[str, Any],
) -> StrEnum:
    """The state after this move (the same one where the table says ↺); writes nothing.

    Asked in this order: unknown move (UnknownMove) → state → part → needs → guards →
    the route's `when` → checks (all MoveRefused).
    """
    asked = workflow.move(move)
    subject = Subject(_place(workflow, state), frozenset(parts), facts, given)
    try:
        moved = workflow.machine.events[move].trigger(subject)
    except MachineError:
        raise MoveRefused(move, "state", [_wrong_state(asked, subject.state)]) from None
    if not moved:
        raise MoveRefused(move, subject.kind, subject.reasons, subject.missing)
    return subject.state


def offers(
    workflow: Workflow, *, state: StrEnum | None, parts: Iterable[StrEnum], facts: Any
) -> list[Offer]:
    """The moves whose source and part fit, in table order, each with what speaks against pressing it now.

    Guards and the routes' `when` are asked; needs and checks are not, nothing being typed yet.
    """
    place, held = _place(workflow, state), frozenset(parts)
    found = []
    for move in workflow.moves:
        routes = move.routes_from(place)
        if routes and held & move.by:
            subject = Subject(place, held, facts, {})
            found.append(Offer(move, () if _alive(move, routes, subject) else _said(subject)))
    return found


def _place(workflow: Workflow, state: StrEnum | None) -> StrEnum:
    return Start.NEW if state is None else workflow.states(state)  # type: ignore[call-arg]


def _questions(move: Move, route: Route) -> list[str | Callable[..., bool | None]]:
    """What the machine asks before it takes this route, one after another."""
    return [
        lambda event: _part_fits(move, event.model),
        lambda event: _needs_given(move, event.model),
        lambda event: _all_hold(move.guards, event.model),
        lambda event: _all_hold(route.when, event.model),
        lambda event: _checks_hold(move, event.model),
    ]


def _part_fits(move: Move, subject: Subject[Any]) -> bool:
    if subject.parts & move.by:
        return True
    subject.kind = "part"
    doers = "、".join(part.label for part in move.doers)
    return subject.refuse(f"“{move.label}”由{doers}办理。" if doers else f"“{move.label}”不由人办理。")


def _needs_given(move: Move, subject: Subject[Any]) -> bool:
    subject.missing = tuple(need for need in move.needs if _is_empty(subject.given.get(need)))
    if not subject.missing:
        return True
    subject.kind = "needs"
    words = "、".join(need.label if isinstance(need, Labelled) else need for need in subject.missing)
    return subject.refuse(f"还需要填写:{words}。")


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (tuple, list, set, frozenset, dict)) and not value)


def _checks_hold(move: Move, subject: Subject[Any]) -> bool:
    # A route is chosen: what spoke against the others no longer matters.
    subject.reasons.clear()
    return _all_hold(move.checks, subject)


def _all_hold(guards: Iterable[Guard], subject: Subject[Any]) -> bool:
    """Ask every guard, so that the actor reads all reasons at once."""
    answers = [_holds(guard, subject) for guard in guards]
    if all(answers):
        return True
    subject.kind = "guard"
    return False


def _holds(guard: Guard, subject: Subject[Any]) -> bool:
    answer = guard(subject)
    # `transitions` compares with == True, so a guard that returned 2 would deny and 1 would allow.
    if not isinstance(answer, bool):
        raise TypeError(f"guard {guard.__name__} returned {answer!r}, not a bool")
    return answer


def _alive(move: Move, routes: list[Route], subject: Subject[Any]) -> bool:
    if not _all_hold(move.guards, subject):
        return False
    return any(_all_hold(route.when, subject) for route in routes)


def _said(subject: Subject[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(subject.reasons)) or ("现在还不能办这一步。",)


def _wrong_state(move: Move, state: StrEnum) -> str:
    word = state.label if isinstance(state, Labelled) else state
    return f"现在是“{word}”,不能“{move.label}”。"


def _words(state: Labelled) -> str:
    stage = getattr(state, "stage", None)
    return state.label if stage is None else f"{state.label} · {stage.label}"
