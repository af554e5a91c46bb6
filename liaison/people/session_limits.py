"""How long a session lives: 30 days sliding on leaders' phones, else as the profile says (rulings §13)."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta

from liaison.people.passwords import profile
from liaison.people.words import ON_PHONES, Role

PHONE = timedelta(days=30)
RECENT = timedelta(minutes=15)  # so long a typed password opens approvals and exports


@dataclass(frozen=True)
class Limits:
    """`idle` since the last page; `absolute` since sign-in (sliding sessions: since the last page)."""

    idle: timedelta
    absolute: timedelta


def limits_for(roles: Set[Role]) -> Limits:
    """The limits of somebody with these roles; whoever has none is nobody's phone."""
    if roles and roles <= ON_PHONES:
        return Limits(PHONE, PHONE)
    rules = profile()
    return Limits(timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.absolute_hours))


def slides(idle: timedelta) -> bool:
    """Does the end move with every use?"""
    return idle >= PHONE
