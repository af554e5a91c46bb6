"""The fixture of metrics.md §6.2 as a history: one deed per line, by the public actions.

`ORACLE` is metrics_oracle.json in its own shape; the page of the specification says what the fields mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ORACLE: dict[str, Any] = json.loads((Path(__file__).parent / "oracle.json").read_text())
CHECKS = {"yes": "true", "no": "false"}
SATISFIED = {"sat": ("yes", 4), "dis": ("no", 2)}
HOURS = {  # what happens on one day happens in this order
    "submit": 9, "accept": 10, "merge": 10.2, "dispatch": 10.5, "designate": 11.5, "sign": 12, "progress": 12.5,
    "convene": 12.7, "request_return": 8.5, "uphold_return": 8.7, "redirect": 11, "meeting_result": 13,
    "submit_answer": 14, "head_approve": 14.2, "office_approve": 14.4, "tell": 15, "look": 15.5, "rate": 16,
    "reopen": 16.5, "recurrence": 17,
}  # fmt: skip
Line = dict[str, Any]


def history(oracle: dict[str, Any] = ORACLE) -> list[str]:
    """Every deed of the fixture as a line, in the order of time."""
    days = {"accept": oracle["response_limit_workdays"] - 1, "triage": 0, "sign": 0}
    limits = days | {"handle": oracle["resolution_limit_workdays"]}
    lines = [line("2026-03-01", 8, "limits", "", "director", **limits)]
    for case in oracle["tickets"]:
        lines += of_case(case)
    return [json.dumps(one, ensure_ascii=False) for one in sorted(lines, key=lambda one: one["at"])]


def line(day: str, hour: float, deed: str, ticket: str, part: str, **facts: Any) -> Line:
    at = f"{day}T{int(hour):02}:{round(hour % 1 * 60):02}"
    return {"at": at, "deed": deed, "ticket": ticket, "part": part, "facts": facts}


def of_case(case: dict[str, Any]) -> Iterator[Line]:
    """What the fields of one case say, as deeds of the people whose they are."""
    name, raised = case["id"], case["raised"]

    def done(day: str, deed: str, part: str, **facts: Any) -> Line:
        return line(day, HOURS[deed], deed, name, part, **facts)

    yield done(raised, "submit", "filer", place=f"{case['place']}号")
    if "merged" in case:
        yield done("2026-03-05", "merge", "clerk", lead_ticket=case["merged"])
        yield line(case["fb"], HOURS["tell"] + 0.1, "tell", case["merged"], "clerk", voice=name, channel="phone")
        return
    yield done(raised, "accept", "clerk")
    if "excluded" in case:
        yield done(case["excluded"], "redirect", "director")
        yield done(case["fb"], "tell", "clerk", channel="phone")
        return
    yield done(raised, "dispatch", "clerk", lead="一处", limit_class="general")
    yield from handed_on(case, done)
    if case.get("resp"):
        yield done(max(case["resp"], *case.get("hops", [""]), raised), "sign", "handler")
        yield done(case["resp"], "progress", "handler")
    for first, last in case.get("pause", []):
        yield done(first, "convene", "director", meeting_on=last)
        yield done(last, "meeting_result", "director")
    yield from handled(case, done)
    if "recur" in case:
        yield done(raised, "recurrence", "clerk", of=case["recur"])


def handed_on(case: dict[str, Any], done: Any) -> Iterator[Line]:
    """退回: the second time the director rules."""
    for n, day in enumerate(case.get("hops", [])):
        other, decides = f"{'二三'[n]}处", "clerk" if n == 0 else "director"
        yield done(day, "request_return", "head", suggested_unit=other)
        yield done(day, "uphold_return", decides)
        yield done(day, "dispatch" if n == 0 else "designate", decides, lead=other, limit_class="general")


def handled(case: dict[str, Any], done: Any) -> Iterator[Line]:
    """Answers, what was found of each, what was told and said. A false one was told, or nobody could look."""
    for n, day in enumerate(case["res"]):
        yield done(day, "submit_answer", "handler", outcome="D" if case.get("kind") == "explained" else "A")
        yield done(day, "head_approve", "head")
        yield done(day, "office_approve", "clerk")
        again = case.get("reopen", [])[n : n + 1]
        told = again[0] if again else case["fb"]
        if told is None:
            return
        yield done(told, "tell", "clerk", channel="phone")
        if case["ver"][n]:
            yield done(told, "look", "checker", result=CHECKS[case["ver"][n]], note="当面问过")
        if again:
            yield done(told, "reopen", "clerk")
    if case.get("rate") and case["res"]:
        solved, satisfied = SATISFIED[case["rate"]]
        yield done(case["fb"], "rate", "holder", solved=solved, satisfied=satisfied)
