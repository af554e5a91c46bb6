"""A fingerprint of what a person's lines were made from, his contacts left out: equal marks, equal lines."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from liaison.programmes.reckoning import Facts, Held

ENGINE = 1  # raised when the engine counts differently: everything stored is then out of date
OUTDATED = ""  # no fingerprint: whatever was stored is to be made anew


def mark_of(facts: Facts, known: str, today: date) -> str:
    """`known` stands for calendar and rules. The day matters only for links that begin or end."""
    told = [
        ENGINE,
        known,
        sorted(map(_held, facts.held)),
        sorted((one.first, one.last, one.half or "") for one in facts.away),
        sorted((one.sort, one.target_id, one.first, one.last, one.holds(today)) for one in facts.ties),
        sorted(facts.plans),
        sorted(facts.forms),
        sorted(facts.bands.items()),
    ]
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _held(post: Held) -> tuple[list[str], date, date]:
    return sorted(role.value for role in post.roles), post.first, post.last
