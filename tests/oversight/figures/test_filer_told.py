"""提交人知悉率: of what is closed, the matters whose filer has opened the answer of their last episode."""

import json
from datetime import date

from liaison.oversight.figures.scope import Scope
from tests.oversight.figures.oracle import line

MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


def answered(name, day):
    """From the answer of the handler to the telling, on one day."""
    steps = [
        ("submit_answer", "handler", {"outcome": "A"}), ("head_approve", "head", {}), ("office_approve", "clerk", {}),
        ("tell", "clerk", {"channel": "phone"}),
    ]  # fmt: skip
    return [line(day, 14 + n / 10, deed, name, part, **facts) for n, (deed, part, facts) in enumerate(steps)]


def begun(name):
    dispatch = line("2026-03-02", 11, "dispatch", name, "clerk", lead="一处", limit_class="general")
    own = [line("2026-03-02", 9, "submit", name, "filer", place="1号"), line("2026-03-02", 10, "accept", name, "clerk")]
    return [*own, dispatch, line("2026-03-02", 12, "sign", name, "handler"), *answered(name, "2026-03-03")]


HISTORY = [
    *begun("opened"), *begun("unopened"), *begun("again"), *begun("late"),
    line("2026-03-03", 16, "know", "opened", "filer"), line("2026-03-03", 16, "know", "opened", "filer"),
    line("2026-03-03", 16, "know", "again", "filer"),
    line("2026-03-04", 9, "reopen", "again", "clerk", reason="又坏了"), *answered("again", "2026-03-05"),
    *(line("2026-03-13", 9, "close", name, "system") for name in ("opened", "unopened", "late", "again")),
    line("2026-03-16", 9, "know", "late", "filer"), line("2026-03-17", 9, "know", "again", "filer"),
]  # fmt: skip


def test_it_is_the_answer_of_the_last_episode_and_the_day_of_opening_that_count(played):
    """Told by telephone is no opening; what was opened before it was reopened is to be opened again; and what is
    opened on a later day changes no earlier one."""
    lines = [json.dumps(one) for one in sorted(HISTORY, key=lambda one: one["at"])]
    days = {12: [0, 0], 13: [1, 4], 16: [2, 4], 17: [3, 4]}
    scopes = [Scope(**MARCH, as_of=date(2026, 3, day)) for day in days]
    counted = {days_on.as_of.day: played(lines if n == 0 else [], days_on) for n, days_on in enumerate(scopes)}
    assert {day: found.ratio("filer_told") for day, found in counted.items()} == days
    last = counted[17].of("filer_told")
    assert [len(last.tickets), len(last.rest)] == [3, 1]
