"""The links: how one row is hashed, and what a check of the whole chain found (safety.md R31, R36)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from liaison.audit.guards import NOBODY_YET

LINKED = (  # the columns a hash covers, in this order for ever: every one but the hash itself
    "seq",
    "at",
    "actor_id",
    "on_behalf_id",
    "address",
    "deed",
    "object",
    "result",
    "detail",
    "commitment",
    "alg",
    "prev",
)
_PREV, _HASH = len(LINKED) - 1, len(LINKED)


@dataclass(frozen=True)
class Verification:
    """What a check found: how many rows, the last one, and the first that does not fit (None: all fit)."""

    rows: int
    seq: int
    hash: str
    first_bad: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return self.first_bad is None


_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_write_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode


def canonical(detail: dict[str, Any]) -> str:
    """JSON with sorted keys and no blanks: the same detail is always the same text."""
    return _write_sorted(detail)


def link(values: Sequence[Any]) -> str:
    """The hash of a row, from its LINKED values in order."""
    return sha256(_write(values).encode()).hexdigest()


def commitment(salt: str, text: str) -> str:
    """What the chain keeps of a personal text: nothing that can be read back without the salt."""
    return sha256((salt + text).encode()).hexdigest()


def walk(rows: Iterable[Sequence[Any]], known: Sequence[tuple[int, str]] = ()) -> Verification:
    """Follow the chain over rows of LINKED + hash in order of seq; the `known` hashes must appear at their seq."""
    noted: dict[int, set[str]] = {}
    for seq, noted_hash in known:
        noted.setdefault(seq, set()).add(noted_hash)
    at, last = 0, NOBODY_YET
    for row in rows:
        at += 1
        reason = _misfit(row, at, last)
        if not reason and at in noted and noted[at] != {row[_HASH]}:
            reason = "it is not the row noted down"
        if reason:
            return Verification(at - 1, at - 1, last, at, reason)
        last = row[_HASH]
    if at < max(noted, default=0):
        return Verification(at, at, last, at + 1, "the end is cut off")
    return Verification(at, at, last)


def _misfit(row: Sequence[Any], at: int, last: str) -> str:
    if row[0] != at:
        return "a row is missing"
    if row[_PREV] != last:
        return "it does not follow the row before"
    if link(tuple(row[:_HASH])) != row[_HASH]:
        return "the row was changed"
    return ""
