"""XES (IEEE 1849-2016): one trace per matter, one event per move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from liaison.oversight.process.cases import Case, Happened

MIME, ENDING = "application/xml", "xes"
EXTENSIONS = {"Concept": "concept", "Time": "time", "Lifecycle": "lifecycle", "Organizational": "org"}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
"""
GLOBALS = """<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" \
value="1970-01-01T00:00:00.000+00:00"/><string key="lifecycle:transition" value="complete"/></global>
<classifier name="Move" keys="concept:name"/>
<classifier name="State" keys="to_state"/>
"""


def written(cases: Iterable[Case]) -> Iterator[str]:
    """The file, piece by piece."""
    yield HEAD
    for name, prefix in EXTENSIONS.items():
        yield f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
    yield GLOBALS
    for case in cases:
        yield _trace(case)
    yield "</log>\n"


def _trace(case: Case) -> str:
    known = {
        "concept:name": case.name,
        "category": case.category,
        "place_type": case.place_type,
        "limit_class": case.limit_class,
        "unit": case.unit,
    }
    urgent = f'<boolean key="urgent" value="{str(case.is_urgent).lower()}"/>'
    return f"<trace>{_strings(known)}{urgent}\n{''.join(map(_event, case.events))}</trace>\n"


def _event(one: Happened) -> str:
    known = {
        "concept:name": one.move,
        "label": one.label,
        "lifecycle:transition": "complete",
        "org:role": one.part.value,
        "org:resource": one.resource,
        "from_state": one.from_state,
        "to_state": one.to_state,
    }
    moment = one.at.isoformat(timespec="milliseconds")
    return f'<event>{_strings(known)}<date key="time:timestamp" value="{moment}"/></event>\n'


def _strings(known: dict[str, str]) -> str:
    """What is empty is left out."""
    return "".join(f'<string key="{key}" value={quoteattr(value)}/>' for key, value in known.items() if value)
