"""Stored progress follows every deed and every change below it, and always equals what is computed from nothing."""

from datetime import date

import pytest

from liaison.contacts import recomputing
from liaison.contacts.actions import crediting
from liaison.contacts.actions.confirming import confirm, reject
from liaison.contacts.actions.editing import edit
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries import present
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
    assert line("li", "MOE19-F2F", NOVEMBER).waiting == (contact,)
    reject(actor_of("li"), db.session.get(Contact, contact), 1, "那天我在外地")
    assert line("li", "MOE19-F2F", NOVEMBER).waiting == ()
    assert db.session.query(Credit).count() == 0


def test_an_edited_record_moves_to_its_new_week_and_its_new_people(db, file, line, actor_of):
    row = db.session.get(Contact, file("li"))
    assert line("li", "MOE19-F2F", NOVEMBER).credited == (row.id,)
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


def is_stale(person_id):
    return progress.stale([person_id], YEAR)[0] == [person_id]


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
    recomputing.renew_stale()
    assert not is_stale(li)
    change(db, li)
    db.session.commit()
    assert is_stale(li)
    assert recomputing.renew_stale() > 0
    assert not is_stale(li)
    kept = stored(db)
    recomputing.recompute()
    assert stored(db) == kept


def test_a_week_of_training_is_taken_off(db, file, line):
    file("li")
    before = line("li", "MOE19-F2F", TERM).required
    change_absence(db, cast.person("li").id)
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


def test_renewing_what_is_current_does_nothing(file):
    file("li")
    assert recomputing.renew_stale() > 0
    assert recomputing.count_new() == recomputing.renew_stale() == 0
    file("chen")
    assert recomputing.count_new() == 1
    assert recomputing.count_new() == recomputing.renew_stale() == 0


def test_a_deed_puts_its_own_people_back_into_the_queue_in_one_statement(db, file, queries):
    contact = file("li")
    file("chen")
    recomputing.renew_stale()
    with queries() as asked:
        crediting.recount(contact)
    assert len(asked) == 1
    assert present.uncounted([cast.person("li").id, cast.person("chen").id]) == {cast.person("li").id}


def test_whoever_counts_leaves_other_years_in_the_queue(file):
    """A contact of the summer, recorded in autumn, is counted where it belongs."""
    file("li", "2026-08-20 10:00")
    li = cast.person("li").id
    crediting.renew([li], YEAR)
    assert present.uncounted([li]) == {li}
    assert recomputing.count_new() == 1
    assert present.uncounted([li]) == set()


def test_a_page_needs_no_tick(db, file):
    """What is shown is judged afresh as long as it is not stored again, and equals what is stored then."""
    file("li")
    recomputing.renew_stale()
    li = cast.person("li").id
    file("li", "2026-11-25 19:00")
    shown = present.present([li], YEAR)
    recomputing.renew_stale()
    db.session.expire_all()
    assert shown.is_current
    assert shown.lines == present.present([li], YEAR).lines == progress.lines_of([li], YEAR)
    done = {line.span.key: line.done for line in shown.lines[li] if line.rule.code == "MOE19-F2F"}
    assert (done["2026-11"], done[TERM]) == (2, 2)


def test_a_page_of_many_outdated_people_says_so(file, monkeypatch):
    monkeypatch.setattr(present, "AFRESH", 1)
    file("li")
    recomputing.renew_stale()
    both = [cast.person("li").id, cast.person("chen").id]
    file("li", "2026-11-25 19:00")
    assert present.present(both, YEAR).is_current
    file("chen", "2026-11-25 19:30")
    shown = present.present(both, YEAR)
    assert not shown.is_current
    assert set(shown.lines) == set(both)


def test_a_persons_lines_take_few_statements(file, queries):
    file("li")
    recomputing.renew_stale()
    li = cast.person("li").id
    with queries() as asked:
        progress.lines_of([li], YEAR)
    assert len(asked) <= 3, "\n".join(asked)
    with queries() as asked:
        present.present([li], YEAR)
    assert len(asked) <= 6, "\n".join(asked)
    file("li", "2026-11-25 19:00")
    with queries() as asked:
        present.present([li], YEAR)
    assert len(asked) <= 6, "\n".join(asked)
