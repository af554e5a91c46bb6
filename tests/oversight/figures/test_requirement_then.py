"""条目完成 on days gone by: whatever is filed late, corrected, declined or exempted afterwards, they stay as shown."""

from datetime import date, timedelta
from random import Random

import pytest

from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.actions.confirming import confirm, reject
from liaison.contacts.actions.editing import edit
from liaison.contacts.actions.filing import file_contact
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries.present import present
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.scope import month
from liaison.people.models import Person, Post
from liaison.people.words import PostCategory
from liaison.programmes.derived import ProgressChange
from liaison.programmes.models import Absence
from liaison.programmes.words import AbsenceType, ContactKind
from tests.factories import actor, unit_id
from tests.safety.rounds import rounds
from workflows.contacts import State

BEGIN = date(2026, 11, 2)
KINDS = (ContactKind.ENTER_DORM, ContactKind.ENTER_ONLINE, ContactKind.RECEPTION_DAY)


@pytest.fixture
def november(fujian, frozen):
    term = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    db.session.add(Term(name="第一学期", academic_year="2026-2027", term_no=1, teaching_weeks=18, exam_weeks=2, **term))
    db.session.commit()
    return frozen("2026-11-02 20:00")


def counted(day):
    found = figure("requirement").count(computing.world(month(BEGIN, day)))
    return found.numerator, found.denominator, found.parts["exempt"]


def judged():
    """A second time, by judging everybody afresh."""
    people = list(db.session.scalars(db.select(Person.id)))
    every = [one for mine in present(people, "2026-2027").lines.values() for one in mine if one.span.key == "2026-11"]
    owed = [one for one in every if one.required is not None]
    return sum(min(one.done, one.required) for one in owed), sum(one.required for one in owed), len(every) - len(owed)


class Days:
    """One deed a day, as chance will have it."""

    def __init__(self, chance):
        self.chance = chance

    def deed(self):
        corrections = [self.by_liaison, self.answer, self.move, self.away, self.appoint]
        self.chance.choice([self.file, self.file, self.file_late, *corrections])()
        db.session.commit()

    def file(self, by=None, on=None, note=""):
        who = self.chance.choice(["li", "chen"]) if by is None else "li"
        day = on or clock.today()
        there = Occasion(
            held_at=clock.moment(day) + timedelta(hours=15),
            kind=self.chance.choice(KINDS),
            leader_ids=(actor(who).id,),
            place_id=unit_id("dorm-3"),
        )
        file_contact(actor(by or who), there, [], note)

    def file_late(self):
        self.file(on=max(BEGIN, clock.today() - timedelta(days=self.chance.choice([2, 5, 9]))), note="事后补记")

    def by_liaison(self):
        self.file(by="liaison")

    def answer(self):
        """He says yes or no to one that waits for him."""
        waiting = db.session.scalars(db.select(Contact).where(Contact.state == State.TO_CONFIRM)).all()
        if waiting and self.chance.random() < 0.7:
            confirm(actor("li"), waiting[0], waiting[0].version)
        elif waiting:
            reject(actor("li"), waiting[0], waiting[0].version, "那天我在外地")

    def move(self):
        """To another day: a correction."""
        held = db.session.scalars(db.select(Contact).order_by(Contact.id)).all()
        if held:
            one = self.chance.choice(held)
            day = BEGIN + timedelta(days=self.chance.randrange((clock.today() - BEGIN).days + 1))
            by = db.session.get_one(Person, one.filed_by_id).login
            leader = actor("li" if by == "liaison" else by).id
            place = one.place_id
            there = Occasion(held_at=clock.moment(day), kind=one.kind, leader_ids=(leader,), place_id=place)
            edit(actor(by), one, one.version, there)

    def away(self):
        day = BEGIN + timedelta(days=7 * self.chance.randrange(4))
        who = actor(self.chance.choice(["li", "chen"])).id
        days = {"from_on": day, "until_on": day + timedelta(days=6)}
        db.session.add(Absence(person_id=who, type=AbsenceType.TRAINING, **days))

    def appoint(self):
        """Somebody becomes a leader; the next time it was a mistake, and his lines go."""
        mistaken = db.session.scalar(db.select(Post).filter_by(person_id=actor("sun").id, title="副校长"))
        if mistaken:
            mistaken.from_on = date(2027, 9, 1)
            mistaken.title = "副校长（2027年）"
            return
        given = {"unit_id": unit_id("logistics"), "category": PostCategory.VICE_LEADER, "from_on": BEGIN}
        db.session.add(Post(person_id=actor("sun").id, title="副校长", **given))


@pytest.mark.parametrize("seed", rounds(1))
def test_every_day_of_the_month_is_counted_again_as_it_was_shown(november, seed):
    days, shown = Days(Random(seed)), {}
    recomputing.recompute()
    for _day in range(28):
        days.deed()
        recomputing.renew_stale()
        shown[clock.today()] = counted(clock.today())
        assert shown[clock.today()] == judged()
        november.on(days=1)
    recomputing.recompute()
    db.session.commit()
    assert {day: counted(day) for day in shown} == shown
    assert len(set(shown.values())) > 4, shown


def test_before_anything_was_written_down_nothing_is_said(november):
    recomputing.recompute()
    assert counted(BEGIN - timedelta(days=1)) == (0, 0, 0)
    assert counted(BEGIN)[1] > 0


def test_a_line_is_written_down_once_and_not_at_every_count(november):
    """Only where its count is another one: nights on which nothing happens add no rows."""
    recomputing.recompute()
    before = db.session.scalar(db.select(db.func.count(ProgressChange.id)))
    november.on(days=1)
    recomputing.renew_stale()
    assert db.session.scalar(db.select(db.func.count(ProgressChange.id))) == before
    Days(Random(1)).file()
    db.session.commit()
    recomputing.renew_stale()
    assert db.session.scalar(db.select(db.func.count(ProgressChange.id))) > before
