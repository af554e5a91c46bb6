"""metrics.md §6.1 as a history: November 2026 of 示例大学, 128 voices, one deed per line, by the public actions.

The page gives sums only; UNITS deals them out so that every row of its table holds. Who is late, extended, unreachable
or told by notice is nobody the page names: any choice that keeps the sums is the example.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, cycle
from typing import Any

Line = dict[str, Any]
EASY, LONG = "general", "complex"  # five working days from dispatch, and fifteen
RAISED = {EASY: "2026-11-02", LONG: "2026-11-16"}  # their limits: 9 November, 7 December
NOVEMBER, DECEMBER = "2026-11", "2026-12"


@dataclass
class Unit:
    """A row of the table, with what the page leaves open. `late`, `ahead`, `told` are among the handled ones."""

    name: str
    solved: int  # closed with A
    explained: int  # closed with D
    told: int = 0  # handled and told, not yet closed
    late: int = 0
    ahead: int = 0  # handled, the limit lies in December
    overdue: int = 0
    planned: int = 0
    working: int = 0
    extended: int = 0
    unreachable: int = 0
    by_class: int = 0  # told in a class or by notice: no code that lives
    stars: list[int] = field(default_factory=list)  # ratings of closed ones, then of those not yet closed
    unhappy: list[int] = field(default_factory=list)


UNITS = [
    Unit("后勤保障处", 24, 3, told=1, late=1, ahead=2, overdue=1, planned=1, working=4, extended=2,
         stars=[5] * 7 + [4] * 5 + [3], unhappy=[2]),
    Unit("教务处", 3, 3, ahead=1, overdue=1, working=2, stars=[5, 4, 3]),
    Unit("信息化中心", 9, 1, told=2, late=1, planned=1, working=2, extended=1, stars=[5, 5, 4, 4, 3], unhappy=[2]),
    Unit("学生工作处", 25, 6, told=3, late=1, overdue=1, planned=3, working=12, extended=1, unreachable=4,
         by_class=6, stars=[5] * 8 + [4] * 6 + [3] * 2, unhappy=[2, 1]),
]  # fmt: skip
MERGED = {"后勤保障处.1": 8, "后勤保障处.2": 1, "后勤保障处.3": 1, "信息化中心.told2": 1, "学生工作处.told3": 1}
MERGED_OPEN = ("学生工作处.working1", "学生工作处.working2")
OWED = ("信息化中心.told2", "学生工作处.told3")  # their merged voices are told later
ENDED_IN_DECEMBER = 27


def history() -> list[str]:
    """Every deed as a line, in the order of time; December's follow November's."""
    lines = [*elsewhere(), *chain.from_iterable(of_unit(unit) for unit in UNITS), *merged(), *december()]
    return [json.dumps(one, ensure_ascii=False) for one in sorted(lines, key=lambda one: one["at"])]


def line(month: str, day: int, hour: float, deed: str, ticket: str, part: str, **facts: Any) -> Line:
    at = f"{month}-{day:02}T{int(hour):02}:{round(hour % 1 * 60):02}"
    return {"at": at, "deed": deed, "ticket": ticket, "part": part, "facts": facts}


def elsewhere() -> Iterator[Line]:
    """Four redirected and told, two handed off."""
    for n in range(1, 5):
        name = f"转{n}"
        yield line(NOVEMBER, 3, 9, "submit", name, "filer")
        yield line(NOVEMBER, 3, 10, "accept", name, "clerk")
        yield line(NOVEMBER, 3, 11, "redirect", name, "director")
        yield line(NOVEMBER, 3, 15, "tell", name, "clerk", channel="phone")
    for n in range(1, 3):
        name = f"移{n}"
        yield line(NOVEMBER, 4, 9, "submit", name, "filer", confidentiality="sealed")
        called = {"handoff_type": "psychology", "receiver": "心理咨询中心", "called_at": "2026-11-04T09:20"}
        yield line(NOVEMBER, 4, 9.5, "hand_off", name, "confidential", **called)


def of_unit(unit: Unit) -> Iterator[Line]:
    """All tickets of one lead unit, dealt out in the order the row gives them."""
    total = unit.solved + unit.explained
    stars, plain = list(unit.stars), total - unit.ahead
    for n in range(1, total + 1):
        name, is_ahead = f"{unit.name}.{n}", n > plain
        outcome = "D" if n > total - unit.explained else "A"
        is_late = plain - unit.late < n <= plain
        is_extended = plain - unit.late - unit.extended < n <= plain - unit.late
        yield from opened(name, unit.name, LONG if is_ahead else EASY)
        day = 17 if is_ahead else 10 if is_late else 6
        if is_extended:
            yield line(NOVEMBER, 6, 10, "extend", name, "clerk", due_on="2026-11-16")
            day = 11
        yield from answered(name, NOVEMBER, day, outcome)
        is_alone = name not in MERGED
        if is_alone and n - 4 <= unit.unreachable and n > 4:
            yield line(NOVEMBER, 26, 9, "mark_unreachable", name, "clerk")
            yield line(NOVEMBER, 26, 10, "close_untold", name, "clerk")
            continue
        by_class = is_alone and 8 < n <= 8 + unit.by_class
        yield line(NOVEMBER, day, 15, "tell", name, "clerk", channel="class_meeting" if by_class else "phone")
        if is_alone and not by_class and stars and (is_ahead or n > 3):
            yield line(NOVEMBER, day, 16, "rate", name, "holder", solved="yes", satisfied=stars.pop())
        yield line(NOVEMBER, 27, 10, "close", name, "clerk")
    assert not stars, (unit.name, stars)
    yield from unfinished(unit)


def unfinished(unit: Unit) -> Iterator[Line]:
    """Told and not closed, overdue, planned, in progress in time."""
    for n in range(1, unit.told + 1):
        name = f"{unit.name}.told{n}"
        yield from opened(name, unit.name, EASY)
        yield from answered(name, NOVEMBER, 6, "A")
        yield line(NOVEMBER, 24, 15, "tell", name, "clerk", channel="phone")
        if n <= len(unit.unhappy):
            yield line(NOVEMBER, 24, 16, "rate", name, "holder", solved="no", satisfied=unit.unhappy[n - 1])
    for n in range(1, unit.overdue + 1):
        yield from opened(f"{unit.name}.overdue{n}", unit.name, EASY)
    for n in range(1, unit.planned + 1):
        name = f"{unit.name}.planned{n}"
        yield from opened(name, unit.name, EASY)
        yield line(NOVEMBER, 5, 10, "plan", name, "director", milestones=["2027-03-31"], expected_on="2027-03-31")
    for n in range(1, unit.working + 1):
        yield from opened(f"{unit.name}.working{n}", unit.name, LONG)


def opened(name: str, lead: str, limit_class: str) -> Iterator[Line]:
    day = int(RAISED[limit_class][-2:])
    yield line(NOVEMBER, day, 9, "submit", name, "filer")
    yield line(NOVEMBER, day, 10, "accept", name, "clerk")
    yield line(NOVEMBER, day, 10.5, "dispatch", name, "clerk", lead=lead, limit_class=limit_class)
    yield line(NOVEMBER, day, 12, "sign", name, "handler")


def answered(name: str, month: str, day: int, outcome: str) -> Iterator[Line]:
    yield line(month, day, 14, "submit_answer", name, "handler", outcome=outcome)
    yield line(month, day, 14.2, "head_approve", name, "head")
    yield line(month, day, 14.4, "office_approve", name, "clerk")


def merged() -> Iterator[Line]:
    """Fourteen voices said again: twelve on what was answered, two on what is worked on."""
    for lead, voices in (*MERGED.items(), *((name, 1) for name in MERGED_OPEN)):
        day = 17 if "working" in lead else 3
        for n in range(1, voices + 1):
            name = f"{lead}+{n}"
            yield line(NOVEMBER, day, 9, "submit", name, "filer")
            yield line(NOVEMBER, day, 10, "merge", name, "clerk", lead_ticket=lead)
            if "working" not in lead and lead not in OWED:
                yield line(NOVEMBER, 6, 15.1, "tell", lead, "clerk", voice=name, channel="phone")


def december() -> Iterator[Line]:
    """A month later 27 more are closed: what was worked on or late, and two of those told."""
    names = [f"{unit.name}.{kind}{n}" for unit in UNITS for kind in ("working", "overdue")
             for n in range(1, getattr(unit, kind) + 1)]  # fmt: skip
    for name, day in zip(names, cycle(range(1, 11)), strict=False):
        yield from answered(name, DECEMBER, day, "A")
        yield line(DECEMBER, day, 15, "tell", name, "clerk", channel="phone")
        if name in MERGED_OPEN:
            yield line(DECEMBER, day, 15.1, "tell", name, "clerk", voice=f"{name}+1", channel="phone")
        yield line(DECEMBER, 30, 10, "close", name, "clerk")
    for name in OWED:
        yield line(DECEMBER, 1, 15, "tell", name, "clerk", voice=f"{name}+1", channel="phone")
        yield line(DECEMBER, 30, 11, "close", name, "clerk")
    again = ["后勤保障处.told1", "信息化中心.told1"]
    assert len(names) + len(OWED) + len(again) == ENDED_IN_DECEMBER
    for name in again:
        yield line(DECEMBER, 2, 9, "reopen", name, "clerk")
        yield from answered(name, DECEMBER, 3, "A")
        yield line(DECEMBER, 3, 15, "tell", name, "clerk", channel="phone")
        yield line(DECEMBER, 30, 12, "close", name, "clerk")
