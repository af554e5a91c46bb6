"""Reports: the periods there are, how far each is, one as it prints."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from liaison.core import paging
from liaison.core.db import db, run
from liaison.core.errors import NotVisible
from liaison.core.paging import Page
from liaison.oversight.queries.snapshots import is_locked
from liaison.oversight.reports import making, periods
from liaison.oversight.reports.blocks import Report, report_of
from liaison.oversight.reports.changed import corrected_since
from liaison.oversight.reports.models import StoredReport
from liaison.oversight.reports.periods import ReportPeriod
from workflows.monthly import State


@dataclass(frozen=True)
class Unwritten:
    """What stands in a report that nobody drafted."""

    account: str = ""
    problems: str = ""
    next_steps: str = ""


STANDING = select(*(getattr(StoredReport, name) for name in ("id", "sort", "key", "state", "finalised_at")))


def listed() -> Sequence[tuple[ReportPeriod, Any]]:
    """Those of the last two years with state and finalised_at, or None: the newest first. One statement."""
    shown = periods.listed()
    rows = {row.key: row for row in run(STANDING.where(StoredReport.key.in_([one.key for one in shown])))}
    return [(one, rows.get(one.key)) for one in shown]


def older(asked: Mapping[str, str]) -> Page:
    """What was drafted or finalised of the periods before those, the last drafted first."""
    shown = [one.key for one in periods.listed()]
    rows = STANDING.where(StoredReport.key.not_in(shown))
    return paging.page(rows, [StoredReport.id], asked, is_descending=True)


def with_periods(rows: Sequence[Any]) -> Sequence[tuple[ReportPeriod | None, Any]]:
    """Each with its period; none where it is a draft and the calendar knows its term no longer."""
    found = {row.key: periods.of(row.key) for row in rows}
    found |= _as_finalised([key for key, known in found.items() if known is None])
    return [(found[row.key], row) for row in rows]


def period(key: str) -> ReportPeriod:
    """The period of this key however long ago, or NotVisible."""
    found = periods.of(key) or _as_finalised([key]).get(key)
    if found is None:
        raise NotVisible(key)
    return found


def _as_finalised(keys: Collection[str]) -> dict[str, ReportPeriod]:
    """The periods of final reports as they were printed, whatever became of the calendar since."""
    columns = (StoredReport.sort, StoredReport.key, StoredReport.content)
    wanted = select(*columns).where(StoredReport.key.in_(keys), StoredReport.state == State.FINAL)
    return {row.key: periods.as_printed(row.sort, row.content) for row in (run(wanted) if keys else ())}


def row_of(key: str) -> StoredReport | None:
    return db.session.scalar(select(StoredReport).where(StoredReport.key == key))


def is_finished(one: ReportPeriod) -> bool:
    """Its last month is locked: the figures stand."""
    return one.is_over and is_locked(one.last_month)


def printed(one: ReportPeriod, row: StoredReport | None) -> Report:
    """As it was finalised, with a line on what was corrected since; else as things stand now."""
    if row is not None and row.state is State.FINAL and row.content is not None and row.finalised_at is not None:
        return replace(report_of(row.content), corrected=corrected_since(one, row.finalised_at))
    return making.report(one, row or Unwritten())
