"""Obligations beside the lead's: a hand-over waits for its receipt, a co-unit answers, an order is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from liaison.core import clock
from liaison.oversight.figures.records import Record

RECEIPT = timedelta(hours=24)  # for the receipt of a hand-over (domain.md §4.5)


class Sort(StrEnum):
    HANDOFF = "handoff"  # 移交
    ORDER = "order"  # 督办
    CO = "co"  # 协办


@dataclass(frozen=True, slots=True)
class Errand:
    """`record` is the ticket, where it is known here; a hand-over shows none. `gone_at`: nobody owes it any more."""

    sort: Sort
    record: Record | None
    began_at: datetime
    due_at: datetime | None
    due_on: date | None
    done_at: datetime | None
    gone_at: datetime | None

    @property
    def due(self) -> datetime | None:
        if self.sort is Sort.HANDOFF:
            return self.began_at + RECEIPT
        return clock.end_of(self.due_on) if self.due_on else self.due_at

    @property
    def is_in_time(self) -> bool:
        return self.done_at is not None and self.due is not None and self.done_at <= self.due
