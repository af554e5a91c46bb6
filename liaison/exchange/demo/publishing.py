"""公开 in the demo: a while after a file is shut, the director releases what the office wrote for everybody."""

from __future__ import annotations

from datetime import timedelta

from liaison.core import clock
from liaison.exchange.demo.agenda import Course
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.deeds import Deeds
from liaison.tickets.models.publications import Released
from workflows.ticket_states import State

WAIT = timedelta(days=8)
TRIES = 5


class Publishing:
    """Each text is released once, however often its matter was raised."""

    def __init__(self, deeds: Deeds) -> None:
        self.deeds = deeds
        self.released: set[str] = set()

    def released_later(self, case: Case) -> Course:
        """Looked at every week or so, until the holder can reopen it no more."""
        text = case.problem.get("public")
        if text is None:
            return
        for _try in range(TRIES):
            yield clock.now() + WAIT
            if self._may_go_out(case) and text["said"] not in self.released:
                self.released.add(text["said"])
                given = {"public_said": text["said"], "public_text": text["done"]}
                self.deeds.move(case, "publish", "director", **given, checklist=[one.value for one in Released])
                return

    def _may_go_out(self, case: Case) -> bool:
        ticket = self.deeds.ticket(case)
        is_long_shut = ticket.closed_at is not None and clock.now() - ticket.closed_at > timedelta(days=17)
        return ticket.state is State.CLOSED and ticket.outcome is not None and is_long_shut
