"""What this machine can run. What it cannot fails in CI and is told in one line elsewhere, never left out silently."""

from __future__ import annotations

import os
import shutil

import pytest

from tests import databases

IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WANTED = "LIAISON_TEST_DATABASE"
CHOICES = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}

_reasons: dict[str, str] = {}
_server: list[databases.Server] = []


def chromium() -> str | None:
    """The path of a browser; noted as missing when there is none."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        lack("browser tests", "no Chromium; install the package chromium, or run make test as root")
    return path


def chosen() -> list[str]:
    """The databases of this run that are there."""
    wanted = CHOICES[os.environ.get(WANTED, "sqlite")]
    return [name for name in wanted if name == "sqlite" or databases.SERVER in os.environ]


def start() -> None:
    """Look for what the run needs and start what it shares; once, before the workers of pytest-xdist begin."""
    chromium()
    databases.open_run()
    if "postgresql" in CHOICES[os.environ.get(WANTED, "sqlite")] and databases.SERVER not in os.environ:
        try:
            _server.append(databases.Server())
        except Exception as error:
            lack("tests on PostgreSQL", f"the server does not start: {error}")


def stop() -> None:
    while _server:
        _server.pop().stop()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        databases.close_run()


def lack(part: str, reason: str) -> None:
    """Note a part that cannot run here; in CI that ends the run."""
    _reasons[part] = reason
    if IS_CI:
        pytest.exit(f"{part} cannot run: {reason}", returncode=1)


def missing() -> list[str]:
    return [f"NOT RUN: {part} ({reason})" for part, reason in _reasons.items()]
