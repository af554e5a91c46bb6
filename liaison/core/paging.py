"""Pages by key: the next page begins after the last row of this one, so depth costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, literal, tuple_

from liaison.core.db import db

SIZE = 50
BETWEEN = "~"  # parts of a key in an address


@dataclass(frozen=True)
class Page:
    """Rows, and the keys where the page before and the page after begin (None: there is none)."""

    rows: Sequence[Any]
    before: str | None = None
    after: str | None = None


def page(
    statement: Select[Any],
    keys: Sequence[Any],
    asked: Mapping[str, str],
    *,
    size: int = SIZE,
    is_descending: bool = False,
) -> Page:
    """One page of a statement that selects its `keys` (together unique), in their order.

    `asked` carries `after` or `before` from the address; a key that cannot be read means the first page.
    """
    at = _read(asked.get("before") or asked.get("after") or "", keys)
    is_back = bool(asked.get("before")) and at is not None
    is_down = is_descending is not is_back
    if at is not None:
        place, here = tuple_(*keys), tuple_(*(literal(value, key.type) for value, key in zip(at, keys, strict=True)))
        statement = statement.where(place < here if is_down else place > here)
    ordered = statement.order_by(*(key.desc() if is_down else key.asc() for key in keys))
    found = db.session.execute(ordered.limit(size + 1)).all()
    rows = found[:size][::-1] if is_back else found[:size]
    has_more = len(found) > size
    has_before, has_after = (has_more, True) if is_back else (at is not None, has_more)
    return Page(rows, _key(rows[:1], keys, has_before), _key(rows[-1:], keys, has_after))


def _read(text: str, keys: Sequence[Any]) -> list[Any] | None:
    parts = text.split(BETWEEN)
    if not text or len(parts) != len(keys):
        return None
    try:
        return [_value(part, key.type.python_type) for part, key in zip(parts, keys, strict=True)]
    except (ValueError, OverflowError):
        return None


def _value(part: str, kind: type) -> Any:
    if kind is datetime:
        return _moment(part)
    value = kind(part)
    if isinstance(value, int) and abs(value) >= 2**62:
        raise ValueError("no key is so large")
    return value


def _moment(part: str) -> datetime:
    value = datetime.fromisoformat(part)
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(UTC)  # the edges of the calendar have no such moment


def _key(rows: Sequence[Any], keys: Sequence[Any], is_there: bool) -> str | None:
    if not rows or not is_there:
        return None
    return BETWEEN.join(str(getattr(rows[0], key.key)) for key in keys)
