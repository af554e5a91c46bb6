"""What the auditor asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from liaison.audit.models import AuditHead, AuditRow
from liaison.core import clock
from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.people.models import Person

AS_TEXT = "%Y-%m-%dT%H:%M:%S.%fZ"  # how audit/actions.py writes a moment


@dataclass(frozen=True)
class Chain:
    """How long the chain is, and what the last check of it found (None: never checked)."""

    seq: int
    hash: str
    checked_at: datetime | None = None
    is_whole: bool | None = None


def audit_rows(filters: Mapping[str, Any], asked: Mapping[str, str]) -> Page:
    """Rows of the audit log, the latest first. Filters: deed, person (login), object, day (in China)."""
    actor, other = aliased(Person), aliased(Person)
    what = (AuditRow.seq, AuditRow.at, AuditRow.deed, AuditRow.object, AuditRow.result, AuditRow.address)
    statement: Any = (
        select(*what, actor.name.label("actor"), other.name.label("on_behalf"))
        .outerjoin(actor, actor.id == AuditRow.actor_id)
        .outerjoin(other, other.id == AuditRow.on_behalf_id)
    )
    for name, wanted in filters.items():
        statement = _NARROW[name](statement, wanted)
    return page(statement, [AuditRow.seq], asked, is_descending=True)


def chain() -> Chain:
    """The head of the chain and the last check."""
    seq, last = db.session.execute(select(AuditHead.seq, AuditHead.hash)).one()
    checks = select(AuditRow.at, AuditRow.result).where(AuditRow.deed == "audit.verified")
    check = db.session.execute(checks.order_by(AuditRow.seq.desc()).limit(1)).first()
    return Chain(seq, last, moment_of(check.at), check.result == "ok") if check else Chain(seq, last)


def moment_of(text: str) -> datetime:
    """The moment of a row."""
    return datetime.fromisoformat(text)


def _of_person(statement: Select[Any], login: str) -> Select[Any]:
    them = select(Person.id).where(Person.login == login.lower())
    return statement.where(AuditRow.actor_id.in_(them))


def _on_day(statement: Select[Any], day: date) -> Select[Any]:
    begin, end = (moment.strftime(AS_TEXT) for moment in (clock.moment(day), clock.end_of(day)))
    return statement.where(AuditRow.at >= begin, AuditRow.at < end)


_NARROW: dict[str, Any] = {
    "deed": lambda statement, deed: statement.where(AuditRow.deed == deed),
    "object": lambda statement, wanted: statement.where(AuditRow.object == wanted),
    "person": _of_person,
    "day": _on_day,
}
