"""The events of a period as process mining wants them: cases under running names, and no person but his part.

Not in it: any text, any name, the number of a ticket, whatever is restricted or sealed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from liaison.core import clock
from liaison.oversight.figures.scope import Scope
from liaison.oversight.queries import process_events as queries
from liaison.people.words import Role
from liaison.tickets.actions.events import BESIDE
from workflows.parts import Part
from workflows.tickets import TICKETS

PARTS = {  # in which part somebody of this role acts on an ordinary matter; the first that the move allows
    Role.DIRECTOR: Part.DIRECTOR,
    Role.CLERK: Part.CLERK,
    Role.DESK: Part.DESK,
    Role.HEAD: Part.HEAD,
    Role.HANDLER: Part.HANDLER,
    Role.CONFIDENTIAL: Part.CONFIDENTIAL_N,
    Role.LEADER: Part.LEADER,
    Role.LIAISON: Part.LIAISON,
    Role.CADRE: Part.FILER,
}
GIVEN = {"dispatch", "designate"}  # to the unit that leads; where it changed hands, to the last of them
BY_MOVE = {move.name: move for move in TICKETS.moves}


@dataclass(frozen=True)
class Happened:
    """One event: its move with its word, when, in which part, under which name of this export, where it led."""

    move: str
    label: str
    at: datetime
    part: Part
    resource: str
    from_state: str
    to_state: str
    unit: str  # the department it was given to
    voice: str  # the voice it was about


@dataclass(frozen=True)
class Case:
    """One matter with its events in their order."""

    name: str
    category: str
    place_type: str
    limit_class: str
    unit: str
    is_urgent: bool
    lead: str  # the case it was merged into, if that one is in the export
    voices: tuple[str, ...]
    events: list[Happened]


@dataclass
class Names:
    """Names of one export: running numbers for matters and voices, codes for people that no other export repeats."""

    with_people: bool
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    given: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, kind: str, key: int) -> str:
        """ticket-1, ticket-2 … in the order of asking."""
        return self.given.setdefault((kind, key), f"{kind}-{len(self.given) + 1}")

    def of_person(self, key: int | None) -> str:
        if key is None or not self.with_people:
            return ""
        return f"p-{hmac.new(self.key, str(key).encode(), hashlib.sha256).hexdigest()[:10]}"


def cases(scope: Scope, *, with_people: bool = False) -> Iterator[Case]:
    """The ordinary matters raised in the period, one after the other, each with what happened by the cut-off."""
    names, roles, voices = Names(with_people), queries.roles(), queries.voices(scope)
    for key, rows in groupby(queries.events(scope), key=lambda row: row.ticket_id):
        yield _case(key, list(rows), names, roles, voices.get(key, ()))


def _case(key: int, rows: list[Any], names: Names, roles: Mapping[int, Any], voices: Iterable[int]) -> Case:
    row = rows[-1]
    return Case(
        name=names.of("ticket", key),
        category=row.category or "",
        place_type=row.place_type.value if row.place_type else "",
        limit_class=row.limit_class.value if row.limit_class else "",
        unit=row.unit or "",
        is_urgent=row.is_urgent,
        lead=names.of("ticket", row.lead_id) if row.lead_id else "",
        voices=tuple(names.of("voice", voice) for voice in voices),
        events=[_happened(one, names, roles) for one in rows],
    )


def _happened(row: Any, names: Names, roles: Mapping[int, Any]) -> Happened:
    data, known = row.data or {}, BY_MOVE.get(row.move)
    voice = data.get("voice")
    return Happened(
        move=row.move,
        label=known.label if known else BESIDE.get(row.move, row.move),
        at=clock.local(row.at),
        part=_part(row, known.by if known else frozenset(), roles),
        resource=names.of_person(row.actor_id),
        from_state=row.from_state.value if row.from_state else "",
        to_state=row.to_state.value,
        unit=row.unit or "" if row.move in GIVEN else "",
        voice=names.of("voice", int(voice)) if voice else "",
    )


def _part(row: Any, allowed: frozenset[Any], roles: Mapping[int, Any]) -> Part:
    """The part in which the move was made, as far as events tell it: they keep who, not as what."""
    if row.actor_id is None:
        by_holder = (row.data or {}).get("by_holder") or Part.SYSTEM not in allowed
        return Part.HOLDER if by_holder and allowed else Part.SYSTEM
    if row.actor_id in {row.filed_by_id, row.filed_for_id} and (Part.FILER in allowed or not allowed):
        return Part.FILER
    held = [part for role, part in PARTS.items() if role in roles.get(row.actor_id, ())]
    return next((part for part in held if part in allowed), held[0] if held else Part.FILER)
