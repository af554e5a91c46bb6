"""月度锁定 of the figures: a finished month is kept as it stood; what changes in it later prints as 更正."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError

from liaison import tick
from liaison.oversight.actions import snapshots
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.scope import Scope
from liaison.oversight.queries import snapshots as queries
from liaison.oversight.reports.models import FigureSnapshot
from liaison.oversight.reports.stored import plain
from tests.factories import at, go, make_ticket
from workflows.ticket_states import State

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def october(db, frozen):
    """Two matters of October; then the 6th of November has begun."""
    time = frozen("2026-10-12 10:00")
    make_ticket(State.FEEDBACK_GIVEN)
    make_ticket(State.IN_PROGRESS)
    db.session.commit()
    time.to("2026-11-06 00:01")
    return time


def lock(db):
    done = [snapshots.take(month) for month in queries.unlocked()]
    db.session.commit()
    return done


def test_a_month_is_kept_when_its_lock_has_passed_and_only_once(db, october):
    october.to("2026-11-05 23:59")
    assert lock(db) == []
    october.to("2026-11-06 00:01")
    assert (lock(db), lock(db)) == ([True], [])
    assert snapshots.take(OCTOBER) is False
    kept = queries.first_of(OCTOBER)
    assert (kept.as_of, kept.version) == (date(2026, 10, 31), 1)
    assert kept.figures["tickets.cohort"]["numerator"] == 2


def test_what_is_kept_is_every_figure_as_it_is_counted_again_for_that_day(db, october):
    lock(db)
    october.to("2027-03-01 09:00")
    again = computing.computed(computing.world(Scope(OCTOBER, date(2026, 10, 31), date(2026, 10, 31))), CATALOGUE)
    assert queries.first_of(OCTOBER).figures == plain(again)


def test_the_tick_keeps_it(db, october):
    done = {one.name: one for one in tick.run()}
    assert (done["数据快照"].count, done["数据快照"].failure) == (1, "")


def test_what_was_filed_late_is_a_correction_and_what_got_further_is_none(db, october):
    lock(db)
    october.to("2026-11-10 09:00")
    make_ticket(State.SUBMITTED, raised_at=at("2026-10-29 20:00"))
    go(make_ticket(State.FEEDBACK_GIVEN), "close")
    db.session.commit()
    october.to("2026-12-06 00:01")
    lock(db)
    said = [one.words for one in queries.corrected([date(2026, 11, 30)])]
    assert said == [
        "10月更正：诉求件次 +1（2 → 3）",
        "10月更正：事项总数 +1（2 → 3）",
        "10月更正：受理事项 +1（2 → 3）",
    ]
    assert queries.first_of(OCTOBER).figures["voices.cohort"]["numerator"] == 2  # what was sent is as it was


def test_a_correction_is_printed_once(db, october):
    lock(db)
    make_ticket(State.SUBMITTED, raised_at=at("2026-10-29 20:00"))
    db.session.commit()
    october.to("2027-01-06 00:01")  # two locks have passed meanwhile
    assert lock(db) == [True, True]
    assert len(queries.corrected([date(2026, 11, 30)])) == 3
    assert queries.corrected([date(2026, 12, 31)]) == []


def test_nothing_is_written_over(db, october):
    lock(db)
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.update(FigureSnapshot).values(version=9))
    db.session.rollback()


def test_without_a_single_matter_there_is_nothing_to_keep(db, frozen):
    frozen("2026-11-06 00:01")
    assert queries.unlocked() == []
