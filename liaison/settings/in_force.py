"""The settings in force, kept by each process so that asking costs no statement.

A process asks every half minute whether another one saved something, and at once after saving itself.
What began under a setting keeps it: ask with the moment it began, and the version of that moment answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from time import monotonic
from typing import Any

from flask import current_app, has_app_context

from liaison.core.db import db
from liaison.settings import queries
from liaison.settings.table import SETTINGS

KEY = "liaison.settings"  # in app.extensions
SECONDS = 30  # setting SETTING_SECONDS; 0 = only what this process saved itself
Phones = list[tuple[str, str]]


@dataclass
class Known:
    """Every version of every section, the newest first, and when it was asked for."""

    sections: Mapping[str, list[Any]] = field(default_factory=dict)
    mark: int | None = None
    asked_at: float = 0.0


def value(name: str, at: datetime | None = None) -> Any:
    """A setting as it is now, or as it was at a moment (UTC)."""
    section, setting = SETTINGS[name]
    for version in _known().sections.get(section, ()):
        if (at is None or version.made_at <= at) and name in version.content:
            return version.content[name]
    return setting.default


def number(name: str, at: datetime | None = None) -> int:
    return int(value(name, at))


def is_on(name: str, at: datetime | None = None) -> bool:
    return bool(value(name, at))


def words(name: str, at: datetime | None = None) -> frozenset[str]:
    return frozenset(value(name, at))


def text(name: str) -> str:
    return str(value(name))


def time_of(name: str) -> time:
    """A time of the Chinese day."""
    return time.fromisoformat(value(name))


def phones() -> Phones:
    """The university's own emergency numbers: those saved, else those of the environment."""
    return [(name, number) for name, number in value("emergency_phones")] or phones_of_the_environment()


def phones_of_the_environment() -> Phones:
    """LIAISON_EMERGENCY_PHONES «心理中心=0591…;保卫处=0591…», as pairs."""
    lines = current_app.config.get("EMERGENCY_PHONES", "").replace("；", ";").split(";")
    pairs = [line.partition("=") for line in lines if "=" in line]
    return [(name.strip(), number.strip()) for name, _sign, number in pairs]


def is_live() -> bool:
    """Nobody works with the system before it knows whom to call (domain.md §9 step 8)."""
    return bool(phones())


def renew() -> None:
    """Read again. For whoever saved something, after his commit."""
    current_app.extensions[KEY] = _read(queries.mark())


def forget() -> None:
    """Know no more than the program ships, as before the first question."""
    current_app.extensions.pop(KEY, None)


def _known() -> Known:
    if not has_app_context() or "sqlalchemy" not in current_app.extensions:
        return Known()
    known: Known | None = current_app.extensions.get(KEY)
    every = current_app.config.get("SETTING_SECONDS", SECONDS)
    if known is None and not every:
        return Known()
    if known is None or (every and monotonic() - known.asked_at > every):
        known = current_app.extensions[KEY] = _asked(known)
    return known


def _asked(known: Known | None) -> Known:
    """What was known, if nobody saved anything since."""
    with db.session.no_autoflush:
        mark = queries.mark()
        if known is None or mark != known.mark:
            return _read(mark)
    known.asked_at = monotonic()
    return known


def _read(mark: int | None) -> Known:
    sections: dict[str, list[Any]] = {}
    for version in queries.versions():
        sections.setdefault(version.section, []).insert(0, version)
    return Known(sections, mark, monotonic())
