"""联系工作 of a past day says what it said on that day, whatever was said differently since (figures from events).

Counted a second time from a journal that the test keeps of its own deeds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from liaison.contacts.actions import confirming, editing, planning
from liaison.contacts.actions.filing import Problem, file_contact
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries.coverage import KINDS
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.figures.scope import month
from liaison.oversight.queries.outings import outings
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.programmes.words import ContactKind
from tests.factories import actor, at, unit_id

pytestmark = pytest.mark.usefixtures("app")
PLACES = ("dorm-3", "dorm-3-301", "canteen-1", "mech-2301", None)  # the last: a place typed as text
NAMES = ("contacts", "heard", "visited", "units", "planned", "kept")


def occasion(when: Any, place: str | None, *targets: str) -> Occasion:
    words = {"place_id": unit_id(place)} if place else {"place_text": "校外"}
    given = {"leader_ids": (actor("li").id,), "target_ids": tuple(unit_id(one) for one in targets)}
    return Occasion(held_at=when, kind=ContactKind.ENTER_DORM, **words, **given)


def shown(first: str, as_of: str) -> dict[str, int]:
    """What the figures of a month say, as of the end of a day."""
    found = outings(month(date.fromisoformat(first), date.fromisoformat(as_of)))
    return {name: getattr(found, name) for name in NAMES}


# --- one deed after the day that is asked about ---------------------------------------------------


@pytest.fixture
def visit():
    """A visit of 3号楼 on 10 November, planned the day before for that day; filed for 李书记 by his liaison."""
    with clock.at(at("2026-11-09 10:00")):
        number = planning.plan(actor("liaison"), occasion(at("2026-11-10 16:00"), "dorm-3"))
    contact = db.session.scalars(db.select(Contact).filter_by(number=number)).one()
    with clock.at(at("2026-11-10 20:00")):
        planning.hold(actor("liaison"), contact, 1, occasion(at("2026-11-10 16:00"), "dorm-3"), [])
    db.session.commit()
    return contact


def moved(contact):
    editing.edit(actor("li"), contact, contact.version, occasion(at("2026-11-03 12:00"), "canteen-1"))


def moved_twice(contact):
    moved(contact)
    db.session.expire_all()
    editing.edit(actor("li"), contact, contact.version, occasion(at("2026-11-04 12:00"), None))


def rejected(contact):
    confirming.reject(actor("li"), contact, contact.version, "那天我在外地")


@pytest.mark.parametrize("deed", [moved, moved_twice, rejected])
def test_what_is_said_differently_later_leaves_the_day_alone(visit, deed, queries):
    with clock.at(at("2026-11-17 22:00")):
        before = shown("2026-11-01", "2026-11-17")
    assert before | {"units": 0} == {"contacts": 1, "heard": 0, "visited": 1, "planned": 1, "kept": 1, "units": 0}
    with clock.at(at("2026-11-18 10:00")):
        deed(visit)
        db.session.commit()
        assert shown("2026-11-01", "2026-11-18") != before
        with queries() as asked:
            assert shown("2026-11-01", "2026-11-17") == before
    assert len(asked) == 3  # for the present day two


def test_a_plan_carried_out_months_late_was_planned_all_the_same():
    with clock.at(at("2026-09-01 10:00")):
        number = planning.plan(actor("li"), occasion(at("2026-09-03 16:00"), "dorm-3"))
    contact = db.session.scalars(db.select(Contact).filter_by(number=number)).one()
    with clock.at(at("2026-11-10 20:00")):
        planning.hold(actor("li"), contact, 1, occasion(at("2026-11-10 16:00"), "dorm-3"), [])
        db.session.commit()
        for as_of in ("2026-09-30", "2026-11-10"):
            assert shown("2026-09-01", as_of)["planned"] == 1
        assert shown("2026-11-01", "2026-11-10")["planned"] == 0


def test_a_plan_for_a_place_outside_is_no_plan_for_the_unit_that_was_visited_instead():
    with clock.at(at("2026-11-09 10:00")):
        number = planning.plan(actor("li"), occasion(at("2026-11-10 16:00"), None))
    contact = db.session.scalars(db.select(Contact).filter_by(number=number)).one()
    with clock.at(at("2026-11-10 20:00")):
        planning.hold(actor("li"), contact, 1, occasion(at("2026-11-10 16:00"), "dorm-3"), [])
        db.session.commit()
        assert shown("2026-11-01", "2026-11-10")["planned"] == 0


def test_a_building_closed_later_was_open_on_the_day(visit):
    with clock.at(at("2026-11-17 22:00")):
        before = shown("2026-11-01", "2026-11-17")
    db.session.query(Unit).filter_by(code="dorm-3").update({"closed_on": date(2026, 11, 18)})
    with clock.at(at("2026-11-20 10:00")):
        assert shown("2026-11-01", "2026-11-17") == before
        assert shown("2026-11-01", "2026-11-20")["units"] == before["units"] - 1


# --- histories of chance --------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What is known of one contact since a moment."""

    at: Any
    planned: tuple[str | None, date] | None = None
    held_at: Any = None
    place: str | None = None
    targets: tuple[str, ...] = ()
    is_held: bool = False
    has_voice: bool = False


@dataclass
class Journal:
    """A contact, and all that was said of it, in order."""

    key: int
    said: list[Said] = field(default_factory=list)

    @property
    def last(self) -> Said:
        return self.said[-1]


class History:
    """Plans, visits, changes of mind and refusals, one after another; every deed is written down twice."""

    def __init__(self, seed: int) -> None:
        self.chance, self.journals = Random(seed), list[Journal]()

    def do(self, now: Any) -> None:
        deed = self.chance.choice(
            [self.plan, self.file, self.file, self.hold, self.edit, self.edit, self.reject, self.cancel]
        )
        with clock.at(now):
            deed(now)
            db.session.commit()
        db.session.expire_all()

    def plan(self, now: Any) -> None:
        when, place = now + timedelta(days=self.chance.randrange(40)), self.chance.choice(PLACES)
        number = planning.plan(actor("liaison"), occasion(when, place))
        key = db.session.scalars(db.select(Contact.id).filter_by(number=number)).one()
        self.journals.append(Journal(key, [Said(now, planned=(place, clock.local(when).date()))]))

    def file(self, now: Any) -> None:
        told, heard = self.told(now), self.chance.random() < 0.5
        problems = [Problem(text="晚上十点以后没有热水，请帮忙问问")] if heard else []
        filed = file_contact(actor("liaison"), occasion(*told), problems, "事后补记")
        self.journals.append(Journal(filed.contact_id, [self.as_held(Said(now), told, has_voice=heard)]))

    def hold(self, now: Any) -> None:
        if one := self.one(lambda said: said.planned and said.held_at is None):
            told, contact = self.told(now), self.row(one)
            planning.hold(actor("liaison"), contact, contact.version, occasion(*told), [], "事后补记")
            one.said.append(self.as_held(replace(one.last, at=now), told))

    def edit(self, now: Any) -> None:
        if one := self.one(lambda said: said.is_held):
            told, contact = self.told(now), self.row(one)
            editing.write(actor("li"), contact, contact.version, occasion(*told), self.chance.choice(["edit", "amend"]))
            one.said.append(self.as_held(replace(one.last, at=now), told))

    def reject(self, now: Any) -> None:
        if one := self.one(lambda said: said.is_held):
            contact = self.row(one)
            confirming.reject(actor("li"), contact, contact.version, "那天我在外地")
            one.said.append(replace(one.last, at=now, is_held=False))

    def cancel(self, now: Any) -> None:
        if one := self.one(lambda said: said.planned and said.held_at is None):
            contact = self.row(one)
            planning.cancel(actor("liaison"), contact, contact.version, [actor("li").id])
            one.said.append(replace(one.last, at=now, held_at=now))  # it is over

    def one(self, is_so: Any) -> Journal | None:
        found = [one for one in self.journals if is_so(one.last)]
        return self.chance.choice(found) if found else None

    def row(self, one: Journal) -> Contact:
        return db.session.get_one(Contact, one.key)

    def told(self, now: Any) -> tuple[Any, ...]:
        targets = ["mech-2301"] if self.chance.random() < 0.2 else []
        return now - timedelta(days=self.chance.randrange(25), hours=1), self.chance.choice(PLACES), *targets

    def as_held(self, said: Said, told: tuple[Any, ...], **more: Any) -> Said:
        when, place, *targets = told
        return replace(said, held_at=when, place=place, targets=tuple(targets), is_held=True, **more)


def counted(history: History, first: date, as_of: date) -> dict[str, int]:
    """The same figures by walking through the journals."""
    units = {unit.code: unit for unit in db.session.scalars(db.select(Unit))}
    codes = {unit.id: unit.code for unit in units.values()}
    last = min((first + timedelta(days=31)).replace(day=1) - timedelta(days=1), as_of)

    def home(code: str) -> str:
        return codes[units[code].parent_id] if units[code].type is UnitType.DORM_ROOM else code

    def week(code: str, on: date) -> tuple[str, date]:
        return home(code), on - timedelta(days=on.weekday())

    def day(moment: Any) -> date:
        return clock.local(moment).date()

    known = [one.said[:n][-1] for one in history.journals if (n := sum(day(said.at) <= as_of for said in one.said))]
    held = [one for one in known if one.is_held]
    here = [one for one in held if first <= day(one.held_at) <= last]
    reached = {code for one in here for code in (*one.targets, *((one.place, home(one.place)) if one.place else ()))}
    meant = {week(*one.planned) for one in known if one.planned and one.planned[0] and first <= one.planned[1] <= last}
    went = {week(one.place, day(one.held_at)) for one in held if one.place}
    return {
        "contacts": len(here),
        "heard": sum(one.has_voice for one in here),
        "visited": sum(units[code].type in KINDS for code in reached),
        "units": sum(unit.type in KINDS for unit in units.values()),
        "planned": len(meant),
        "kept": len(meant & went),
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_day_says_for_ever_what_it_said_and_what_was_so(seed):
    history, days = History(seed), SimpleNamespace(first=at("2026-10-05 10:00"), said={})
    for n in range(56):
        now = days.first + timedelta(days=n)
        for hour in range(history.chance.randrange(4)):
            history.do(now + timedelta(hours=hour))
        if n % 5 == 4:
            on = clock.local(now).date()
            with clock.at(now + timedelta(hours=12)):
                for begins in (date(2026, 10, 1), on.replace(day=1)):
                    days.said[begins, on] = shown(f"{begins}", f"{on}")
    with clock.at(at("2026-12-01 10:00")):
        later = {(begins, on): shown(f"{begins}", f"{on}") for begins, on in days.said}
    assert days.said == {asked: counted(history, *asked) for asked in days.said}
    assert later == days.said
