"""A file between its dry run and its confirmation: on disk, for one person, for an hour.

The dry run writes nothing to the database, and a browser sends a chosen file only once. Of a roster only what may
be kept is (rosters/reading.py).
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from flask import current_app

from liaison.core import clock

KEPT_SECONDS = 60 * 60
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")


def new_token() -> str:
    """The word under which the owner finds his file again."""
    return secrets.token_urlsafe(18)


def keep(person_id: int | None, data: bytes, token: str = "", kind: str = "kept") -> str:
    """Store the file, all of it or nothing, and return its word."""
    _sweep()
    token = token or new_token()
    part = _path(person_id, token, "part")
    part.touch(mode=0o600)
    part.write_bytes(data)
    part.replace(_path(person_id, token, kind))
    return token


def look(person_id: int | None, token: str, kind: str = "kept") -> bytes | None:
    """The file of this person; None where there is none (any more)."""
    _sweep()
    path = _path(person_id, token, kind) if TOKEN.fullmatch(token) else None
    return path.read_bytes() if path and path.exists() else None


def take(person_id: int | None, token: str) -> bytes | None:
    """The same, once."""
    data = look(person_id, token)
    if data is not None:
        drop(person_id, token)
    return data


def drop(person_id: int | None, token: str, kind: str = "kept") -> None:
    _path(person_id, token, kind).unlink(missing_ok=True)


def folder() -> Path:
    """Where files wait; nobody else's directory."""
    folder = Path(current_app.instance_path) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(person_id: int | None, token: str, kind: str) -> Path:
    return folder() / f"{person_id}-{token}.{kind}"


def _sweep() -> None:
    """What nobody confirmed within the hour is gone."""
    oldest = clock.now().timestamp() - KEPT_SECONDS
    for path in folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
