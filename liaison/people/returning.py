"""Back to where one came from: only a path of this site is ever followed (safety.md R26)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 500
PLAIN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def checked_path(wanted: str | None) -> str | None:
    """The path itself when it is a plain path of this site, else None."""
    if not wanted or len(wanted) > LONGEST or not PLAIN.fullmatch(wanted):
        return None
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc:
        return None
    return wanted.removesuffix("?")
