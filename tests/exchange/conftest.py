"""A database with the demo in it, made once per worker: the newest weeks whole, of the two terms a thirtieth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask

from liaison import create_app
from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.demo import building, living
from tests import databases, machine
from tests.client import Client
from tests.factories import at

DAY = "2026-11-23 10:00"  # a Monday in term
SHARE = 0.03


@dataclass(frozen=True)
class Told:
    """The application with the demo, and what living it returned."""

    app: Flask
    lived: living.Lived


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "told" in metafunc.fixturenames:
        metafunc.parametrize("told", machine.chosen(), indirect=True, scope="session")


@pytest.fixture(scope="session")
def told(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Told]:
    database = databases.KINDS[request.param](f"demo_{worker_id}")
    app = application(database.url)
    with app.app_context(), clock.at(at(DAY)):
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
        lived = tell()
        db.session.remove()
    yield Told(app, lived)  # outside: the clock and the context must not stay for the rest of the session
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(told: Told) -> Iterator[Told]:
    """The demo on the day it was opened. Tests only look at it."""
    with told.app.app_context(), clock.at(at(DAY)):
        yield told
        db.session.rollback()


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty SQLite database, for what happens at a first start."""
    app = application(f"sqlite:///{tmp_path / 'blank.db'}", tmp_path)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def application(url: str, instance: Any = None) -> Flask:
    settings = {"DATABASE_URL": url, "INSTANCE": instance or databases.folder(), "SECRET_KEY": "only for tests"}
    app = create_app({**settings, "TESTING": True, "ARGON2_CHEAP": True})
    app.test_client_class = Client
    return app


def tell(seed: int = living.SEED, share: float = SHARE) -> living.Lived:
    """The university and its story in the present database."""
    building.build(clock.today())
    lived = living.live(seed, share)
    db.session.commit()
    return lived
