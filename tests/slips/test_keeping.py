"""Ciphertext at rest, keys that change, and the end: thirty days after the matter (domain.md §7)."""

import pytest
from sqlalchemy import text

from liaison import create_app
from liaison.slips import actions, sealing
from liaison.slips.expiring import forget_expired
from tests.factories import go, make_ticket, move, voice_of
from tests.slips.conftest import NUMBER, slips
from workflows.ticket_states import State


def test_the_database_holds_no_number(db, left):
    left()
    kept = db.session.execute(text("SELECT value FROM slip")).scalar_one()
    assert NUMBER not in kept
    assert sealing.opened(kept) == NUMBER


def test_a29_it_goes_thirty_days_after_closing(db, frozen, left):
    time = frozen("2026-11-20 10:00")
    left(State.CLOSED)
    left(State.IN_PROGRESS)
    time.on(days=29)
    assert forget_expired() == 0
    time.on(days=1)
    assert forget_expired() == 1
    assert [bool(slip.value) for slip in slips()] == [False, True]
    assert forget_expired() == 0


def test_the_days_are_those_of_the_day_it_was_left(db, frozen, setting, left):
    time = frozen("2026-11-20 10:00")
    left(State.CLOSED)
    time.on(days=1)
    setting(slip_days=90)
    time.on(days=29)
    assert forget_expired() == 1


def test_one_that_follows_another_matter_goes_with_that(db, frozen, left):
    time = frozen("2026-11-20 10:00")
    lead, ticket = make_ticket(State.IN_PROGRESS), left(State.SUBMITTED)
    move(ticket, "merge", "wang", lead_ticket=lead.number, reason="同一件事")
    time.on(days=60)
    assert forget_expired() == 0
    db.session.refresh(lead)
    go(lead, "submit_answer head_approve office_approve")
    db.session.commit()
    time.on(days=60)
    assert forget_expired() == 0


def test_one_that_follows_by_two_merges_goes_with_the_last_matter(db, frozen, left):
    time = frozen("2026-11-20 10:00")
    last, between, ticket = make_ticket(State.FEEDBACK_PENDING), make_ticket(State.TRIAGE), left(State.TRIAGE)
    for early, late in ((ticket, between), (between, last)):
        move(early, "merge", "wang", lead_ticket=late.number, reason="同一件事")
    for one in (last, between, ticket):
        move(last, "tell", "wang", voice_id=voice_of(one), channel="phone")
    time.on(days=15)
    move(last, "close", "system")
    db.session.commit()
    time.on(days=60)
    assert forget_expired() == 1


def test_a_new_key_in_front_and_everything_is_sealed_anew(app, db, monkeypatch, left, key):
    left()
    new = sealing.new_key()
    monkeypatch.setitem(app.config, "SLIP_KEY", f"{new},{key}")
    assert actions.rotate() == (1, 0)
    monkeypatch.setitem(app.config, "SLIP_KEY", new)
    assert sealing.opened(slips()[0].value) == NUMBER


def test_a_lost_key_is_told_not_hidden(app, db, monkeypatch, left, sign_in_as):
    ticket = left()
    monkeypatch.setitem(app.config, "SLIP_KEY", sealing.new_key())
    assert actions.rotate() == (0, 1)
    page = sign_in_as("wang").send(
        f"/tickets/{ticket.number}/slips/{slips()[0].id}", {"purpose": "tell", "reason": "告知答复"}
    )
    assert (page.status_code, "密钥已经不在" in page.text) == (200, True)


def test_the_program_refuses_to_start_with_a_key_that_is_none(tmp_path):
    with pytest.raises(RuntimeError, match="LIAISON_SLIP_KEY"):
        create_app({"INSTANCE": str(tmp_path), "SECRET_KEY": "x", "SLIP_KEY": "no key"})


def test_the_demo_makes_its_own_key_and_keeps_it(tmp_path):
    given = {"INSTANCE": str(tmp_path), "SECRET_KEY": "x", "DEMO": True}
    assert create_app(given).config["SLIP_KEY"] == create_app(given).config["SLIP_KEY"] != ""
    assert (tmp_path / "slip-key").stat().st_mode & 0o077 == 0
