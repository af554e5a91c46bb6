"""走访空白: places and hours nobody went to, in the order of the organisation (domain.md §4.12, promise B26)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from liaison.contacts.models import Contact, ContactTarget
from liaison.contacts.queries import coverage
from liaison.core import clock
from liaison.core.db import db as extension
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.programmes.words import ContactKind, MeetingChannel
from tests import cast
from workflows.contacts import State

WEEKS = 8
OFFICE = "wang"


@pytest.fixture
def held(db, frozen):
    """held("dorm-3", 10): somebody was there so many days ago."""
    frozen("2026-11-18 20:40")

    def make(code, days, state=State.CONFIRMED, target="", hour=None):
        at = clock.now() - timedelta(days=days)
        contact = Contact(
            number=f"LJ2026-{db.session.query(Contact).count() + 1:06d}-0",
            state=state,
            held_at=clock.moment(clock.local(at).date(), clock.local(at).time().replace(hour=hour or 20)),
            filed_at=clock.now(),
            filed_by_id=cast.person("li").id,
            place_id=cast.unit(code).id,
            kind=ContactKind.ENTER_DORM,
            channel=MeetingChannel.FACE_TO_FACE,
        )
        db.session.add(contact)
        db.session.flush()
        if target:
            db.session.add(ContactTarget(contact_id=contact.id, unit_id=cast.unit(target).id))
        db.session.commit()
        return contact

    return make


def names(actor, kind):
    return [gap.name for gap in coverage.gaps(actor, kind, WEEKS, {}).rows]


def test_a_building_somebody_went_to_is_no_gap_and_after_eight_weeks_it_is_again(held, actor_of):
    office = actor_of(OFFICE)
    assert names(office, UnitType.DORM_BUILDING) == ["3号楼"]
    held("dorm-3", 57)
    assert names(office, UnitType.DORM_BUILDING) == ["3号楼"]
    held("dorm-3", 55)
    assert names(office, UnitType.DORM_BUILDING) == []


def test_a_visit_to_a_room_is_a_visit_to_its_building(held, actor_of):
    held("dorm-3-402", 3)
    assert names(actor_of(OFFICE), UnitType.DORM_BUILDING) == []


def test_a_class_met_elsewhere_was_met(held, actor_of):
    held("canteen-1", 3, target="mech-2301")
    assert names(actor_of(OFFICE), UnitType.CLASS) == ["示例2201班"]
    assert names(actor_of(OFFICE), UnitType.CANTEEN) == []


@pytest.mark.parametrize("state", [State.PLANNED, State.CANCELLED])
def test_a_plan_or_a_refused_record_fills_no_gap(held, actor_of, state):
    held("dorm-3", 3, state)
    assert names(actor_of(OFFICE), UnitType.DORM_BUILDING) == ["3号楼"]


def test_the_last_visit_stands_beside_a_gap(held, actor_of):
    before = held("dorm-3-402", 90)
    (gap,) = coverage.gaps(actor_of(OFFICE), UnitType.DORM_BUILDING, WEEKS, {}).rows
    assert (gap.within, gap.last_at) == ("后勤保障处", before.held_at)


@pytest.mark.parametrize(
    ("who", "classes", "canteens"),
    [
        (OFFICE, ["示例2201班", "机械2301班"], ["一食堂"]),
        ("auditor", ["示例2201班", "机械2301班"], ["一食堂"]),
        ("li", ["机械2301班"], []),  # his links
        ("chen", [], ["一食堂"]),  # a link, and below the unit he is in charge of
        ("liaison", ["机械2301班"], []),  # those of the leader he acts for
        ("mechanical-head", ["机械2301班"], []),  # below his college
    ],
)
def test_everybody_sees_the_gaps_of_his_own_places(held, actor_of, who, classes, canteens):
    actor = actor_of(who)
    assert (names(actor, UnitType.CLASS), names(actor, UnitType.CANTEEN)) == (classes, canteens)


def test_the_numbers_beside_the_kinds_agree_with_counting_one_by_one(held, actor_of):
    held("dorm-3-301", 3)
    held("mech-2301", 70)
    office, today = actor_of(OFFICE), clock.today()
    for one in coverage.covered(office, WEEKS):
        units = extension.session.scalars(select(Unit).where(Unit.type == one.kind)).all()
        alive = [unit for unit in units if unit.opened_on <= today]
        assert (one.all, one.all - one.visited) == (len(alive), len(names(office, one.kind)))


def test_each_college_is_counted_by_itself_and_opens_into_its_own_gaps(held, sign_in_as, actor_of):
    held("mech-2301", 3)
    (classes,) = (one for one in coverage.covered(actor_of(OFFICE), WEEKS) if one.kind is UnitType.CLASS)
    counted = {part.name: (part.visited, part.all) for part in classes.parts}
    assert counted == {"示例处": (0, 1), "机械学院": (1, 1)}
    browser = sign_in_as(OFFICE)
    for part in classes.parts:
        page = browser.get(f"/contacts/gaps?kind=class&within={part.id}")
        assert ("示例2201班" in page.text) is (part.visited < part.all)
        assert f"within={part.id}" in page.text  # the other colleges stay in reach
    assert len(classes.parts) == 2


def test_hours_are_those_of_the_chinese_day(held):
    held("dorm-3", 0, hour=12)  # a Wednesday
    seen = coverage.hours(WEEKS)
    assert seen[2] == [False, True, False, False]
    assert sum(map(any, seen)) == 1


def test_the_page_offers_a_plan_to_those_who_visit_and_names_nobody(held, sign_in_as, queries):
    held("canteen-1", 70)
    page = sign_in_as("chen").get("/contacts/gaps?kind=canteen")
    assert "一食堂" in page.text
    assert f"/contacts/plan?place={cast.unit('canteen-1').id}" in page.text
    browser = sign_in_as(OFFICE)
    browser.get("/contacts/gaps")
    with queries() as asked:
        page = browser.get("/contacts/gaps?kind=dorm_building")
    assert len(asked) <= 6
    assert "/contacts/plan" not in page.text
    assert ">上午</th>" in page.text
    assert not [row[1] for row in cast.PEOPLE if row[1] in page.text.split("<main")[1]]


@pytest.mark.parametrize("who", ["sun", "admin", "security"])
def test_who_visits_nothing_has_no_such_page(sign_in_as, who):
    assert sign_in_as(who).get("/contacts/gaps").status_code == 404


def test_a_visitor_is_sent_to_the_sign_in(client):
    assert "/sign-in" in client.get("/contacts/gaps").location


@pytest.mark.parametrize(
    "nonsense", ["kind=x", "after=~", "before=9~9~x", "after=1~2~3&kind=club", "within=x", "kind=class&within=0"]
)
def test_nonsense_in_the_address_shows_the_first_page(held, sign_in_as, nonsense):
    assert sign_in_as(OFFICE).get(f"/contacts/gaps?{nonsense}").status_code == 200
