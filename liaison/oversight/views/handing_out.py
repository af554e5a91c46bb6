"""A file goes out: recorded with who, what for, its checksum, then sent (domain.md §5.4, safety.md R28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import file_digest
from tempfile import TemporaryFile
from typing import IO, Any, cast

from flask import Response

from liaison.audit import actions as audit
from liaison.core.db import writing
from liaison.oversight.papers import attachment
from liaison.people.actor import me

Write = Callable[[IO[bytes]], object]
CHUNK = 64 * 1024


def hand_out(
    content: bytes | Write, mimetype: str, name: str, what: str, object: str, purpose: str, **detail: Any
) -> Response:
    """`content`: the file, or what fills one; it has no name on the disk and goes when sent."""
    file = TemporaryFile()  # noqa: SIM115 – closed by the response, when the last piece is sent
    if callable(content):
        content(file)
    else:
        file.write(content)
    record_file(file, what, object, purpose, **detail)
    return sent(file, mimetype, name)


def record_file(file: IO[bytes], what: str, object: str, purpose: str, **detail: Any) -> None:
    """With its checksum."""
    file.seek(0)
    record(what, object, purpose, sha256=file_digest(cast(Any, file), "sha256").hexdigest(), **detail)


def record(what: str, object: str, purpose: str, **detail: Any) -> None:
    """`report.exported`: the purpose is a text, kept beside the chain."""
    with writing():
        audit.append(me().id, f"{what}.exported", object=object, text=purpose, **detail)


def sent(file: IO[bytes], mimetype: str, name: str) -> Response:
    """The file, piece by piece; closed with the last one."""
    file.seek(0)
    response = attachment(_pieces(file), mimetype, name)
    response.call_on_close(file.close)
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece
