"""What every file that leaves the house says of itself, and how it is named and recorded (domain.md §5.4).

The libraries of Word and Excel are loaded by who prints, not by who starts the program: modules called `…_document`,
`…_sheet` and `official_layout` are imported inside the views that need them.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

from flask import Response

from liaison.core.clock import local, now
from liaison.people.actor import Actor

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {WORD: "docx", EXCEL: "xlsx"}


def mark_of(reader: Actor, cut_off: str = "", purpose: str = "") -> str:
    """Kept inside, when it was made, until when it counts, whose copy it is, what for."""
    made = f"{local(now()):%Y-%m-%d %H:%M} 生成"
    whose = reader.label or reader.name
    return "　".join(filter(None, ("内部资料", made, cut_off, whose, use_of(purpose))))


def use_of(purpose: str) -> str:
    return f"用途：{purpose}" if purpose else ""


def clipped(text: str, most: int) -> str:
    """In one line, and no longer than this and its dots."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else f"{one_line[:most]}…"


def checksum(content: bytes) -> str:
    return sha256(content).hexdigest()


def attachment(content: bytes | Iterable[bytes], mimetype: str, name: str) -> Response:
    """A file to keep; its ending follows from its type. A header is Latin-1, so the name travels quoted (RFC 5987)."""
    response = Response(content, mimetype=mimetype)
    whole = f"{name}.{ENDINGS[mimetype]}"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(whole, safe='')}"
    return response
