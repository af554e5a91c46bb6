"""What the daily digest says about contacts: what others filed for a leader and he has not answered yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from liaison.contacts.queries import visible
from liaison.contacts.queries.lists import all_to_confirm
from liaison.core.errors import NotVisible
from liaison.notifications.matters import Line, Matter
from liaison.people.actor import Actor


def waiting() -> dict[int, list[Line]]:
    """By leader, the oldest first."""
    found: dict[int, list[Line]] = defaultdict(list)
    for row in all_to_confirm():
        found[row.person_id].append(Line("contact.to_confirm", row.number))
    return found


def seen(actor: Actor, numbers: Collection[str]) -> Collection[str]:
    """Which of these contacts the actor may see now."""
    return {number for number in numbers if _sees(actor, number)}


def _sees(actor: Actor, number: str) -> bool:
    try:
        visible.load(actor, number)
    except NotVisible:
        return False
    return True


def _never(_number: str) -> bool:
    return False


MATTER = Matter(seen=seen, may_be_named=_never, waiting=waiting)
