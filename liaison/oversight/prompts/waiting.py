"""What notices about prompts are about. Private: never named in a group, never a line of the digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from liaison.notifications.matters import Line, Matter
from liaison.oversight.prompts import queries
from liaison.people.actor import Actor


def seen(actor: Actor, numbers: Collection[str]) -> Collection[str]:
    """Which of these prompts the actor may see now."""
    return {str(key) for key in queries.seen(actor, [int(number) for number in numbers])}


def _never(_number: str) -> bool:
    return False


def _nothing() -> Mapping[int, list[Line]]:
    return {}


MATTER = Matter(seen=seen, may_be_named=_never, waiting=_nothing)
