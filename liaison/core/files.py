"""A file that waits for one person, on disk, for an hour: between dry run and confirmation, or until it is fetched.

A dry run writes nothing to the database, and a browser sends a chosen file only once; of a roster only what may be
kept is (exchange/rosters/reading.py).
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from liaison.core import clock

KEPT_SECONDS = 60 * 60
FORMER = "imports"  # where files waited before; nobody finds them there any more
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")


def new_token() -> str:
    """The word under which the owner finds his file again."""
    return secrets.token_urlsafe(18)


def keep(person_id: int | None, data: bytes, token: str = "", kind: str = "kept") -> str:
    """Store the file, all of it or nothing, and return its word."""
    sweep()
    token = token or new_token()
    part = _path(person_id, token, f"{kind}-part")
    part.touch(mode=0o600)
    part.write_bytes(data)
    part.replace(_path(person_id, token, kind))
    return token


@contextmanager
def filling(person_id: int | None, token: str, kind: str) -> Iterator[BinaryIO]:
    """A file to be written and read again, kept when the block ends well; half of one is never found."""
    sweep()
    part = _path(person_id, token, f"{kind}-part")
    part.touch(mode=0o600)
    try:
        with part.open("w+b") as file:
            yield file
        part.replace(_path(person_id, token, kind))
    finally:
        part.unlink(missing_ok=True)


def opened(person_id: int | None, token: str, kind: str) -> BinaryIO | None:
    """To be read piece by piece; None where there is none (any more)."""
    path = _path(person_id, token, kind) if TOKEN.fullmatch(token) else None
    return path.open("rb") if path and path.exists() else None


def look(person_id: int | None, token: str, kind: str = "kept") -> bytes | None:
    """The file of this person; None where there is none (any more)."""
    sweep()
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
    folder = Path(current_app.instance_path) / "files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(person_id: int | None, token: str, kind: str) -> Path:
    return folder() / f"{person_id}-{token}.{kind}"


def sweep() -> int:
    """What nobody confirmed or fetched within the hour goes, at the next file or by the tick. Returns how many."""
    oldest = clock.now().timestamp() - KEPT_SECONDS
    gone = [path for path in folder().iterdir() if _is_older(path, oldest)]
    for path in gone:
        path.unlink(missing_ok=True)
    shutil.rmtree(Path(current_app.instance_path) / FORMER, ignore_errors=True)
    return len(gone)


def _is_older(path: Path, oldest: float) -> bool:
    try:
        return path.stat().st_mtime < oldest
    except FileNotFoundError:  # whose it was has taken it meanwhile
        return False
