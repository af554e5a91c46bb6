"""Rows of a calendar sheet between looking through and confirming: signed, in the page, nowhere else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.people.actor import Actor

DATES = {"first_monday", "last_day", "vacation_from", "vacation_until", "day"}


@dataclass(frozen=True)
class Carried:
    """What will be saved: the rows, the version they were looked at with, the name of the file."""

    terms: list[TermRow]
    days: list[DayRow]
    base: str
    note: str


def wrap(carried: Carried, actor: Actor) -> str:
    """The rows as a word for a hidden field, good for this person only."""
    rows = {"terms": [_plain(row) for row in carried.terms], "days": [_plain(row) for row in carried.days]}
    return str(_signer(actor).dumps({**rows, "base": carried.base, "note": carried.note}))


def unwrap(word: str, actor: Actor) -> Carried | None:
    """None where somebody changed the word, or it is another's."""
    try:
        held = _signer(actor).loads(word)
    except BadData:
        return None
    terms = [TermRow(**_dated(row)) for row in held["terms"]]
    days = [DayRow(**_dated(row) | {"kind": ExceptionKind(row["kind"])}) for row in held["days"]]
    return Carried(terms, days, held["base"], held["note"])


def _signer(actor: Actor) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"calendar sheet {actor.id}")


def _plain(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name in DATES and value else value for name, value in row.items()}
