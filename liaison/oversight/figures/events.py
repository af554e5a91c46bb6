"""One move as the figures read it: a row of the history, its facts decoded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from workflows.ticket_states import State

NOTHING: Mapping[str, Any] = {}  # most moves note no facts: one empty mapping for all of them


class Event(NamedTuple):
    ticket_id: int
    seq: int
    move: str
    from_state: State | None
    to_state: State
    at: datetime
    data: Mapping[str, Any] = NOTHING
