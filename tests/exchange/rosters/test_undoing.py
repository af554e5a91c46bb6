"""撤销: everything as it was, for seven days; what something later stands on stays and is named."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, func, select

from liaison.contacts import recomputing
from liaison.core.db import Base, db
from liaison.core.errors import Conflict
from liaison.exchange.models import RosterChange, RosterImport
from liaison.exchange.rosters import undoing
from liaison.people.models import Person, Unit
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.derived import Progress, ProgressChange
from tests.exchange.rosters.books import CLASS, ROOM, TEACHER, book, everything, taken_in
from tests.factories import actor

pytestmark = pytest.mark.usefixtures("app")
KEYS = (PrimaryKeyConstraint, UniqueConstraint)
LIBRARY = {"code": "library", "name": "新图书馆", "type": "服务单位", "short_name": "馆", "can_receive_tickets": "是"}
MIXED = book(person=TEACHER, dorm=[ROOM], org_unit=LIBRARY)


def undo(key):
    found = undoing.undo(db.session.get_one(RosterImport, key), actor("director"))
    db.session.commit()
    return found


def test_an_import_taken_back_leaves_everything_as_it_was():
    before = everything()
    key = taken_in(MIXED)
    assert everything() != before
    assert undo(key).stay == []
    assert everything() == before


def test_closed_rows_open_again():
    taken_in(book(**{"class": [CLASS | {"code": f"C{n}"} for n in range(9)]}))
    before = everything()
    others = [CLASS | {"code": f"C{n}"} for n in range(8)] + [{"code": "mech-2301", "name": "机械2301班"}]
    key = taken_in(book(**{"class": [CLASS | row for row in others]}), "class")
    assert db.session.scalars(select(Unit.closed_on).filter_by(code="C8")).one() is not None
    undo(key)
    assert everything() == before


def test_what_was_changed_since_stays_and_is_named():
    key = taken_in(MIXED)
    db.session.scalars(select(Person).filter_by(staff_no="1001")).one().name = "改了名"
    db.session.commit()
    ((change, words),) = undo(key).stay
    assert (change.label, words) == ("1001 新老师", "后来又改过")
    assert db.session.scalars(select(Unit.name).filter_by(code="library")).one() == "图书馆"


def test_what_something_stands_on_stays_with_all_above_it():
    key = taken_in(MIXED)
    room = db.session.scalars(select(Unit.id).filter_by(code="ZY3-301")).one()
    db.session.add(Unit(code="bed", name="床", type="place", parent_id=room, opened_on=func.current_date()))
    db.session.commit()
    stay = {change.label: words for change, words in undo(key).stay}
    assert stay == {"ZY3 竹园3号楼": "已被下级单位用到", "ZY3-301 竹园3号楼301": "已被下级单位用到"}


def test_nothing_is_taken_back_twice():
    key = taken_in(MIXED)
    undo(key)
    with pytest.raises(Conflict):
        undo(key)


def test_after_seven_days_it_stands_and_the_record_goes(frozen):
    clock = frozen("2026-11-18 10:00")
    key = taken_in(MIXED)
    clock.on(days=7, minutes=1)
    with pytest.raises(Conflict):
        undo(key)
    db.session.rollback()
    assert undoing.forget_old() == 4
    assert db.session.scalar(select(func.count()).select_from(RosterChange)) == 0


def test_whatever_points_to_a_unit_is_found_by_an_index():
    """Else the database reads whole tables for every unit that goes: a hundred thousand rooms took hours."""
    pointing = [key.parent for one in Base.metadata.sorted_tables for key in one.foreign_keys if to_units(key)]
    found = {next(iter(index.columns)) for one in Base.metadata.sorted_tables for index in one.indexes}
    assert [str(column) for column in pointing if column not in found] == ["category.lead_unit_id"]  # a few dozen rows


def to_units(key):
    return key.column.table is Unit.__table__


SMALL = """import_batch.by_id roster_import.by_id roster_import.undone_by_id role_grant.granted_by link.liaison_id
staff_link.colleague_id special_period.declared_by_id programme_edition.made_by_id calendar_version.made_by_id
limit_version.made_by_id setting_version.made_by_id setting_version.approved_by_id setting_proposal.proposed_by_id
setting_proposal.decided_by_id catalogue_line.decided_by_id report.finalised_by_id statement.asked_by_id
statement.issued_by_id prompt_note.by_id prompt_conclusion.by_id handoff.recorded_by_id handoff.receipt_by_id
slip.left_by_id slip_grant.person_id slip_grant.granted_by_id ticket_dossier.decided_by_id remark.by_id
publication.by_id publication.ended_by_id supervision_order.proposed_by_id supervision_order.issued_by_id
supervision_order.answered_by_id supervision_order.commented_by_id supervision_order.ended_by_id
ticket_request.asked_by_id ticket_request.decided_by_id unreachable.by_id late_entry.decided_by_id
amendment.asked_by_id amendment.decided_by_id"""  # a few thousand rows in ten years


def test_whatever_points_to_a_person_in_a_large_table_is_found_by_an_index():
    """2 140 people taken back from an archive of 200 000 matters: 2 seconds each without."""
    tables = Base.metadata.sorted_tables
    pointing = [key.parent for one in tables for key in one.foreign_keys if key.column.table is Person.__table__]
    keys = [constraint for one in tables for constraint in one.constraints if isinstance(constraint, KEYS)]
    found = {next(iter(one.columns)) for one in [*keys, *(index for table in tables for index in table.indexes)]}
    assert sorted(str(column) for column in pointing if column not in found) == sorted(SMALL.split())


TEXT = st.text("甲乙丙丁", min_size=1, max_size=6)
CLASSES = st.lists(
    st.fixed_dictionaries(
        {"code": st.sampled_from(["mech-2301", "N1", "N2", "N3"]), "name": TEXT, "size": st.integers(1, 60)}
    ),
    unique_by=lambda row: row["code"],
    min_size=1,
)
STAFF = st.lists(
    st.fixed_dictionaries(
        {
            "staff_no": st.sampled_from(["li", "zhang", "77", "78"]),
            "name": TEXT,
            "standing": st.sampled_from(["在岗", "退休"]),
        }
    ),
    unique_by=lambda row: row["staff_no"],
    min_size=1,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLASSES, STAFF)
def test_whatever_comes_in_goes_out_again(classes, staff):
    before = everything()
    rows = [CLASS | row for row in classes]
    key = taken_in(book(person=[{"unit": "library", **row} for row in staff], **{"class": rows}))
    assert undo(key).stay == []
    assert everything() == before


def test_whoever_was_counted_meanwhile_goes_as_well(frozen):
    """The tick counts within a minute what somebody owes; that is made anew, and nothing stands on it."""
    frozen("2026-11-18 20:40")
    settle_programmes(all_in_force=True)
    recomputing.recompute()
    db.session.commit()
    before = everything("progress_change")
    post = {"staff_no": "1001", "unit": "mechanical", "title": "院长", "category": "中层正职", "from_on": "2026-09-01"}
    key = taken_in(book(person=TEACHER, appointment=post))
    recomputing.renew_stale()
    assert db.session.scalar(select(func.count()).select_from(Progress))
    assert undo(key).stay == []
    assert everything("progress_change") == before
    then = select(ProgressChange.is_there).order_by(ProgressChange.id.desc()).limit(1)
    assert db.session.scalar(then) is False  # on the days between he was counted
