"""Moments as a test writes them."""

from datetime import UTC, datetime, timedelta

from liaison.core import clock


def at(words: str) -> datetime:
    """A Chinese wall time of 2026 ("11-18 20:40"), as a UTC moment; other years in full."""
    full = words if words[:2] == "20" else f"2026-{words}"
    return datetime.fromisoformat(full).replace(tzinfo=clock.CHINA).astimezone(UTC)


def end(words: str) -> datetime:
    """24:00 of that day."""
    return at(f"{words} 00:00") + timedelta(days=1)
