"""A table of moves → a running machine. The only file that imports `transitions`.

The stored row never meets the machine: every question fires a throw-away Subject,
so loading a row cannot run a callback and a refusal leaves nothing changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from transitions import Machine, MachineError

from workflows.table import (
    Guard,
    Labelled,
    Move,
    MoveRefused,
    Offer,
    Reason,
    Route,
    Start,
    Subject,
    UnknownMove,
    stay,
    to,
)

__all__ = [
    "Guard",
    "Labelled",
    "Move",
    "MoveRefused",
    "Offer",
    "Reason",
    "Route",
    "Start",
    "Subject",
    "UnknownMove",
    "Workflow",
    "decide",
    "offers",
    "stay",
    "to",
]

# The library says every step aloud at debug level; nobody reads it and it costs a call each.
logging.getLogger("transitions").setLevel(logging.WARNING)


class Workflow:
    """A named table: its states, the `ends` it may rest in for good, its moves in reading order."""

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
    def leaving(self) -> dict[StrEnum, list[tuple[Move, list[Route]]]]:
        """For each place, Start.NEW among them, the moves that begin there, in table order, with their routes."""
        places: list[StrEnum] = [Start.NEW, *self.states]
        ways = {place: [(move, move.routes_from(place)) for move in self.moves] for place in places}
        return {place: [(move, routes) for move, routes in found if routes] for place, found in ways.items()}

    @cached_property
    def machine(self) -> Machine:
        """The one machine of this workflow: it keeps no model and has no way past the table."""
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
            for source, target, route in move.ways():
                machine.add_transition(move.name, source, target, conditions=_questions(move, route))
        return machine

    def diagram(self) -> str:
        """Mermaid text: states with their words, one arrow per pair, moves without change left out."""
        arrows: dict[tuple[str, str], list[str]] = {}
        for move in self.moves:
            for source, target, _ in move.ways():
                if target is not None:
                    arrows.setdefault((source, target), []).append(move.name)
        words = [f"{state} : {_words(state)}" for state in self.states]
        drawn = [f"{a} --> {b} : {' / '.join(names)}" for (a, b), names in arrows.items()]
        ends = [f"{state} --> [*]" for state in self.states if state in self.ends]
        return "\n  ".join(["stateDiagram-v2", "direction TB", *words, *drawn, *ends])


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
        raise MoveRefused(move, subject.kind, _said(subject), subject.missing)
    return subject.state


def offers(workflow: Workflow, *, state: StrEnum | None, parts: Iterable[StrEnum], facts: Any) -> list[Offer]:
    """The moves whose source and part fit, in table order, each with what speaks against it now.

    Guards and the routes' `when` are asked; needs and checks are not, nothing being typed yet.
    """
    place, held = _place(workflow, state), frozenset(parts)
    found = []
    for move, routes in workflow.leaving[place]:
        if held & move.by:
            subject = Subject(place, held, facts, {})
            found.append(Offer(move, () if _alive(move, routes, subject) else _said(subject)))
    return found


def _place(workflow: Workflow, state: StrEnum | None) -> StrEnum:
    return Start.NEW if state is None else workflow.states(state)


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
    doers = tuple(part.label for part in move.doers) or ("程序",)
    return subject.refuse("“%(move)s”由%(doers)s办理。", move=move.label, doers=doers)


def _needs_given(move: Move, subject: Subject[Any]) -> bool:
    subject.missing = tuple(need for need in move.needs if _is_empty(subject.given.get(need)))
    if not subject.missing:
        return True
    subject.kind = "needs"
    return subject.refuse("还需要填写：%(needs)s。", needs=tuple(map(_word, subject.missing)))


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


def _said(subject: Subject[Any]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(subject.reasons)) or (Reason("现在还不能办这一步。"),)


def _wrong_state(move: Move, state: StrEnum) -> Reason:
    return Reason("现在是“%(state)s”，不能“%(move)s”。", state=_word(state), move=move.label)


def _word(thing: str) -> str:
    return thing.label if isinstance(thing, Labelled) else thing


def _words(state: Labelled) -> str:
    stage = getattr(state, "stage", None)
    return state.label if stage is None else f"{state.label} · {stage.label}"
