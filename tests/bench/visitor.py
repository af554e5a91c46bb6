"""Somebody with a browser, without one: sends requests straight into the program and reads the clocks.

What is measured is what a server would do for the request: the WSGI call and reading the answer to its
end. No parsing of the page, no test client.
"""

from __future__ import annotations

import gc
import io
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.engine import Engine

from liaison.core import clock
from liaison.core.db import db
from liaison.people.models import SignIn
from liaison.people.queries.acting import token_hash
from tests.bench.storage import Database

NOMINAL = 9.0  # ms of the reference loop on this kind of machine when nobody else is at it
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")


@dataclass(frozen=True)
class Answer:
    code: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Cost:
    """Medians of one piece of work: milliseconds of the program and of the database server; statements; bytes.

    Each is divided by how long a fixed loop took just before and after, times NOMINAL: neighbours make this kind
    of machine twice as slow from one minute to the next.
    """

    program: float
    server: float
    statements: int
    size: int

    @property
    def total(self) -> float:
        return self.program + self.server


@dataclass(frozen=True)
class Request:
    path: str
    query: str = ""
    form: tuple[tuple[str, str], ...] | None = None  # None: GET


class Visitor:
    """A browser of one person; nobody where no person is named."""

    def __init__(self, app: Flask, database: Database, person_id: int | None = None) -> None:
        self.app, self.database = app, database
        raw = secrets.token_hex(20)
        signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.form_token = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(raw)
        cookies = {app.config["SESSION_COOKIE_NAME"]: signer.dumps({"csrf_token": raw})}
        if person_id is not None:
            cookies[app.config["SIGN_IN_COOKIE"]] = session_of(app, person_id)
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def send(self, request: Request) -> Answer:
        """One request as the server would hand it to the program; the answer read to its end."""
        environ = self._environ(request)
        started: list[Any] = []
        found = Context().run(self._call, environ, started)
        return Answer(int(started[0].split()[0]), dict(started[1]), found)

    def _call(self, environ: dict[str, Any], started: list[Any]) -> bytes:
        answer = self.app(environ, lambda status, headers, _exc=None: started.extend((status, headers)))  # type: ignore[arg-type]
        try:
            return b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()

    def _environ(self, request: Request) -> dict[str, Any]:
        body = (
            urlencode([*(request.form or ()), ("csrf_token", self.form_token)]).encode()
            if request.form is not None
            else b""
        )
        return {
            "REQUEST_METHOD": "GET" if request.form is None else "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": request.path,
            "QUERY_STRING": request.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8080",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost:8080",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def measure(
    visitor: Visitor, requests: list[Request], *, expect: int = 200, warm: int = 3
) -> tuple[Cost, list[Answer]]:
    """Send them all; the first few warm up, one is counted, the rest are timed. Returns medians and all answers.

    AssertionError where an answer has another code than expected: a page that refuses is cheap.
    """
    answers = [visitor.send(request) for request in requests[:warm]]
    with _counted() as heard:
        answers.append(visitor.send(requests[warm]))
    timed = requests[warm + 1 :]
    gc.collect()
    loop = reference()
    server_before, spent = _server(visitor), []
    for request in timed:
        begun = time.process_time()
        answer = visitor.send(request)
        spent.append(time.process_time() - begun)
        answers.append(answer)
    server = (_server(visitor) - server_before) / len(timed)
    for request, answer in zip(requests, answers, strict=True):
        assert answer.code == expect, f"{request} answered {answer.code}:\n{answer.body.decode()[:3000]}"
    scale = NOMINAL / ((loop + reference()) / 2)
    program = statistics.median(spent) * 1e3
    return Cost(program * scale, server * 1e3 * scale, len(heard), len(answers[-1].body)), answers


def _server(visitor: Visitor) -> float:
    with visitor.app.app_context():
        used = visitor.database.processor_time()
        db.session.remove()
    return used


def session_of(app: Flask, person_id: int) -> str:
    """A real session row; the person typed his password a moment ago."""
    token, now = secrets.token_urlsafe(32), clock.now()
    with app.app_context():
        row = SignIn(
            token_hash=token_hash(token),
            person_id=person_id,
            started_at=now,
            seen_at=now,
            confirmed_at=now,
            ends_at=now + timedelta(hours=12),
            idle_minutes=720,
        )
        db.session.add(row)
        db.session.commit()
        db.session.remove()
    return token


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The SQL statements of the block, without those that only open or end transactions."""
    heard: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(CONTROL):
            heard.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def reference() -> float:
    """Milliseconds of a fixed loop of plain Python: how fast this machine is just now."""
    return statistics.median(_timed(_loop) for _run in range(5)) * 1e3


def _timed(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def _loop() -> int:
    total = 0
    for number in range(200_000):
        total += number % 7
    return total
