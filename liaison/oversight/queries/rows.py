"""Rows of the figures by the thousand: taken as the driver gives them, then each column understood at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import JSON, ColumnElement, Enum, String, Text, cast, exists, select, type_coerce

from liaison.core.db import db, run
from liaison.oversight.figures.events import NOTHING
from liaison.tickets.models import Answer
from liaison.tickets.models.draws import Lot, Why

IS_BASE: Any = exists(select(Lot.id).where(Lot.answer_id == Answer.id, Lot.why == Why.BASE)).label("is_base")


def rows(row: type[Any], model: Any, *where: ColumnElement[bool], by: Sequence[Any] = ()) -> list[Any]:
    """The columns of `row`, of these; `by`: in which order."""
    columns = [IS_BASE if name == "is_base" else getattr(model, name) for name in row.__match_args__]
    wanted = select(*map(_as_text, columns)).where(*where).order_by(*by or (model.id,))
    given = zip(*run(wanted).cursor.fetchall(), strict=True)
    readers = (_reader(one.type) for one in columns)
    read = [map(reader, one) if reader else one for reader, one in zip(readers, given, strict=False)]
    return list(map(partial(tuple.__new__, row), zip(*read, strict=True)))


def _as_text(column: Any) -> Any:
    """As the driver gives it; PostgreSQL's would decode facts one by one."""
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, String)


def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """From what the driver gives to what a column of this type means; None: the same."""
    if isinstance(kind, Enum):
        words: dict[str | None, Any] = {one.value: one for one in kind.enum_class or ()}
        return (words | {None: None}).__getitem__
    if isinstance(kind, JSON):
        return Facts({"{}": NOTHING}).__getitem__
    reader: Callable[[Any], Any] | None = kind.dialect_impl(db.engine.dialect).result_processor(db.engine.dialect, None)
    return reader


class Facts(dict[str, Mapping[str, Any]]):
    """What the moves noted, by its text: what says the same is decoded once."""

    def __missing__(self, text: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(text)
        self[text] = found
        return found
