"""One matter as the holder of a code has it: what is owed to him, and what he may do now.

What he may do is asked of the process (`workflows/tickets.py`), never decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from liaison.core import clock
from liaison.settings.in_force import number
from liaison.slips import sealing
from workflows.engine import offers
from workflows.parts import Part
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import NOT_OPEN, OPEN, State
from workflows.ticket_words import Confidentiality, Kind
from workflows.tickets import TICKETS

REOPENINGS = ("reopen", "reopen_onspot")


@dataclass(frozen=True)
class Matter:
    """A voice at the ticket that leads it: a row of `queries`, the answers offered, the event to be told."""

    row: Any
    answers: Sequence[Any]
    event: Any | None

    @property
    def number(self) -> str:
        """The number of the voice's own ticket: what the holder calls it by, whatever it was merged into."""
        return str(self.row.number)

    @property
    def is_ordinary(self) -> bool:
        """Ordinary: restricted and sealed ones are spoken of in neutral words (domain.md §4.5)."""
        both = {self.row.confidentiality, self.row.own_confidentiality}
        return both == {Confidentiality.NORMAL}

    @property
    def is_sealed(self) -> bool:
        """Nothing of it is kept any more."""
        return Confidentiality.SEALED in {self.row.confidentiality, self.row.own_confidentiality}

    @property
    def final_answer(self) -> Any | None:
        """The answer that stands now."""
        return next((answer for answer in self.answers if answer.id == self.row.answer_id), None)

    @property
    def is_past(self) -> bool:
        """Its end lies so far back that the code no longer opens it (rulings §13 «Codes»)."""
        since = self.row.state_since
        return self.row.state in NOT_OPEN and _days_since(since) > number("code_days", since)

    @property
    def rating_days(self) -> int:
        """The days for rating, as they were when he was told."""
        return number("rating_days", self.row.told_at)

    @property
    def reopen_since(self) -> datetime | None:
        """From when the days for asking again count: the telling; the closing of what was settled on the spot."""
        since: datetime | None = self.row.told_at if self.row.dispatched_at else self.row.closed_at
        return since

    @property
    def reopen_days(self) -> int:
        return number("reopen_days", self.reopen_since)

    @property
    def owes_telling(self) -> bool:
        """There is an answer, a route or a withdrawal that this voice was not told of (rulings §13 «Telling»)."""
        if self.row.told_at is not None:
            return False
        return self.row.answer_id is not None or self.row.state is State.REDIRECTED or self._is_withdrawn_by_filer

    @property
    def _is_withdrawn_by_filer(self) -> bool:
        by_holder = self.event is None or self.event.data.get("by_holder")
        return self.row.state is State.WITHDRAWN and not by_holder

    @property
    def is_rated(self) -> bool:
        return self.row.solved is not None

    @cached_property
    def reopening(self) -> str | None:
        """Which of the two reopenings is open to him now."""
        return next((move for move in REOPENINGS if move in self._offered), None)

    @property
    def may_rate(self) -> bool:
        """Praise is passed on; nothing about it was to be solved (rulings §13)."""
        return "rate" in self._offered and self.row.kind is not Kind.PRAISE

    @property
    def may_supplement(self) -> bool:
        return "supplement" in self._offered

    @property
    def may_remark(self) -> bool:
        """One remark, while somebody works on it; a question that waits is answered first."""
        return not self.row.is_remarked and self.row.state in OPEN and not self.may_supplement

    @property
    def may_leave(self) -> bool:
        """While somebody works on it, its holder may say how to reach him."""
        return sealing.is_offered() and self.row.state in OPEN

    @property
    def may_withdraw(self) -> bool:
        """His own matter, before anybody works on it; what follows another's matter is not his to take back."""
        return "withdraw" in self._offered and self.row.own_state is not State.MERGED

    @property
    def may_object(self) -> bool:
        """It was sent elsewhere and he does not agree (T10b)."""
        return self.row.state is State.REDIRECTED and not self.row.is_objected

    @property
    def deeds(self) -> list[str]:
        """What he may do now, in the order of the page."""
        may = {
            "supplement": self.may_supplement,
            "rate": self.may_rate,
            "reopen": self.reopening is not None,
            "remark": self.may_remark,
            "object": self.may_object,
            "withdraw": self.may_withdraw,
            "leave": self.may_leave,
            "forget": self.row.slip is not None,
        }
        return [deed for deed, is_open in may.items() if is_open]

    def has_done(self, deed: str) -> bool:
        """The deed is done already, so that a second press only needs to be told so."""
        done = {
            "rate": self.is_rated,
            "remark": self.row.is_remarked,
            "supplement": self.row.state is not State.INFO_NEEDED,
            "reopen": self.row.has_reopened,
            "object": self.row.is_objected,
            "withdraw": self.row.state is State.WITHDRAWN,
            "leave": self.row.slip is not None,
            "forget": self.row.slip is None,
        }
        return bool(done[deed])

    @cached_property
    def _offered(self) -> set[str]:
        open_moves = offers(TICKETS, state=self.row.state, parts={Part.HOLDER}, facts=self._facts)
        return {offer.move.name for offer in open_moves if not offer.reasons}

    @property
    def _facts(self) -> TicketFacts:
        """The same facts as `tickets/queries/facts.py` gathers, as far as the holder's moves ask for them."""
        row = self.row
        return TicketFacts(
            kind=row.kind.value,
            on_spot=row.is_on_spot,
            has_merged_in=row.voice_count > 1,
            was_dispatched=row.dispatched_at is not None,
            return_to=row.return_to,
            voice_told=row.told_at is not None,
            days_since_told=_days_since(row.told_at) if row.told_at else None,
            days_since_closed=_days_since(row.closed_at) if row.closed_at else None,
            rating_days=self.rating_days,
            reopen_days=self.reopen_days,
            voice_rated_this_episode=self.is_rated,
            reopened_by_holder=row.has_reopened,
        )


@dataclass(frozen=True)
class Held:
    """What a code opens: one voice, and the matter it became – several after a split."""

    voice: Any
    matters: list[Matter]

    @property
    def is_new(self) -> bool:
        """Opening it now has to be recorded: for the first time, or because there is something to tell."""
        return self.voice.opened_at is None or any(matter.owes_telling for matter in self.matters)

    def matter(self, number: str) -> Matter | None:
        """One of its own matters by number; nobody reaches another's through a changed form."""
        return next((matter for matter in self.matters if matter.number == number), None)


def _days_since(moment: Any) -> int:
    """Natural days between a moment's Chinese day and today."""
    return (clock.today() - clock.local(moment).date()).days
