"""One ticket of the demo while it is lived: what it is about, who has to do with it, and its texts with their dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from liaison.core import clock
from liaison.exchange.demo.content import Row


@dataclass
class Case:
    """Known to the story only: the database never learns which text a ticket was made from, nor its code."""

    problem: Row
    filer: str  # login of who filed it
    leader: str  # login of who heard it
    ticket_id: int
    number: str
    voice_id: int
    code: str
    unit: str = ""  # code of the lead unit
    handler: str = ""
    clerk: str = ""  # who dispatched it
    worked_on: date | None = None  # the day the work began
    is_late: bool = False
    merged: list[Case] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)  # 督办单 issued for it

    @property
    def is_urgent(self) -> bool:
        return bool(self.problem.get("urgent"))

    @property
    def limit_class(self) -> str:
        return str(self.problem["limit_class"])

    @property
    def is_restricted(self) -> bool:
        return self.problem.get("road") == "restricted"

    @property
    def co(self) -> list[Row]:
        """Whom the lead unit is given beside it; not where the first unit had to keep it against its will."""
        kept = all(step["upheld"] for step in self.problem.get("returned", []))
        return self.problem.get("co", []) if kept and not self.is_restricted else []

    def said(self, text: str) -> str:
        """A text with its dates: {done} lies a day or two back, {by} is the day that was promised."""
        return text.replace("{done}", _words(self._done())).replace("{by}", _words(self._by()))

    def _done(self) -> date:
        yesterday = clock.today() - timedelta(days=1)
        return max(yesterday, self.worked_on) if self.worked_on else yesterday

    def _by(self) -> date:
        days = self.milestones()[-1] if "plan" in self.problem else self.problem.get("expected_days", 30)
        return clock.today() + timedelta(days=days)

    def milestones(self) -> list[int]:
        """Days from now on which a plan is looked at."""
        return [step["days"] for step in self.problem["plan"]["milestones"]]


def _words(day: date) -> str:
    return f"{day.month}月{day.day}日"
