"""A file goes out: recorded with who, what for, its checksum, then sent (domain.md §5.4, safety.md R28)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response

from liaison.audit import actions as audit
from liaison.core.db import writing
from liaison.oversight.papers import attachment, checksum
from liaison.people.actor import me

Write = Callable[[Path], Any]


def hand_out(
    content: bytes | Write, mimetype: str, name: str, what: str, object: str, purpose: str, **detail: Any
) -> Response:
    """`content`: the file, or what writes it into a path. Nothing of it stays on the disk."""
    made = content if isinstance(content, bytes) else _written(content)
    record(what, object, purpose, sha256=checksum(made), **detail)
    return attachment(made, mimetype, name)


def record(what: str, object: str, purpose: str, **detail: Any) -> None:
    """`report.exported`: the purpose is a text, kept beside the chain."""
    with writing():
        audit.append(me().id, f"{what}.exported", object=object, text=purpose, **detail)


def _written(write: Write) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()
