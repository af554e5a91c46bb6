"""`python -m tests.bench`: builds what is missing, measures, prints the table; --write keeps it in docs/."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask

from liaison import create_app
from liaison.core.db import db
from tests.bench import calendars, progress, prompts, report, rosters, visitor, worker
from tests.bench.storage import KEPT, PostgreSQL, SQLite, prepare
from tests.bench.works import CLERK, Day

SIZES = [50_000, 200_000]
MILLION = 1_000_000
DATABASES = {"sqlite": SQLite, "postgresql": PostgreSQL}
PAGE = Path("docs/benchmarks.md")
SECRET = "only for measuring"  # the codes of the archive are hashed with it


def main() -> None:
    asked = _asked()
    if asked.figures:
        _only_figures(asked)
        return
    sizes = asked.sizes or [*SIZES, *([MILLION] if asked.million else [])]
    runs: dict[tuple[str, int], Any] = {}
    workers: dict[tuple[str, int], Any] = {}
    progressed: dict[str, Any] = {}
    nights: list[str] = []
    for name in asked.databases:
        database = DATABASES[name]()
        try:
            progressed[database.name] = progress.measured(database, app_for)
            for size in sizes if not asked.progress else []:
                runs[database.name, size], workers[database.name, size], night = _measured(database, size)
                nights.append(night)
        finally:
            database.stop()
    if asked.progress:
        print("\n".join(progress.table(progressed)))
        return
    lines = [
        *report.table(runs),
        "",
        *report.rest(workers, calendars.measure()),
        "",
        rosters.line(),
        "",
        *nights,
        "",
        *progress.table(progressed),
        "",
        *report.missed(runs),
    ]
    print("\n".join(lines))
    if asked.write:
        report.keep(PAGE, lines, visitor.reference())


def _only_figures(asked: argparse.Namespace) -> None:
    """Dashboard, catalogue and lists alone: their rows are put in the place of the old ones."""
    runs: dict[tuple[str, int], Any] = {}
    for name in asked.databases:
        database = DATABASES[name]()
        try:
            for size in asked.sizes or SIZES:
                app = prepare(database, size, app_for)
                runs[database.name, size] = list(Day(app, database).figures())
                with app.app_context():
                    db.engine.dispose()
        finally:
            database.stop()
    print("\n".join([*report.table(runs), "", *report.missed(runs)]))
    if asked.write:
        report.renew(PAGE, runs)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--million", action="store_true", help="1 000 000 tickets as well (builds for some minutes)")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/benchmarks.md")
    parser.add_argument("--figures", action="store_true", help="only the rows of figures; the others are kept")
    parser.add_argument("--progress", action="store_true", help="only the progress of a year")
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--databases", nargs="+", default=[*DATABASES], choices=[*DATABASES])
    return parser.parse_args()


def _measured(database: Any, size: int) -> tuple[list[Any], worker.Worker, str]:
    begun = time.monotonic()
    app = prepare(database, size, app_for)
    built = time.monotonic() - begun
    try:
        day = Day(app, database)
        works = list(day.works())
        cookie = worker.session(app, CLERK)
        night = prompts.line(app, database, size)
    finally:
        with app.app_context():
            db.engine.dispose()
    url = database.url(f"measured_{size}")
    worker.stamp(url)
    weighed = worker.measure(url, SECRET, cookie, [f"/tickets/{number}" for number in day.walked[:5]])
    spent = time.monotonic() - begun - built
    print(f"{database.name} {size}: ready after {built:.0f} s, measured in {spent:.0f} s", file=sys.stderr)
    return works, weighed, night


def app_for(url: str) -> Flask:
    """The program on this database, as `app.py` makes it."""
    settings = {"INSTANCE": str(KEPT), "DATABASE_URL": url, "SECRET_KEY": SECRET, "EMERGENCY_PHONES": worker.PHONES}
    return create_app(settings)


if __name__ == "__main__":
    main()
