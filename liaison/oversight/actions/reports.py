"""月报、学期报告、年度报告: drafted by the system when the figures stand, written into and finalised by the director.

The moves are those of workflows/monthly.py. Nothing here commits.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from liaison.audit.actions import append
from liaison.core.clock import now, today
from liaison.core.db import db
from liaison.core.errors import Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.core.language import said
from liaison.oversight.queries import reports as queries
from liaison.oversight.queries import snapshots
from liaison.oversight.reports.blocks import as_plain
from liaison.oversight.reports.models import StoredReport
from liaison.oversight.reports.periods import ReportPeriod
from liaison.people.actor import Actor
from liaison.people.words import Role
from workflows.engine import MoveRefused, decide
from workflows.monthly import MONTHLY, MonthlyFacts, State
from workflows.parts import Part

RECENT = timedelta(days=62)  # what ended longer ago is read, not drafted


def undrafted() -> list[ReportPeriod]:
    """Periods that ended lately, whose figures stand and are kept, and of which there is no draft."""
    ended = [one for one, row in queries.listed() if row is None and one.last >= today() - RECENT]
    return [one for one in ended if queries.is_finished(one) and snapshots.first_of(one.last_month) is not None]


def draft(period: ReportPeriod) -> bool:
    """生成, by the tick on the 6th. Twice is harmless."""
    if queries.row_of(period.key) is not None:
        return False
    state = _decided("generate", None, frozenset({Part.SYSTEM}), period)
    db.session.add(StoredReport(sort=period.sort, key=period.key, state=state, made_at=now()))
    db.session.flush()
    return True


def write(actor: Actor, period: ReportPeriod, *, version: int, **texts: str) -> None:
    """修改文字: account, problems, next_steps. Conflict where it is final, or somebody wrote meanwhile."""
    row = _open(period, version)
    row.state = _decided("edit", row.state, _parts(actor), period, paragraphs=list(texts))
    for name, text in texts.items():
        setattr(row, name, text)
    _keep(row)
    append(actor.id, "report.written", object=period.key)


def finalise(actor: Actor, period: ReportPeriod, *, version: int) -> None:
    """定稿: what it prints now is what it prints for ever."""
    row = _open(period, version)
    state = _decided("finalise", row.state, _parts(actor), period)
    row.content = as_plain(queries.printed(period, row))
    row.state, row.finalised_at, row.finalised_by_id = state, now(), actor.id
    _keep(row)
    append(actor.id, "report.finalised", object=period.key)


def _open(period: ReportPeriod, version: int) -> StoredReport:
    row = queries.row_of(period.key)
    if row is None:
        raise Conflict(_("这份报告还没有生成，月度锁定以后才有草稿。"))
    if row.version != version:
        raise _faster()
    return row


def _keep(row: StoredReport) -> None:
    try:
        db.session.flush()
    except StaleDataError:
        db.session.rollback()
        raise _faster() from None


def _faster() -> Conflict:
    return Conflict(_("刚才有人改过这份报告，请看一下再改。"))


def _parts(actor: Actor) -> frozenset[Part]:
    return frozenset({Part.DIRECTOR} if actor.has(Role.DIRECTOR) else ())


def _decided(move: str, state: State | None, parts: frozenset[Part], period: ReportPeriod, **given: Any) -> State:
    facts = MonthlyFacts(month_locked=queries.is_finished(period))
    try:
        return State(decide(MONTHLY, move, state=state, parts=parts, facts=facts, given=given))
    except MoveRefused as refused:
        if refused.kind == "part":
            raise NotAllowed(said(refused.reasons)) from None
        raise Conflict(said(refused.reasons)) from None
