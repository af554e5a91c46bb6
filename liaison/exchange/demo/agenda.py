"""Time passing: what many people do one after another, each deed at its own moment.

A course of events is a generator: it does something, then yields the moment at which it goes on. All courses of
the demo run through one agenda, so numbers, events and the audit chain come into being in the order of time.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator
from datetime import datetime, timedelta
from itertools import count

from liaison.core import clock
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.tickets.actions.moving import LostRace

Course = Generator[datetime, None, None]
LEAST = timedelta(seconds=20)


class Agenda:
    """Runs courses in the order of their moments, until a moment that none may reach."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.refused: list[str] = []  # what the process said no to: the course of events ended there
        self._waiting: list[tuple[datetime, int, Course]] = []
        self._order = count()

    def start(self, course: Course, at: datetime) -> None:
        heapq.heappush(self._waiting, (at, next(self._order), course))

    def run(self) -> None:
        """Let everything happen that happens before the end; what is planned for later never comes."""
        while self._waiting and self._waiting[0][0] < self.until:
            moment, _order, course = heapq.heappop(self._waiting)
            self._go_on(course, moment)

    def _go_on(self, course: Course, moment: datetime) -> None:
        """A refused move leaves nothing behind and ends its course, as it does at a desk."""
        with clock.at(moment):
            try:
                later = next(course, None)
            except LostRace:
                raise  # it rolled everything back
            except (Conflict, NotAllowed, BadInput) as refused:
                self.refused.append(str(refused))
                return
        if later is not None:
            self.start(course, max(later, moment + LEAST))
