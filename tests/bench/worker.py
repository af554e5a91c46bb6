"""One worker as it is served: what it needs to start, and the memory it holds after a morning's requests."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import visitor
from tests.safety.crashing import ROOT, Link, Server

MORNING = ("/queue", "/tickets/", "/tickets/?progress=open", "/contacts/", "/notifications/")
ROUNDS, STARTS = 30, 3
PHONES = "保卫处值班=8765-1110"  # without a number of its own a university is not live


@dataclass(frozen=True)
class Worker:
    """Seconds from the command to the first answer (wall clock, processor); MiB of its own and shared (PSS)."""

    seconds: float
    processor: float
    memory: float


def measure(url: str, secret: str, cookie: tuple[str, str], pages: list[str]) -> Worker:
    """Start the program on a filled database, several times; then read these pages and weigh it."""
    starts = []
    for _run in range(STARTS):
        began = time.monotonic()
        with _served(url, secret) as (server, processor):
            starts.append((time.monotonic() - began, processor))
            if len(starts) == STARTS:
                link = Link(server.port, dict([cookie]))
                for page in [*MORNING, *pages] * ROUNDS:
                    status, _said = link.ask("GET", page)
                    assert status == 200, f"{page} answered {status}"
                memory = _proportional_set_size(server.process.pid)
    return Worker(*(statistics.median(figures) for figures in zip(*starts, strict=True)), memory)


@contextmanager
def _served(url: str, secret: str) -> Iterator[tuple[Server, float]]:
    server = Server(url)
    server.env |= {"LIAISON_SECRET_KEY": secret, "LIAISON_DEMO": "no", "LIAISON_EMERGENCY_PHONES": PHONES}
    processor = server.start()
    try:
        yield server, processor
    finally:
        server.kill()


def _proportional_set_size(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def stamp(url: str) -> None:
    """Tell the program that this database, made from the models, is up to date."""
    environ = {**os.environ, "LIAISON_DATABASE_URL": url, "LIAISON_SECRET_KEY": "only for measuring"}
    command = [sys.executable, "-m", "flask", "--app", "app", "db", "stamp", "head"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True)


def session(app: visitor.Flask, person_id: int) -> tuple[str, str]:
    """Name and value of the cookie of somebody signed in."""
    return app.config["SIGN_IN_COOKIE"], visitor.session_of(app, person_id)
