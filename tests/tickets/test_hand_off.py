"""移交: a telephone call first; nothing of the text stays, and the receipt ends the waiting (T11, rulings §13)."""

from sqlalchemy import select

from liaison.core import clock
from liaison.core.db import db
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.models.tickets import Ball
from tests.factories import make_ticket, move, voice_of
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality


def hand_off(**more: str) -> Ticket:
    ticket = make_ticket(State.SUBMITTED)
    called = {"handoff_type": "psychology", "receiver": "心理咨询中心", "called_at": clock.now()}
    move(ticket, "hand_off", "li", **called, **more)
    return ticket


def test_the_text_goes_and_few_may_see_that_it_was(app):
    ticket = hand_off()
    assert db.session.scalar(select(Voice.text).where(Voice.id == voice_of(ticket))) == ""
    assert (ticket.state, ticket.title) == (State.HANDED_OFF, "已移交")
    assert ticket.confidentiality is Confidentiality.SEALED


def test_without_a_receipt_the_confidential_officer_waits_a_day_for_it(app, frozen):
    frozen("2026-11-18 20:40")
    ticket = hand_off()
    assert ticket.ball is Ball.CONFIDENTIAL
    assert ticket.next_due_at == clock.now().replace(day=19)


def test_with_its_receipt_nothing_is_waited_for(app):
    ticket = hand_off(receipt="4711")
    assert (ticket.ball, ticket.next_due_at) == (Ball.NOBODY, None)
