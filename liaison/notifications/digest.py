"""每日汇总: one a day, for whoever has something due. A notice like any other; its lines are computed when asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from liaison.core import leases
from liaison.core.clock import end_of, now, today
from liaison.notifications.actions import tell
from liaison.notifications.hours import is_digest_time
from liaison.notifications.matters import Line, all_matters, of
from liaison.people.actor import Actor

TEXT = "digest.daily"
MOST = 30  # lines; the rest is a number

Lines = Mapping[int, list[Line]]


def tell_all() -> int:
    """Put today's digest into the inbox of everybody who has something due; returns how many there are.

    At most once a day and only at its time, however often it is asked; days that were missed stay missed.
    In the caller's transaction: the day counts as done with the notices, or not at all.
    """
    if not is_digest_time(now()) or not leases.take("digest", end_of(today())):
        return 0
    people = [person for person, lines in all_lines().items() if lines]
    tell(people, TEXT, about=str(today()), stage=None, path="/", dedupe="digest")
    return len(people)


def all_lines() -> Lines:
    """What waits, by person: every kind of matter in turn."""
    found: dict[int, list[Line]] = defaultdict(list)
    for matter in all_matters().values():
        for person, lines in matter.waiting().items():
            found[person] += lines
    return found


def seen_lines(actor: Actor, lines: list[Line]) -> list[Line]:
    """Those lines whose matter the actor may still see, each once."""
    asked: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        asked[line.text_key.partition(".")[0]].add(line.about)
    seen = {kind: set(all_matters()[kind].seen(actor, numbers)) for kind, numbers in asked.items()}
    return [line for line in dict.fromkeys(lines) if line.about in seen[line.text_key.partition(".")[0]]]


def may_see(actor: Actor, text_key: str, about: str) -> bool:
    """Whether the actor may still hear of this matter."""
    matter = of(text_key)
    return matter is None or about in matter.seen(actor, [about])
