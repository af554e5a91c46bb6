"""Reports: the periods there are, how far each is, one as it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.oversight.queries.snapshots import is_locked
from liaison.oversight.reports import making, periods
from liaison.oversight.reports.blocks import Report, report_of
from liaison.oversight.reports.models import StoredReport
from liaison.oversight.reports.periods import ReportPeriod
from workflows.monthly import State


@dataclass(frozen=True)
class Unwritten:
    """What stands in a report that nobody drafted."""

    account: str = ""
    problems: str = ""
    next_steps: str = ""


def listed() -> Sequence[tuple[ReportPeriod, StoredReport | None]]:
    """The newest first. One statement beside the calendar."""
    rows = {row.key: row for row in db.session.scalars(select(StoredReport))}
    return [(one, rows.get(one.key)) for one in periods.listed()]


def period(key: str) -> ReportPeriod:
    """The period of this key, or NotVisible."""
    found = periods.of(key)
    if found is None:
        raise NotVisible(key)
    return found


def row_of(key: str) -> StoredReport | None:
    return db.session.scalar(select(StoredReport).where(StoredReport.key == key))


def is_finished(one: ReportPeriod) -> bool:
    """Its last month is locked: the figures stand."""
    return one.is_over and is_locked(one.last_month)


def printed(one: ReportPeriod, row: StoredReport | None) -> Report:
    """As it was finalised, else as things stand now."""
    if row is not None and row.state is State.FINAL and row.content is not None:
        return report_of(row.content)
    return making.report(one, row or Unwritten())
