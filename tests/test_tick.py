"""`flask tick`: twice at once, late, with a job that fails, and from a thread of the server."""

import time as real
from datetime import timedelta

import pytest

from liaison import tick
from liaison.core import leases
from liaison.core.clock import now
from liaison.core.db import db as database
from liaison.core.submissions import Submission, remember
from liaison.people.models import SignIn
from liaison.tickets.actions import sampling
from liaison.tickets.models import Ticket, Voice
from tests.cast import person
from tests.factories import make_ticket
from workflows.ticket_states import State


@pytest.fixture
def jobs(monkeypatch):
    def put(*them):
        monkeypatch.setattr(tick, "JOBS", list(them))

    return put


def test_what_is_over_is_closed_once_however_often_it_runs(db, frozen, monkeypatch):
    monkeypatch.setattr(sampling, "key_of", lambda *_asked: 0.99)
    time = frozen("2026-11-10 09:00")
    ticket = make_ticket(State.FEEDBACK_GIVEN).number
    time.on(days=30)
    first, second = tick.run(), tick.run()
    assert not [done.failure for done in first + second if done.failure]
    assert [done.count for done in first + second if done.name == "评价期满办结"] == [1, 0]
    assert db.session.scalar(db.select(Ticket.state).where(Ticket.number == ticket)) is State.CLOSED


def test_a_job_that_fails_is_told_and_stops_no_other(app, jobs, caplog):
    def fail():
        database.session.add(Submission(person_id=person("wang").id, form_id="x", made="x", at=now()))
        raise ValueError("out of ink")

    jobs(tick.Job("坏", fail), tick.Job("好", lambda: 3))
    ran = app.test_cli_runner().invoke(args=["tick"])
    assert ran.exit_code == 1
    assert ran.output == "坏 未完成（ValueError: out of ink）；好 3。\n"
    assert database.session.scalar(database.select(Submission.id)) is None
    jobs(tick.Job("好", lambda: 3))
    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 0


def test_only_one_runs_at_a_time_and_who_was_killed_is_replaced(app, jobs, frozen):
    time, ran = frozen("2026-11-19 09:00"), []
    jobs(tick.Job("一", lambda: ran.append(tick.run()) or 1))
    assert tick.run() == [tick.Done("一", 1)]
    assert ran == [[]]
    leases.take("tick", now() + timedelta(seconds=600))  # a run that was killed
    database.session.commit()
    assert tick.run() == []
    time.on(minutes=10)
    assert tick.run() == [tick.Done("一", 1)]


def test_a_job_rests_after_it_was_done_not_after_it_failed(app, jobs, frozen):
    time, results = frozen("2026-11-19 09:00"), [ValueError, 1, 2]

    def once():
        found = results.pop(0)
        if found is ValueError:
            raise found
        return found

    jobs(tick.Job("理", once, every=timedelta(hours=1)))
    assert [done.failure != "" for done in tick.run()] == [True]
    assert [done.count for done in tick.run() + tick.run()] == [1]
    time.on(hours=1)
    assert [done.count for done in tick.run()] == [2]


def test_old_keys_sessions_and_codes_are_forgotten(db, frozen):
    time = frozen("2026-08-01 09:00")
    voice = db.select(Voice.code_hash)
    make_ticket(State.CLOSED)
    remember(person("wang").id, "old", "LX1")
    db.session.commit()
    time.on(days=60)
    tick.run()
    assert None not in set(db.session.scalars(voice))
    time.on(days=32)
    remember(person("wang").id, "new", "LX2")
    at = {"started_at": now(), "seen_at": now(), "confirmed_at": now(), "ends_at": now() - timedelta(days=1)}
    db.session.add(SignIn(token_hash="x", person_id=person("wang").id, idle_minutes=1, **at))
    db.session.commit()
    assert not [done.failure for done in tick.run() if done.failure]
    assert set(db.session.scalars(voice)) == {None}
    assert list(db.session.scalars(db.select(Submission.form_id))) == ["new"]
    assert list(db.session.scalars(db.select(SignIn.id))) == []


def test_the_server_ticks_by_itself(app, jobs):
    ran = []
    jobs(tick.Job("一", lambda: ran.append(1) or 1))
    stopped, until = tick.start(app, every=0.02), real.monotonic() + 60
    while len(ran) < 2 and real.monotonic() < until:
        real.sleep(0.01)
    stopped.set()
    assert len(ran) >= 2
