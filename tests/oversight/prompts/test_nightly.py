"""The night: asks once, alone first, forgets what was corrected, and lets go after the term (domain.md §6.3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from liaison import tick
from liaison.calendars.models import Term
from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.notifications.models import Notice
from liaison.oversight.prompts import actions, keeping, nightly, queries, searching
from liaison.oversight.prompts.models import Prompt, PromptConclusion, PromptNote, PromptTally
from liaison.oversight.prompts.words import Conclusion, PromptKind
from tests.factories import actor, make_ticket
from workflows.ticket_states import State

NOTE = "外出实习带队，集中补录"
NIGHT = 25  # statements


def notices(db):
    about = db.select(db.cast(Prompt.id, db.String)).where(Prompt.kind != PromptKind.BATCH)
    wanted = db.select(Notice.recipient_id, Notice.path).where(Notice.text_key == "prompt.asked")
    return [tuple(row) for row in db.session.execute(wanted.where(Notice.about.not_in(about)))]


def only(db):
    return db.session.scalars(db.select(Prompt).filter_by(kind=PromptKind.BATCH).order_by(Prompt.id)).first()


@pytest.fixture
def put(db, batch, asked, frozen):
    """The question of scenario A25 is put to 张处长 (with I6, whether a liaison could help); the clock."""
    time = frozen("2026-11-30 09:00")
    batch("zhang", time)
    time.to("2026-12-01 01:00")
    assert asked("I1") == [(actor("zhang").id, None)]
    return time


def test_eight_contacts_of_three_weeks_in_one_hour_are_one_question(db, put):
    prompt = only(db)
    assert (prompt.part, prompt.whole, prompt.term) == (8, 8, "2026-2027-1")
    assert prompt.private_until == clock.end_of(clock.local(clock.moment(clock.today())).date().replace(day=8))
    assert len(queries.numbers(prompt.id)) == 8
    assert notices(db) == [(actor("zhang").id, f"/prompts/{prompt.id}")]


def test_a_second_night_and_a_second_run_ask_nothing_more(db, put, asked):
    for hours in (0, 24, 24 * 6):
        put.on(hours=hours)
        assert len(asked("I1")) == 1
    assert len(notices(db)) == 1


def test_two_batches_of_one_night_are_one_question_that_says_how_large_one_was(db, batch, asked, frozen):
    time = frozen("2026-11-30 09:00")
    numbers = batch("zhang", time)
    time.on(hours=3)
    numbers += batch("zhang", time)
    assert asked("I1") == [(actor("zhang").id, None)]
    prompt = only(db)
    assert (prompt.part, len(queries.numbers(prompt.id)), len(numbers)) == (8, 16, 16)


def test_it_is_done_once_a_day_and_not_before_one_o_clock(db, batch, frozen):
    time = frozen("2026-11-30 09:00")
    batch("zhang", time)
    db.session.commit()
    for when, count in (("2026-12-01 00:59", 0), ("2026-12-01 01:00", 2), ("2026-12-01 23:00", 0)):
        time.to(when)
        assert nightly.ask_tonight() == count
    assert "核实提示" in [job.name for job in tick.JOBS]


def test_what_a_night_asks_of_the_database_does_not_grow(db, batch, contact, frozen, queries):
    """So many statements whatever there is; nothing is written where nothing is new."""
    time = frozen("2026-11-30 09:00")
    batch("zhang", time)
    for state in (State.CLOSED, State.IN_PROGRESS):
        make_ticket(state)
    time.to("2026-12-01 01:00")
    db.session.commit()
    nightly.ask()
    with queries() as few:
        nightly.ask()
    for day in range(1, 20):
        contact("liu", f"2026-11-{day:02} 15:00")
        make_ticket(State.CLOSED)
    db.session.commit()
    nightly.ask()
    with queries() as many:
        nightly.ask()
    assert (len(few), len(many)) == (NIGHT, NIGHT)


def test_whoever_is_asked_sees_it_alone_for_five_working_days(db, put):
    zhang, director, auditor = actor("zhang"), actor("director"), actor("auditor")
    assert {row.who for row in queries.mine(zhang, {}).rows} == {"张处长"}
    actions.explain(queries.load(zhang, only(db).id), NOTE, actor=zhang)
    for when, is_there in (("2026-12-08 23:59", False), ("2026-12-09 00:00", True)):
        put.to(when)
        waiting = queries.for_office(director, {}, concluded=False).rows
        assert [row.note for row in waiting if row.kind is PromptKind.BATCH] == [NOTE] * is_there
    assert not queries.mine(director, {}).rows
    assert not queries.mine(auditor, {}).rows + queries.for_office(auditor, {}, concluded=False).rows
    actions.conclude(queries.load(director, only(db).id), Conclusion.NORMAL, actor=director)
    assert queries.load(zhang, only(db).id).result is Conclusion.NORMAL


def test_what_is_corrected_in_time_leaves_no_trace(db, put, asked):
    """They are given their right days: one, shortly before they were filed."""
    actions.explain(queries.load(actor("zhang"), only(db).id), NOTE, actor=actor("zhang"))
    db.session.execute(db.update(Contact).values(held_at=clock.now() - timedelta(days=6)))
    put.on(days=1)
    assert asked("I1") == []
    assert not db.session.scalars(db.select(PromptNote)).all()
    assert not db.session.scalars(db.select(Prompt)).all()
    assert notices(db) == []
    assert queries.base_rate(PromptKind.BATCH, "2026-2027-1") == (0, 1)


def test_what_is_corrected_later_stays_for_the_director(db, put, asked):
    put.to("2026-12-09 01:00")
    db.session.execute(db.update(Contact).values(held_at=clock.now() - timedelta(days=20)))
    assert len(asked("I1")) == 1


def test_it_is_not_forgotten_because_it_grew_old(db, put):
    """Whoever is on holiday stays alone with it until he is back; by then its records lie too far back to be found."""
    night = searching.night_of(clock.today())
    kept = next(one for one in keeping.all_kept() if one.kind is PromptKind.BATCH)
    on_holiday = replace(kept, private_until=clock.now() + timedelta(days=90))
    assert nightly.is_corrected(on_holiday, [], night)
    put.on(days=22)
    assert not nightly.is_corrected(on_holiday, [], night)


def test_new_records_are_asked_about_after_two_weeks(db, put, asked, batch):
    put.to("2026-12-02 09:00")
    batch("zhang", put)
    put.to("2026-12-03 01:00")
    assert len(asked("I1")) == 1
    put.to("2026-12-15 01:00")
    assert len(asked("I1")) == 2


def test_concluded_ones_vanish_after_the_term_and_their_number_stays(db, put, asked):
    director, key = actor("director"), only(db).id
    put.to("2026-12-09 09:00")
    actions.conclude(queries.load(director, key), Conclusion.IN_PERSON, actor=director)
    put.to("2027-02-28 01:00")
    assert asked("I1")
    put.to("2027-03-01 01:00")  # no third term is known: its days belong to the one before
    assert asked("I1")
    next_term(db)
    assert not asked("I1")
    tally = db.session.get_one(PromptTally, ("2026-2027-1", PromptKind.BATCH))
    assert (tally.normal, tally.corrected, tally.in_person) == (0, 0, 1)
    assert not db.session.scalars(db.select(PromptConclusion)).all()
    assert notices(db) == []


def test_what_nobody_has_concluded_waits(db, put, asked):
    put.to("2027-03-01 01:00")
    next_term(db)
    assert asked("I1")


@pytest.mark.parametrize("column", ["part = 9", "person_id = 1", "private_until = asked_at"])
def test_the_database_refuses_to_change_what_was_found(db, put, column):
    db.session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.text(f"UPDATE prompt SET {column}"))
    db.session.rollback()


def next_term(db):
    days = {"first_monday": date(2027, 3, 1), "last_day": date(2027, 7, 9)}
    db.session.add(Term(name="第二学期", academic_year="2026-2027", term_no=2, **days))
    db.session.commit()
