"""Values of columns as they stand in the record of an import, and back: days and words as texts."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Date
from sqlalchemy import Enum as EnumType

from liaison.core.db import Base, Moment, table


def packed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _packed(value) for name, value in values.items()}


def unpacked(model: type[Base], values: dict[str, Any]) -> dict[str, Any]:
    return {name: _unpacked(table(model).c[name].type, value) for name, value in values.items()}


def _packed(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _unpacked(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return kind.enum_class(value) if isinstance(kind, EnumType) and kind.enum_class else value
