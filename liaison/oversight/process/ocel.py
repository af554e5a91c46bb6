"""OCEL 2.0 as JSON: matters, voices and units are objects, so that merging and telling are seen as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from liaison.oversight.process.cases import Case, Happened
from liaison.tickets.actions.events import BESIDE
from workflows.tickets import TICKETS

MIME, ENDING = "application/json", "jsonocel"
OF_TICKETS = ("category", "place_type", "limit_class", "urgent")
OF_EVENTS = ("label", "part", "resource", "from_state", "to_state")


def written(cases: Iterable[Case]) -> Iterator[str]:
    """The file, piece by piece; the objects come after the events that name them."""
    yield f'{{"objectTypes": {_types(OBJECTS)},\n"eventTypes": {_types(_EVENT_TYPES)},\n"events": [\n'
    objects: dict[str, str] = {}
    number = 0
    for case in cases:
        objects |= _objects(case)
        for one in case.events:
            yield (",\n" if number else "") + _event(f"event-{number + 1}", one, case)
            number += 1
    yield '\n],\n"objects": [\n' + ",\n".join(objects.values()) + "\n]}\n"


OBJECTS = {"ticket": OF_TICKETS, "voice": (), "unit": ("name",)}
_EVENT_TYPES = dict.fromkeys((*(move.name for move in TICKETS.moves), *BESIDE), OF_EVENTS)


def _types(named: Mapping[str, tuple[str, ...]]) -> str:
    of = [{"name": n, "attributes": [{"name": one, "type": "string"} for one in known]} for n, known in named.items()]
    return json.dumps(of, ensure_ascii=False)


def _event(name: str, one: Happened, case: Case) -> str:
    related = [(case.name, "matter"), (one.voice, "about"), (_unit(one.unit), "given to")]
    known = (one.label, one.part.value, one.resource, one.from_state, one.to_state)
    return _plain(
        id=name,
        type=one.move,
        time=one.at.isoformat(timespec="milliseconds"),
        attributes=[{"name": n, "value": value} for n, value in zip(OF_EVENTS, known, strict=True) if value],
        relationships=_related(related),
    )


def _objects(case: Case) -> dict[str, str]:
    """A matter with its voices, and the unit that leads it."""
    since = case.events[0].at.isoformat(timespec="milliseconds")
    known = (case.category, case.place_type, case.limit_class, str(case.is_urgent).lower())
    values = {n: value for n, value in zip(OF_TICKETS, known, strict=True) if value}
    related = [(case.lead, "merged into"), (_unit(case.unit), "led by")]
    found = {case.name: _object(case.name, "ticket", since, values, related)}
    found |= {voice: _object(voice, "voice", since, {}, [(case.name, "raised as")]) for voice in case.voices}
    if case.unit:
        found[_unit(case.unit)] = _object(_unit(case.unit), "unit", "1970-01-01T00:00:00.000Z", {"name": case.unit}, [])
    return found


def _object(name: str, kind: str, since: str, values: dict[str, str], related: list[tuple[str, str]]) -> str:
    attributes = [{"name": n, "time": since, "value": value} for n, value in values.items()]
    return _plain(id=name, type=kind, attributes=attributes, relationships=_related(related))


def _related(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": name, "qualifier": how} for name, how in pairs if name]


def _unit(name: str) -> str:
    return f"unit:{name}" if name else ""


def _plain(**given: Any) -> str:
    return json.dumps(given, ensure_ascii=False)
