"""示例大学 lives: every state is there, everybody has something to do, and nothing got past the process."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from liaison.audit import actions as audit
from liaison.contacts.models import Contact, ContactLeader
from liaison.core import clock
from liaison.core.db import db
from liaison.exchange import commands
from liaison.exchange.demo import living, loading, present
from liaison.feedback import queries as held
from liaison.people.models import Person
from liaison.people.queries.accounts import by_login
from liaison.people.queries.acting import actor_of
from liaison.tickets.actions import codes
from liaison.tickets.actions.events import BESIDE
from liaison.tickets.clocks import STANDINGS
from liaison.tickets.models import Assignment, CatalogueLine, Interval, Request, Telling, Ticket, TicketEvent, Voice
from liaison.tickets.models.catalogue import LineStanding
from liaison.tickets.models.requests import Standing
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import queue
from tests.exchange.conftest import SHARE, tell
from tests.factories import at
from workflows.assists import State as AssistState
from workflows.contacts import State as ContactState
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality
from workflows.tickets import TICKETS

pytestmark = pytest.mark.xdist_group("demo")  # so that one worker loads it, not every one

DESKS = {  # who finds what waiting, by the tabs of his queue
    "wang": "accept triage returns review tell callback asked",
    "director": "meetings orders",
    "officer": "accept receipt",
    "desk": "accept",
    "zhang": "sign approve plans orders co",
    "sun": "work",
    "liu": "sign approve",
    "li": "info tell",
    "liaison": "info tell",
}


def waiting(login: str) -> dict[str, int]:
    person = by_login(login)
    actor = actor_of(person.id) if person else None
    assert actor is not None
    return queue.counts(actor)


def test_nothing_was_refused(demo):
    assert demo.lived.refused == []


def test_every_state_has_a_ticket(demo):
    there = set(db.session.scalars(select(Ticket.state).distinct()))
    assert there == set(State)


@pytest.mark.parametrize("login", DESKS)
def test_everybody_finds_something_on_his_desk(demo, login):
    counts = waiting(login)
    assert [tab for tab in DESKS[login].split() if not counts.get(tab)] == []


def test_a_leader_has_a_contact_to_confirm(demo):
    mine = (
        select(Contact.id)
        .join(ContactLeader)
        .where(
            ContactLeader.person_id == by_login("li").id,
            ContactLeader.confirmed_at.is_(None),
            Contact.state == ContactState.TO_CONFIRM,
            Contact.filed_by_id == by_login("liaison").id,
        )
    )
    assert db.session.scalars(mine).first()


def test_some_are_due_today_and_some_are_late(demo):
    due = [due for due in db.session.scalars(select(Ticket.next_due_at).where(Ticket.is_open)) if due]
    assert any(one < clock.now() for one in due)
    assert any(clock.day_ending_at(one) == clock.today() for one in due)


def test_every_side_road_is_walked(demo):
    """Beside the everyday road: co-units that answered and that owe, rulings, and what waits for a decision."""
    co = select(Assignment.state).join(Ticket).where(Assignment.duty == Duty.CO, Ticket.state == State.IN_PROGRESS)
    assert {AssistState.ASKED, AssistState.ANSWERED} <= set(db.session.scalars(co))
    assert set(db.session.scalars(select(CatalogueLine.standing))) >= {LineStanding.PROPOSED, LineStanding.IN_FORCE}
    upheld = select(TicketEvent.ticket_id).where(TicketEvent.move == "uphold_return")
    assert db.session.scalar(select(CatalogueLine.id).where(CatalogueLine.ticket_id.in_(upheld)).limit(1))
    waits = select(Request.move).where(Request.standing == Standing.OPEN, Request.state == Ticket.state)
    assert "extend" in set(db.session.scalars(waits.join(Ticket, Ticket.id == Request.ticket_id)))
    assert db.session.scalar(select(func.max(Ticket.voice_count)).where(Ticket.is_open)) >= 3


def test_hot_water_is_hot(demo):
    lead = db.session.scalars(select(Ticket).where(Ticket.is_hot)).one()
    assert lead.voice_count == len(present.HOT)
    assert lead.reopen_count == 1


def test_facts_are_of_every_kind(demo):
    channels = set(db.session.scalars(select(Telling.channel).distinct()))
    assert len(channels) >= 2
    assert db.session.scalar(select(func.count()).where(Ticket.confidentiality == Confidentiality.RESTRICTED)) >= 2
    assert db.session.scalar(select(Ticket.id).where(Ticket.is_on_spot).limit(1))


def test_nothing_lies_in_the_future(demo):
    midnight = clock.moment(clock.today())
    for column in (TicketEvent.at, Ticket.raised_at, Voice.filed_at, Contact.filed_at, Telling.at):
        assert db.session.scalar(select(func.max(column))) < midnight


def test_events_and_audit_follow_one_another_in_time(demo):
    moments = list(db.session.scalars(select(TicketEvent.at).order_by(TicketEvent.id)))
    assert moments == sorted(moments)
    assert audit.verify().is_whole


def test_every_state_is_where_its_events_lead(demo):
    """No write went around the one function that makes moves."""
    for ticket in db.session.scalars(select(Ticket)):
        events = list(db.session.scalars(select(TicketEvent).filter_by(ticket_id=ticket.id).order_by(TicketEvent.seq)))
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert events[-1].to_state is ticket.state
        assert {event.move for event in events} <= {move.name for move in TICKETS.moves} | set(BESIDE)


def test_leaders_have_opened_many_an_answer_and_nobody_else_has(demo):
    opened = select(TicketEvent.actor_id, func.coalesce(Ticket.filed_for_id, Ticket.filed_by_id)).join(Ticket)
    rows = db.session.execute(opened.where(TicketEvent.move == "know")).all()
    assert rows
    assert all(actor == filer for actor, filer in rows)


def test_every_moment_of_a_wait_is_somebodys(demo):
    for ticket in db.session.scalars(select(Ticket).where(Ticket.is_open)):
        rows = list(db.session.scalars(select(Interval).filter_by(ticket_id=ticket.id).order_by(Interval.from_at)))
        assert rows[0].from_at == ticket.raised_at
        assert all(one.until_at == after.from_at for one, after in pairwise(rows))
        assert (rows[-1].until_at is None) == (STANDINGS[ticket.state].ledger is not None)


def test_the_codes_that_are_printed_open_their_pages(demo):
    assert len(demo.lived.codes) == len(present.TRY)
    assert all(held.find(codes.hashed(code)) for _words, code in demo.lived.codes)


def test_numbers_and_texts_are_the_same_again(demo, blank):
    with demo.app.app_context():
        first = story()
    with clock.at(at("2026-11-23 17:30")):
        tell()
        assert story() == first


def story() -> list[tuple[object, ...]]:
    """What anybody would tell apart: numbers, texts, states, moments. Restricted numbers are random on purpose."""
    wanted = select(Ticket.number, Voice.text, Ticket.state, Ticket.state_since, Ticket.voice_count)
    rows = db.session.execute(wanted.join(Voice, Voice.ticket_id == Ticket.id).order_by(Voice.id))
    return [("R", *row[1:]) if row[0].startswith("R-") else tuple(row) for row in rows]


# the first start


@pytest.fixture
def without_story(monkeypatch):
    """The university alone: what is lived there is looked at above."""
    monkeypatch.setattr(living, "live", lambda *_asked: living.Lived([("看得到答复", "ABCDE23456")], []))


def test_the_first_start_prints_and_keeps_the_sign_ins(blank, tmp_path, without_story):
    text = loading.load(tmp_path)
    kept = tmp_path / "demo-accounts.txt"
    assert kept.read_text("utf-8") == text
    assert kept.stat().st_mode & 0o077 == 0
    (password,) = re.findall(r"口令：(\S+)", text)
    assert all(f" {login} " in text for login in DESKS)
    assert "ABCDE23456" in text
    browser = blank.test_client()
    assert browser.post_form("/sign-in", {"login": "wang", "password": password}).status_code == 303
    assert browser.get("/queue").status_code == 200


def test_every_installation_has_a_passphrase_of_its_own(blank, tmp_path, without_story):
    first = loading.load(tmp_path)
    db.drop_all()
    db.create_all()
    assert loading.load(tmp_path) != first


def test_a_later_start_prints_the_same_table(blank, tmp_path, without_story, capsys):
    commands.load_demo_if_empty(blank)
    first = capsys.readouterr().out
    commands.load_demo_if_empty(blank)
    again = capsys.readouterr().out
    assert again.strip() in first
    assert "wang" in again


def test_it_is_loaded_once_only(blank, tmp_path):
    db.session.add(Person(login="somebody", name="某老师", created_at=clock.now()))
    db.session.commit()
    with pytest.raises(loading.NoDemoHere, match="已有人员"):
        loading.load(tmp_path, share=SHARE)
    assert not (tmp_path / "demo-accounts.txt").exists()


def test_a_system_in_earnest_takes_no_demo(blank, tmp_path, monkeypatch):
    monkeypatch.setenv("LIAISON_ENV", "production")
    with pytest.raises(loading.NoDemoHere, match="正式环境"):
        loading.load(tmp_path, share=SHARE)
    with pytest.raises(SystemExit, match="正式环境"):
        commands.load_demo_if_empty(blank)
    assert db.session.scalar(select(func.count(Person.id))) == 0
