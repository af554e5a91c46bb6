"""`python -m tests.bench`: builds what is missing, measures, prints the table; --write keeps it in docs/."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from flask import Flask

from liaison import create_app
from liaison.core.db import db
from tests.bench import report, visitor
from tests.bench.storage import KEPT, PostgreSQL, SQLite, prepare
from tests.bench.works import Day

SIZES = [50_000, 200_000]
MILLION = 1_000_000
SECRET = "only for measuring"  # the codes of the archive are hashed with it


def main() -> None:
    asked = _asked()
    sizes = asked.sizes or [*SIZES, *([MILLION] if asked.million else [])]
    runs: dict[tuple[str, int], Any] = {}
    for name in asked.databases:
        database = {"sqlite": SQLite, "postgresql": PostgreSQL}[name]()
        try:
            for size in sizes:
                runs[database.name, size] = _measured(database, size)
        finally:
            database.stop()
    lines = [f"reference: {visitor.reference():.1f} ms for a fixed pure-Python loop", "", *report.table(runs)]
    print("\n".join([*lines, "", *report.missed(runs)]))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--million", action="store_true", help="1 000 000 tickets as well (builds for some minutes)")
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    return parser.parse_args()


def _measured(database: Any, size: int) -> list[Any]:
    begun = time.monotonic()
    app = prepare(database, size, app_for)
    built = time.monotonic() - begun
    try:
        works = list(Day(app, database).works())
    finally:
        with app.app_context():
            db.engine.dispose()
    print(
        f"{database.name} {size}: ready after {built:.0f} s, measured in {time.monotonic() - begun - built:.0f} s",
        file=sys.stderr,
    )
    return works


def app_for(url: str) -> Flask:
    """The program on this database, as `app.py` makes it."""
    return create_app({"INSTANCE": str(KEPT), "DATABASE_URL": url, "SECRET_KEY": SECRET})


if __name__ == "__main__":
    main()
