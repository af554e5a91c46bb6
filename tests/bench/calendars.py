"""How many due dates one core computes in a minute (issue 3: one million or better)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

from liaison import create_app
from liaison.calendars import limits
from liaison.core.db import db
from tests.bench.storage import KEPT
from workflows.ticket_words import LimitClass

GOAL = 1_000_000  # a minute
COUNT = 100_000
CLASSES = (LimitClass.SIMPLE, LimitClass.GENERAL, LimitClass.COMPLEX, LimitClass.RESTRICTED)


def due_dates(count: int = COUNT) -> float:
    """CPU seconds for so many due dates of all classes, over five years of moments."""
    first = datetime(2024, 1, 1, 2, tzinfo=UTC)
    moments = [first + timedelta(minutes=26 * n) for n in range(count)]
    limits.handle_due(first, LimitClass.GENERAL)  # the calendar is read once per process, not per date
    begun = process_time()
    for n, at in enumerate(moments):
        limits.handle_due(at, CLASSES[n % len(CLASSES)])
    return process_time() - begun


def measure() -> dict[str, float]:
    """Due dates a minute on one core, bare and inside the program as a request asks for them, beside the goal."""
    bare = due_dates()
    app = create_app({"INSTANCE": str(KEPT), "DATABASE_URL": "sqlite://", "SECRET_KEY": "only for measuring"})
    with app.app_context():
        db.create_all()
        inside = due_dates()
    return {"bare": COUNT / bare * 60, "in a request": COUNT / inside * 60, "goal": float(GOAL)}


if __name__ == "__main__":
    for name, a_minute in measure().items():
        print(f"{name}: {a_minute:,.0f} due dates a minute")
