"""A person's requests straight to the program, without a browser's care: for the sweeps that ask thousands of times."""

from __future__ import annotations

import hashlib
from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from liaison.core.db import db
from tests import conftest
from tests.cast import person
from tests.client import Client

AUDIT = {"audit_row", "audit_text", "audit_head"}


class Direct(Client):
    """Like the browser of tests/client.py, but nobody reads its pages strictly: that takes ten times as long."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()
        kwargs.setdefault("buffered", True)
        return Context().run(FlaskClient.open, self, *args, **kwargs)


def direct(app: Flask, login: str | None) -> Direct:
    """The requests of one of the cast, or of nobody."""
    client = Direct(app, app.response_class, use_cookies=True)
    if login is not None:
        client.set_cookie(app.config["SIGN_IN_COOKIE"], conftest.start_session(person(login)))
    return client


def rows(*, without: set[str] = AUDIT) -> dict[str, str]:
    """A hash of every row of every table but the audit log's: equal before and after means nothing changed."""
    db.session.commit()
    tables = [table for table in db.metadata.sorted_tables if table.name not in without]
    found = {table.name: sorted(map(repr, db.session.execute(db.select(table)).all())) for table in tables}
    db.session.commit()
    return {name: hashlib.sha256("\n".join(lines).encode()).hexdigest() for name, lines in found.items()}
