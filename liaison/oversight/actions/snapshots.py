"""月度锁定 of the figures, by the tick: each finished month once, and what changed of earlier ones. Commits nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liaison.calendars import in_force
from liaison.core.clock import now
from liaison.core.db import add
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.figure import Figure
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.scope import month as month_of
from liaison.oversight.queries import snapshots
from liaison.oversight.reports.models import FigureSnapshot
from liaison.oversight.reports.settled import SETTLED, corrections
from liaison.oversight.reports.stored import Plain, catalogue_mark, plain


def take(month: date) -> bool:
    """Keep a locked month as of its last day, and the months of the year before it where they changed.

    Returns whether there was anything to keep; pressed twice there is not.
    """
    if snapshots.first_of(month) is not None:
        return False
    as_of = month_of(month, month).last
    _keep(month, 1, as_of, _figures(month_of(month, as_of), CATALOGUE))
    for row in snapshots.newest(before=month, since=month.replace(year=month.year - 1)):
        present = _figures(month_of(row.month, as_of), SETTLED)
        if corrections(row.month, row.figures, present):
            _keep(row.month, row.version + 1, as_of, present)
    return True


def _figures(scope: Scope, wanted: Sequence[Figure]) -> dict[str, Plain]:
    return plain(computing.computed(computing.world(scope), wanted))


def _keep(month: date, version: int, as_of: date, figures: dict[str, Plain]) -> None:
    counted_by = {"catalogue": catalogue_mark(), "rules": in_force.rules().label}
    kept = {"month": month, "version": version, "as_of": as_of, "taken_at": now(), "figures": figures}
    add(FigureSnapshot, kept | counted_by)
