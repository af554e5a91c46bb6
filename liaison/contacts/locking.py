"""月度锁定, by the tick: every month whose lock has passed is kept as it stood, and what changed since as 更正."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from liaison.contacts import recomputing
from liaison.contacts.models import Contact, locks_at
from liaison.contacts.queries.meetings import NOT_AGREED
from liaison.core import clock
from liaison.core.db import db
from liaison.programmes.actions.freezing import freeze
from liaison.programmes.in_force import known
from liaison.programmes.reckoning import spans
from workflows.contacts import State


def freeze_locked() -> int:
    """Each locked month of the last and the present academic year, once everybody's lines hold. Commits by month."""
    recomputing.renew_stale()
    done = 0
    for month in _locked():
        done += freeze(month, counted(month))
        db.session.commit()
    return done


def counted(month: date) -> int:
    """How many contacts count in a month: confirmed, and agreed to where they came late."""
    these = (
        Contact.held_at >= clock.moment(month),
        Contact.held_at < clock.moment(spans.next_month(month)),
        Contact.state == State.CONFIRMED,
        Contact.id.not_in(NOT_AGREED),
    )
    return db.session.scalar(select(func.count()).select_from(Contact).where(*these)) or 0


def _locked() -> list[date]:
    years = recomputing.recent(known())
    first = known().school.year(years[0]).first
    return [one.first for one in spans.months(first, clock.today()) if clock.now() >= locks_at(clock.moment(one.first))]
