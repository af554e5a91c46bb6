"""Reads a history line by line and does it, each line at its own moment."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed, NotVisible
from liaison.oversight.history.deeds import Deeds
from liaison.oversight.history.house import House
from liaison.people.models import Unit
from liaison.tickets.models import Ticket
from workflows.engine import MoveRefused
from workflows.table import UnknownMove

REFUSALS = (BadInput, Conflict, NotAllowed, NotVisible, MoveRefused)


class BadLine(Exception):
    """A line that says nothing that can be done; the message names it."""


def is_empty() -> bool:
    """Nothing was ever filed here, and no unit is known."""
    return not db.session.scalar(select(exists().where(Ticket.id.is_not(None)) | exists().where(Unit.id.is_not(None))))


@dataclass(frozen=True)
class Played:
    """How many deeds were done, and the number each ticket of the file was given."""

    deeds: int
    numbers: dict[str, str]


def play(lines: Iterable[str]) -> Played:
    """Do every deed in its order. Commits after each, as a request would. BadLine names a line."""
    deeds: Deeds | None = None
    done, before = 0, None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        at, told = _read(number, line)
        if before is not None and at < before:
            raise BadLine(f"第 {number} 行：时间早于上一行。")
        with clock.at(at):
            deeds = deeds or Deeds(House())
            do_line(deeds, number, told)
        done, before = done + 1, at
    return Played(done, {name: deeds.ticket(name).number for name in deeds.tickets} if deeds else {})


def _read(number: int, line: str) -> tuple[datetime, dict[str, Any]]:
    try:
        told = json.loads(line)
        moment = datetime.fromisoformat(told["at"])
        return (moment if moment.tzinfo else moment.replace(tzinfo=clock.CHINA)), told | {"deed": str(told["deed"])}
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadLine(f"第 {number} 行：{wrong}") from None


def do_line(deeds: Deeds, number: int, told: dict[str, Any]) -> None:
    """One deed, committed; or BadLine, and nothing of it stays."""
    try:
        deeds.do(
            told["deed"], str(told.get("ticket", "")), str(told.get("part", "system")), dict(told.get("facts", {}))
        )
        db.session.commit()
    except (*REFUSALS, LookupError, ValueError, TypeError, AttributeError) as refused:
        db.session.rollback()
        raise BadLine(f"第 {number} 行（{told['deed']}）：{_why(refused)}") from refused


def _why(refused: Exception) -> str:
    if isinstance(refused, UnknownMove):
        return "没有这个动作。"
    if isinstance(refused, TypeError | AttributeError):
        return f"值的写法不对：{refused}"
    return f"facts 里缺 {refused.args[0]}。" if type(refused) is KeyError else str(refused)
