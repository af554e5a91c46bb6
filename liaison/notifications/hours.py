"""When messages leave the house: the digest of the day, and the quiet hours (domain.md §4.13; settings of §9)."""

from __future__ import annotations

from datetime import datetime

from liaison.calendars.working_days import is_working_day
from liaison.core.clock import local
from liaison.settings.in_force import time_of


def is_quiet(at: datetime) -> bool:
    """Whether only urgent messages leave at this moment: from 20:00 to 8:00."""
    time, begins, ends = local(at).time(), time_of("quiet_from"), time_of("quiet_until")
    if begins <= ends:
        return begins <= time < ends
    return time >= begins or time < ends


def is_digest_time(at: datetime) -> bool:
    """A working day from 8:30 on: later is better than not, at night is not."""
    there = local(at)
    return is_working_day(there.date()) and there.time() >= time_of("digest_at") and not is_quiet(at)
