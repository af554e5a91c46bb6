"""Pages by key: the next page begins after the last row of this one, so depth costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal_column, select, tuple_, union

from liaison.core.db import run

SIZE = 50
BETWEEN = "~"  # parts of a key in an address


@dataclass(frozen=True)
class Page:
    """Rows, and the keys where the page before and the page after begin (None: there is none)."""

    rows: Sequence[Any]
    before: str | None = None
    after: str | None = None
    total: int | None = None  # of all pages, where somebody counted


@dataclass(frozen=True)
class Way:
    """One way by which a row comes into a list: a condition that an index answers in the order of `key`."""

    condition: ColumnElement[bool]
    key: Any

    def and_also(self, *conditions: ColumnElement[bool]) -> Way:
        return Way(and_(self.condition, *conditions), self.key)


class Listing:
    """A list whose statements are built once: the first page, the page after a key, the page before it.

    `statement` selects its `keys` (together unique), in whose order it is shown. A list that holds what comes by
    any of several `ways` (each ordered by the one key) asks every way for its nearest rows and merges them: so
    its price is that of a page, however much there is of which way.
    """

    def __init__(
        self,
        statement: Select[Any],
        keys: Sequence[Any],
        *,
        size: int = SIZE,
        is_descending: bool = False,
        ways: Sequence[Way] = (),
    ) -> None:
        self.statement, self.keys, self.size, self.is_descending, self.ways = statement, keys, size, is_descending, ways
        self._built: dict[tuple[bool, bool], Any] = {}

    def page(self, asked: Mapping[str, str], given: Mapping[str, Any] | None = None) -> Page:
        """One page. `asked` carries `after` or `before` from the address; a key that cannot be read means the
        first page. `given` holds the statement's own parameters."""
        at = _read(asked.get("before") or asked.get("after") or "", self.keys)
        is_back = bool(asked.get("before")) and at is not None
        found = run(self._statement(at is not None, self.is_descending is not is_back), {**(given or {}), **(at or {})})
        rows = found.all()
        has_more, shown = len(rows) > self.size, rows[: self.size]
        has_before, has_after = (has_more, True) if is_back else (at is not None, has_more)
        rows = shown[::-1] if is_back else shown
        return Page(rows, _key(rows[:1], self.keys, has_before), _key(rows[-1:], self.keys, has_after))

    def _statement(self, has_key: bool, is_down: bool) -> Any:
        if (has_key, is_down) not in self._built:
            self._built[has_key, is_down] = self._build(has_key, is_down)
        return self._built[has_key, is_down]

    def _build(self, has_key: bool, is_down: bool) -> Any:
        if not self.ways:
            return self._nearest(self.statement, self.keys, has_key, is_down)
        each = [select(way.key.label("key")).where(way.condition) for way in self.ways]
        near = [self._nearest(one, [way.key], has_key, is_down) for one, way in zip(each, self.ways, strict=True)]
        merged = union(*(select(one.subquery().c.key) for one in near)).subquery()
        found = self.statement.where(self.keys[-1].in_(select(merged.c.key)))
        return self._nearest(found, self.keys, False, is_down)

    def _nearest(self, statement: Select[Any], keys: Sequence[Any], has_key: bool, is_down: bool) -> Select[Any]:
        """The rows next to the key, one more than a page shows. The limit is written out: PostgreSQL plans by it."""
        if has_key:
            place, here = tuple_(*keys), tuple_(*(bindparam(f"key_{n}", type_=k.type) for n, k in enumerate(keys)))
            statement = statement.where(place < here if is_down else place > here)
        ordered = statement.order_by(*(key.desc() if is_down else key.asc() for key in keys))
        return ordered.limit(literal_column(str(self.size + 1)))


def page(
    statement: Select[Any],
    keys: Sequence[Any],
    asked: Mapping[str, str],
    *,
    size: int = SIZE,
    is_descending: bool = False,
) -> Page:
    """One page of a list that is asked for too seldom to be kept as a `Listing`."""
    return Listing(statement, keys, size=size, is_descending=is_descending).page(asked)


def _read(text: str, keys: Sequence[Any]) -> dict[str, Any] | None:
    """The key in an address, as parameters; None where it cannot be read."""
    parts = text.split(BETWEEN)
    if not text or len(parts) != len(keys):
        return None
    try:
        return {f"key_{n}": _value(part, keys[n].type.python_type) for n, part in enumerate(parts)}
    except (ValueError, OverflowError):
        return None


def _value(part: str, kind: type) -> Any:
    if kind is datetime:
        return _moment(part)
    if kind is date:
        return date.fromisoformat(part)
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
