"""The time, in one place, so that tests, the demo and a replay can set it.

Everything stored is an aware moment in UTC; everything shown is Chinese standard time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment, aware, UTC."""
    return _source()


def today() -> date:
    """The present day in China."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Chinese clock."""
    return moment.astimezone(CHINA)


def moment(day: date, at: time = time(0, 0)) -> datetime:
    """The UTC moment of a Chinese day and clock time."""
    return datetime.combine(day, at, CHINA).astimezone(UTC)


@lru_cache(4096)  # days, asked for again and again: for years of limits on one page
def end_of(day: date) -> datetime:
    """24:00 of a Chinese day, as a UTC moment: where a promised day ends (domain.md §4.4)."""
    return moment(day + timedelta(days=1))


def day_ending_at(due: datetime) -> date:
    """The Chinese day a due moment belongs to: 24:00 counts to the day that ends there."""
    return (local(due) - timedelta(microseconds=1)).date()


@contextmanager
def at(fixed: datetime | Callable[[], datetime]) -> Iterator[None]:
    """Run the block at a given aware moment (or on a given clock)."""
    global _source
    before, _source = _source, (fixed if callable(fixed) else lambda: fixed)
    try:
        yield
    finally:
        _source = before
