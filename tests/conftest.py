"""What every test stands on: an application with the cast in it, browsers for its people, and a clock.

LIAISON_TEST_DATABASE=sqlite | postgresql | both chooses the databases (`make test`: both); a test that
needs a database runs once on each. Rows are put back after every test (tests/databases.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from flask import Flask

from liaison import create_app
from liaison.audit import refusals
from liaison.core import clock
from liaison.core.db import db as extension
from liaison.people.actor import Actor
from liaison.people.models import Person, SignIn
from liaison.people.queries import acting
from liaison.programmes import in_force as programmes
from liaison.settings import in_force
from liaison.settings.models import SettingVersion
from liaison.settings.queries import edition as newest_edition
from liaison.settings.table import SETTINGS
from tests import cast as people
from tests import databases, machine
from tests.client import Client

FOREVER = 10 * 365 * 24 * 60  # minutes; a test that needs a session to end sets its own


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers of pytest-xdist use what the first process started
        machine.start()


def pytest_unconfigure() -> None:
    machine.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs a database runs on each that was chosen; the browser tests on the first of them."""
    names = machine.chosen()[:1] if "/e2e/" in str(metafunc.definition.path) else machine.chosen()
    for fixture in {"house", "unbuilt"} & set(metafunc.fixturenames):
        metafunc.parametrize(fixture, names, indirect=True, scope="session" if fixture == "house" else "function")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    browsing = [item for item in items if "/e2e/" in str(item.path)]
    if browsing and machine.chromium() is None:
        items[:] = [item for item in items if item not in browsing]
        config.hook.pytest_deselected(items=browsing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in machine.missing():
        terminalreporter.write_line(line, red=True)


House = tuple[Flask, Any]  # an application and its database


@pytest.fixture(scope="session")
def houses() -> Iterator[dict[str, House]]:
    """Those built so far: going to and fro between the databases builds nothing twice."""
    built: dict[str, House] = {}
    yield built
    for app, database in built.values():
        with app.app_context():
            extension.engine.dispose()
        database.drop()


@pytest.fixture(scope="session")
def house(request: pytest.FixtureRequest, houses: dict[str, House], worker_id: str) -> House:
    """The application and its database, made once per worker: migrated, with the cast and the noise."""
    if request.param not in houses:
        houses[request.param] = build(databases.KINDS[request.param](worker_id))
    return houses[request.param]


def build(database: databases.SQLite | databases.PostgreSQL) -> House:
    app = create_app(
        {
            "INSTANCE": databases.folder(),
            "DATABASE_URL": database.url,
            "SECRET_KEY": "only for tests",
            "TESTING": True,
            "ARGON2_CHEAP": True,
            "EMERGENCY_PHONES": "24 h=8765-4321",  # without a number nobody may work
            "SETTING_SECONDS": 0,
            "CALENDAR_SECONDS": 0,  # a test that saves a calendar says so (tests/calendars/conftest.py)
        }
    )
    app.test_client_class = Client
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
        people.settle()
        people.noise()
        extension.session.commit()
    database.keep()
    databases.written.clear()
    return app, database


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The application, with a context open; everything the test writes is undone afterwards."""
    application, database = house
    with application.app_context():
        try:
            yield application
        finally:
            in_force.forget()
            programmes.forget()
            refusals.forget()
            extension.session.remove()
            databases.clean(database)


@pytest.fixture
def database(house: House) -> str:
    """Which database this run is on: sqlite or postgresql."""
    return house[1].name


@pytest.fixture
def db(app: Flask) -> Any:
    """The database extension, inside the application's context."""
    return extension


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser nobody has signed in with."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def client_of(app: Flask) -> Callable[[Person], Client]:
    """A browser in which the given person is signed in, by a real session row."""

    def open_for(person: Person) -> Client:
        browser: Client = app.test_client()  # type: ignore[assignment]
        browser.set_cookie(app.config["SIGN_IN_COOKIE"], start_session(person))
        return browser

    return open_for


@pytest.fixture
def sign_in_as(client_of: Callable[[Person], Client]) -> Callable[[str], Client]:
    """sign_in_as("wang"): a browser for one of the cast (tests/cast.py)."""
    return lambda login: client_of(people.person(login))


@pytest.fixture
def actor_of(app: Flask) -> Callable[[str], Actor]:
    """actor_of("wang"): one of the cast as the argument that every action and query takes."""

    def load(login: str) -> Actor:
        actor = acting.actor_of(people.person(login).id)
        assert actor is not None
        return actor

    return load


def start_session(person: Person) -> str:
    """Add a session row for a person and return the token for his cookie."""
    token, now = secrets.token_urlsafe(32), clock.now()
    row = SignIn(
        token_hash=acting.token_hash(token),
        person_id=person.id,
        started_at=now,
        seen_at=now,
        confirmed_at=now,
        ends_at=now + timedelta(minutes=FOREVER),
        idle_minutes=FOREVER,
        device="test",
    )
    extension.session.add(row)
    extension.session.commit()
    return token


@dataclass
class Frozen:
    """A clock that stands still until it is moved."""

    moment: datetime

    def to(self, words: str) -> None:
        """Set it to a Chinese wall time: 2026-11-18 20:40."""
        self.moment = datetime.fromisoformat(words).replace(tzinfo=clock.CHINA).astimezone(UTC)

    def on(self, **passed: float) -> None:
        """Let time pass: on(hours=3)."""
        self.moment += timedelta(**passed)


@pytest.fixture(autouse=True)
def _real_time() -> None:
    """No test leaves its time behind for the next one."""
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1), "an earlier test left its clock standing"


@pytest.fixture
def frozen() -> Iterator[Callable[[str], Frozen]]:
    """frozen("2026-11-18 20:40"): the time in China from here to the end of the test."""
    with ExitStack() as stack:

        def freeze(words: str) -> Frozen:
            stopped = Frozen(clock.now())
            stopped.to(words)
            stack.enter_context(clock.at(lambda: stopped.moment))
            return stopped

        yield freeze


@pytest.fixture
def setting(app: Flask) -> Callable[..., None]:
    """setting(skip_head=["simple"]): saved and in force from now to the end of the test."""

    def save(**values: Any) -> None:
        for name, value in values.items():
            section = SETTINGS[name][0]
            edition = {"section": section, "edition": newest_edition(section) + 1, "made_at": clock.now()}
            approver = people.person("auditor").id
            content = {name: value}
            extension.session.add(SettingVersion(**edition, content=content, approved_by_id=approver))
            extension.session.commit()
        in_force.renew()

    return save


@pytest.fixture
def queries() -> Callable[[], Any]:
    """with queries() as asked: …; then len(asked) is the number of SQL statements of the block."""
    return databases.counting
