"""A file between its dry run and its confirmation: on disk, for one person, for an hour.

The dry run writes nothing to the database, and a browser sends a chosen file only once.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from flask import current_app

from liaison.core import clock

KEPT_SECONDS = 60 * 60
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")


def keep(person_id: int | None, data: bytes) -> str:
    """Store the file and return the word under which its owner finds it again."""
    _sweep()
    token = secrets.token_urlsafe(18)
    path = _path(person_id, token)
    path.touch(mode=0o600)
    path.write_bytes(data)
    return token


def take(person_id: int | None, token: str) -> bytes | None:
    """The file of this person, once; None where there is none (any more)."""
    _sweep()
    path = _path(person_id, token) if TOKEN.fullmatch(token) else None
    if path is None or not path.exists():
        return None
    data = path.read_bytes()
    path.unlink(missing_ok=True)
    return data


def _path(person_id: int | None, token: str) -> Path:
    return folder() / f"{person_id}-{token}.csv"


def folder() -> Path:
    """Where files wait; nobody else's directory."""
    folder = Path(current_app.instance_path) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _sweep() -> None:
    """What nobody confirmed within the hour is gone."""
    oldest = clock.now().timestamp() - KEPT_SECONDS
    for path in folder().glob("*.csv"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
