"""补录: filed after the month was locked it waits for the director, counts where it belongs, and the frozen month
gets a 更正 (WE10, A24)."""

from datetime import date, timedelta

import pytest

from liaison.contacts import locking
from liaison.contacts.models import Contact, LateEntry
from liaison.core import clock
from liaison.core.db import add, add_one
from liaison.core.errors import BadInput
from liaison.programmes.derived import MonthSnapshot, SnapshotLine
from liaison.programmes.models import Absence
from liaison.programmes.queries import snapshots
from liaison.programmes.words import AbsenceType
from tests import cast
from workflows.contacts import State

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
LATE, LIST = "那天网络不通，事后补记", "/contacts/late"


@pytest.fixture
def locked(file, frozen):
    """October is over and frozen; its return went out."""
    time = frozen("2026-11-06 01:00")
    assert locking.freeze_locked() > 0
    time.to("2026-11-09 10:00")
    return time


@pytest.fixture
def late(db, file, locked):
    return db.session.get(Contact, file("li", "2026-10-30 19:00", late=LATE))


def decide(browser, contact, decision, **typed):
    data = {"version": str(contact.version), "decision": decision, **typed}
    return browser.send(f"/contacts/{contact.number}/late", data)


def met(line, number):
    weeks = line("li", "MOE19-F2F", "2026-10").pieces
    return next(piece for piece in weeks if piece.span.number == number).is_met


def test_a_late_record_counts_nothing_until_the_director_agrees(db, late, line, sign_in_as):
    assert not met(line, 8)
    assert decide(sign_in_as("director"), late, "approve").status_code == 303
    assert met(line, 8)
    assert db.session.get(LateEntry, late.id).is_approved


def test_we10_october_has_a_second_version_and_november_reports_it(late, line, sign_in_as, locked):
    first = snapshots.frozen(OCTOBER)
    assert (first.version, first.contacts) == (1, 0)
    decide(sign_in_as("director"), late, "approve")
    locking.freeze_locked()
    second = snapshots.frozen(OCTOBER)
    assert (second.version, second.contacts) == (2, 1)
    lock, following = clock.end_of(date(2026, 11, 5)), clock.end_of(date(2026, 12, 5))
    assert snapshots.frozen(OCTOBER, clock.moment(date(2026, 11, 9))) == first  # what was sent is as it was
    assert [(one.month, one.contacts) for one in snapshots.amendments(lock, following)] == [(OCTOBER, 1)]
    assert [one.contacts for _at, one in snapshots.corrections_of(OCTOBER, lock)] == [1]
    locked.to("2026-12-06 01:00")
    locking.freeze_locked()
    assert snapshots.frozen(NOVEMBER).version == 1
    assert snapshots.amendments(following, clock.end_of(date(2027, 1, 5))) == []


def test_corrections_are_read_at_once_however_often_a_month_was_corrected(db, locked, queries):
    """A month of two lines, corrected five times over and once back: what changed is said version by version."""
    li, lock = cast.person("li").id, clock.now()
    for version, contacts, done in ((2, 1, 1), (3, 2, 2), (4, 2, 2), (5, 3, 3), (6, 2, 2)):
        at = lock + timedelta(days=version)
        key = add_one(MonthSnapshot, {"month": OCTOBER, "version": version, "frozen_at": at, "contacts": contacts})
        add(SnapshotLine, {"snapshot_id": key, "person_id": li, "code": "MOE19-F2F", "required": 5, "done": done})
    db.session.commit()
    with queries() as asked:
        found = snapshots.corrections_of(OCTOBER, lock + timedelta(days=2))
    assert len(asked) == 2
    said = [((at - lock).days, one.contacts, one.lines) for at, one in found]
    assert said == [(3, 1, 1), (5, 1, 1), (6, -1, 1)]  # the fourth says what the third said
    with queries() as asked:
        of_time = snapshots.amendments(lock + timedelta(days=3), lock + timedelta(days=7))
    assert len(asked) == 2
    assert [(one.month, one.contacts, one.lines) for one in of_time] == [(OCTOBER, 1, 1)]
    with queries() as asked:
        assert snapshots.corrections_of(OCTOBER, lock + timedelta(days=9)) == []
    assert len(asked) == 1


def test_what_the_director_declines_counts_nothing_and_says_why(db, late, line, sign_in_as):
    browser = sign_in_as("director")
    assert decide(browser, late, "decline").status_code == 422  # a no needs its reason
    assert decide(browser, late, "decline", answer="当天的行程里没有这次走访").status_code == 303
    assert not met(line, 8)
    assert "当天的行程里没有这次走访" in sign_in_as("li").get(f"/contacts/{late.number}").text


def test_what_comes_late_says_why(db, file, locked):
    """Whoever files it, by whatever page: a form that forgot to ask stores nothing."""
    with pytest.raises(BadInput, match="请写一句原因"):
        file("li", "2026-10-30 19:00", late=" ")
    db.session.rollback()
    assert db.session.query(Contact).count() == 0


def test_it_is_decided_once(late, sign_in_as):
    browser = sign_in_as("director")
    decide(browser, late, "approve")
    assert decide(browser, late, "decline", answer="又想了想").status_code == 409
    assert decide(browser, late, "approve").status_code == 409


@pytest.mark.parametrize("login", ["li", "wang", "zhang", "liaison", "auditor", "admin"])
def test_nobody_else_finds_the_page_or_decides(late, sign_in_as, login):
    browser = sign_in_as(login)
    assert browser.get(LIST).status_code == 404
    assert decide(browser, late, "approve").status_code == 404


def test_without_a_sign_in_there_is_only_the_door(late, client):
    assert "/sign-in" in client.get(LIST).location


def test_the_director_finds_what_waits_on_the_list_of_contacts(late, sign_in_as):
    browser = sign_in_as("director")
    assert LIST in browser.get("/contacts/").text
    page = browser.get(LIST).text
    assert late.number in page
    assert LATE in page
    decide(browser, late, "approve")
    assert late.number not in browser.get(LIST).text
    assert LIST not in browser.get("/contacts/").text


def test_what_its_leader_declined_waits_for_nobody(db, late, sign_in_as):
    late.state = State.CANCELLED
    db.session.commit()
    assert late.number not in sign_in_as("director").get(LIST).text


def test_the_list_takes_few_statements(late, sign_in_as, queries):
    browser = sign_in_as("director")
    with queries() as asked:
        browser.get(LIST)
    assert len(asked) <= 5, "\n".join(asked)


def test_a_record_in_time_needs_nobodys_leave(db, file, line):
    file("li", "2026-10-30 19:00")
    assert met(line, 8)
    assert db.session.query(LateEntry).count() == 0


def test_a_locked_month_is_frozen_once_however_often_it_runs(locked):
    assert locking.freeze_locked() == 0
    assert snapshots.frozen(OCTOBER).version == 1
    assert snapshots.frozen(NOVEMBER) is None


def test_the_database_refuses_to_change_what_was_frozen(db, locked):
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(db.text("UPDATE snapshot_line SET done = 9"))
    db.session.rollback()


def test_an_absence_told_late_is_a_correction_too(db, locked):
    october = snapshots.frozen(OCTOBER)
    li = cast.person("li").id
    away = {"from_on": date(2026, 10, 12), "until_on": date(2026, 10, 18), "type": AbsenceType.BUSINESS}
    db.session.add(Absence(person_id=li, **away))
    db.session.commit()
    locking.freeze_locked()
    corrected = snapshots.frozen(OCTOBER)
    assert (corrected.version, corrected.contacts) == (2, 0)
    before, after = october.figures[li, "MOE19-F2F"], corrected.figures[li, "MOE19-F2F"]
    assert (before, after) == ((5, 0), (4, 0))
