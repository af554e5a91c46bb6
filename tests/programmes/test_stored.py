"""Stored progress follows every deed and every change below it, and always equals what is computed from nothing."""

from datetime import date

import pytest

from liaison.contacts import recomputing
from liaison.contacts.actions import crediting
from liaison.contacts.actions.confirming import confirm, reject
from liaison.contacts.actions.editing import edit
from liaison.contacts.actions.filing import Occasion
from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.people.models import Link, Post
from liaison.people.words import PostCategory
from liaison.programmes.derived import Credit, Progress
from liaison.programmes.models import Absence, SpecialPeriod
from liaison.programmes.queries import progress
from liaison.programmes.words import AbsenceType, ContactKind, MeetingChannel, Status
from tests import cast
from tests.programmes.school import TERM, YEAR

NOVEMBER = "2026-11"


def stored(db):
    db.session.expire_all()
    credits_ = sorted(
        (c.contact_id, c.person_id, c.requirement_id, c.period_key, c.quantity) for c in db.session.query(Credit)
    )
    lines = {
        (p.person_id, p.code, p.period_key): (p.required, p.done, p.waiting, p.pieces, p.voluntary, p.short)
        for p in db.session.query(Progress)
    }
    return credits_, lines


def test_a1_an_evening_in_the_dormitory_meets_week_11(file, line):
    contact = file("li")
    weekly = line("li", "MOE19-F2F", NOVEMBER)
    assert [(piece.span.number, piece.is_met) for piece in weekly.pieces] == [
        (9, False),
        (10, False),
        (11, True),
        (12, False),
    ]
    assert weekly.credited == line("li", "FJ21-7-F2F", NOVEMBER).credited == (contact,)


def test_we12_a_reception_over_midnight_belongs_to_the_day_it_began(file, line):
    file("li", "2026-11-22 23:30", kind=ContactKind.RECEPTION_DAY, minutes=60)
    assert [piece.span.number for piece in line("li", "MOE19-F2F", NOVEMBER).pieces if piece.is_met] == [11]


def test_a_liaisons_record_waits_outside_the_figure_until_its_leader_says_yes(db, file, line, actor_of):
    contact = file("li", filer="liaison")
    weekly = line("li", "MOE19-F2F", NOVEMBER)
    assert (weekly.done, weekly.credited, weekly.waiting) == (0, (), (contact,))
    confirm(actor_of("li"), db.session.get(Contact, contact), 1)
    weekly = line("li", "MOE19-F2F", NOVEMBER)
    assert (weekly.done, weekly.credited, weekly.waiting) == (1, (contact,), ())


def test_what_its_leader_declines_counts_nothing(db, file, line, actor_of):
    contact = file("li", filer="liaison")
    reject(actor_of("li"), db.session.get(Contact, contact), 1, "那天我在外地")
    assert line("li", "MOE19-F2F", NOVEMBER).waiting == ()
    assert db.session.query(Credit).count() == 0


def test_an_edited_record_moves_to_its_new_week_and_its_new_people(db, file, line, actor_of):
    row = db.session.get(Contact, file("li"))
    there = Occasion(
        held_at=clock.moment(date(2026, 11, 11)),
        kind=ContactKind.ENTER_DORM,
        leader_ids=(cast.person("chen").id,),
        place_id=row.place_id,
    )
    edit(actor_of("li"), row, 1, there)
    assert line("li", "MOE19-F2F", NOVEMBER).credited == ()
    chens = line("chen", "MOE19-F2F", NOVEMBER)
    assert chens.waiting == (row.id,)  # who was added confirms for himself
    assert chens.done == 0


def change_absence(db, li):
    db.session.add(
        Absence(person_id=li, from_on=date(2026, 11, 2), until_on=date(2026, 11, 8), type=AbsenceType.TRAINING)
    )


def change_post(db, li):
    db.session.query(Post).filter_by(person_id=li).one().until_on = date(2026, 11, 15)


def change_special(db, li):
    on = {"from_on": date(2026, 11, 2), "until_on": date(2026, 11, 8), "reason": "台风", "declared_at": clock.now()}
    db.session.add(SpecialPeriod(declared_by_id=li, **on))


def change_link(db, li):
    db.session.add(Link(person_id=li, unit_id=cast.unit("canteen-1").id, from_on=date(2026, 9, 1)))


@pytest.mark.parametrize("change", [change_absence, change_post, change_special, change_link])
def test_a_change_below_is_noticed_at_once_and_renewed_by_the_tick(db, file, change):
    file("li")
    li = cast.person("li").id
    assert progress.is_current([li], YEAR)
    change(db, li)
    db.session.commit()
    assert not progress.is_current([li], YEAR)
    assert recomputing.renew_stale() > 0
    assert progress.is_current([li], YEAR)
    kept = stored(db)
    recomputing.recompute()
    assert stored(db) == kept


def test_a_week_of_training_is_taken_off(db, file, line):
    file("li")
    before = line("li", "MOE19-F2F", TERM).required
    change_absence(db, cast.person("li").id)
    recomputing.renew_stale()
    assert line("li", "MOE19-F2F", TERM).required == before - 1


def test_a_new_rule_and_a_new_office_count_from_their_day(db, file, line):
    file("zhang")
    assert line("zhang", "MOE19-F2F", TERM) is None
    post = Post(person_id=cast.person("zhang").id, unit_id=cast.unit("university").id, title="副校长")
    post.category, post.from_on = PostCategory.VICE_LEADER, date(2026, 11, 16)
    db.session.add(post)
    db.session.commit()
    recomputing.renew_stale()
    weekly = line("zhang", "MOE19-F2F", TERM)
    assert (weekly.required, weekly.done) == (10, 1)  # weeks 11 to 20


def test_everything_from_nothing_is_what_was_kept_deed_by_deed(db, file, actor_of):
    for n, at in enumerate(["2026-09-09 12:00", "2026-10-14 19:00", "2026-11-04 09:00", "2026-11-18 20:40"]):
        file("li", at, minutes=60 * n + 30)
        file("chen", at, place="canteen-1", kind=ContactKind.ENTER_CANTEEN)
    file("li", "2026-11-18 21:40", kind=ContactKind.ENTER_ONLINE, channel=MeetingChannel.ONLINE)
    recomputing.renew_stale()
    kept = stored(db)
    recomputing.recompute()
    assert stored(db) == kept
    assert kept[0]


def test_a_stored_line_is_the_line_that_was_judged(db, file, line):
    file("li")
    lecture = line("li", "FJ21-7-LEC-P", TERM)
    assert lecture.codes == ("FJ21-7-LEC-P", "FJ21-7-LEC-O")
    assert (lecture.required, lecture.done) == (2, 0)
    assert lecture.status(date(2026, 11, 18)) is Status.UNDER_WAY
    assert lecture.status(date(2027, 1, 10)) is Status.ATTENTION
    assert lecture.status(date(2027, 1, 25)) is Status.UNMET


def test_renewing_what_is_current_does_nothing(db, file, queries):
    file("li")
    recomputing.renew_stale()
    assert recomputing.renew_stale() == 0


def test_one_contacts_change_takes_a_dozen_statements(db, file, queries):
    contact = file("li")
    with queries() as asked:
        crediting.follow([contact])
    assert len(asked) <= 9, "\n".join(asked)


def test_a_persons_lines_take_four_statements(db, file, queries):
    file("li")
    li = cast.person("li").id
    with queries() as asked:
        progress.lines_of([li], YEAR)
    assert len(asked) <= 3, "\n".join(asked)
    with queries() as asked:
        assert progress.is_current([li], YEAR)
    assert len(asked) <= 3, "\n".join(asked)
