"""A unit closes: what it works on passes to the successor in one act, or it does not close (rulings §13)."""

import pytest

from liaison.core.db import db as database
from liaison.core.errors import BadInput
from liaison.notifications.models import Notice
from liaison.people.actions.units import close_unit
from liaison.tickets.actions import catalogue
from liaison.tickets.models import Assignment, CatalogueLine, Interval, Ticket, TicketEvent
from liaison.tickets.models.catalogue import LineStanding
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Ending, Ledger
from tests.cast import unit
from tests.factories import actor, at, go, make_ticket, move, unit_id
from tests.tickets.deeds import shared
from workflows.assists import State as AssistState
from workflows.ticket_states import State


def close(code, successor):
    close_unit(unit(code), unit(successor) if successor else None, actor_id=actor("director").id)
    database.session.expire_all()


def rows_of(ticket, code):
    wanted = database.select(Assignment).filter_by(ticket_id=ticket.id, unit_id=unit_id(code))
    return database.session.scalars(wanted.order_by(Assignment.id)).all()


def test_the_lead_passes_on_with_its_limit_and_names_a_new_handler(db, frozen):
    time = frozen("2026-11-09 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    due = ticket.due_at
    time.on(days=1)
    close("logistics", "academic-affairs")
    assert (ticket.state, ticket.due_at, ticket.handler_id) == (State.IN_PROGRESS, due, None)
    assert (ticket.lead_unit_id, ticket.ball) == (unit_id("academic-affairs"), Ball.UNIT)
    [old], [new] = rows_of(ticket, "logistics"), rows_of(ticket, "academic-affairs")
    assert (old.ending, old.ended_at) == (Ending.PASSED_ON, at("2026-11-10 09:00"))
    assert (new.due_at, new.dispatched_at, new.ending) == (due, at("2026-11-10 09:00"), None)
    spans = db.session.scalars(
        db.select(Interval).filter_by(ticket_id=ticket.id, ledger=Ledger.CUSTODY).order_by(Interval.from_at)
    ).all()
    assert [(one.unit_id, one.until_at) for one in spans] == [
        (old.unit_id, at("2026-11-10 09:00")),
        (new.unit_id, None),
    ]
    assert go(ticket, "progress submit_answer").state is State.DEPT_REVIEW


def test_it_is_told_and_written_down(db):
    ticket = make_ticket(State.DISPATCHED)
    close("logistics", "academic-affairs")
    event = db.session.scalars(db.select(TicketEvent).filter_by(ticket_id=ticket.id, move="pass_on")).one()
    assert event.data == {"unit": "教务处"}
    told = set(db.session.scalars(db.select(Notice.recipient_id).filter_by(text_key="ticket.pass_on")))
    assert told == {actor("liu").id, actor("liu-handler").id}


def test_a_co_unit_passes_its_question_on_to_be_signed_anew(db):
    ticket = shared()
    close("it-centre", "academic-affairs")
    [old], [new] = rows_of(ticket, "it-centre"), rows_of(ticket, "academic-affairs")
    assert (old.ending, new.state, new.question) == (Ending.PASSED_ON, AssistState.ASKED, "走线谁来做")
    move(ticket, "co_answer", "liu", answer="走线由教务处请施工单位在暑假里一并完成，九月开学前可以使用。")
    assert go(ticket, "submit_answer").state is State.DEPT_REVIEW


@pytest.mark.parametrize(("closing", "successor"), [("it-centre", "logistics"), ("logistics", "it-centre")])
def test_who_leads_is_not_asked_beside_itself(db, closing, successor):
    ticket = shared()
    close(closing, successor)
    assert ticket.lead_unit_id == unit_id(successor)
    assert [row.unit_id for row in _running(ticket)] == [unit_id(successor)]


def _running(ticket):
    return database.session.scalars(database.select(Assignment).filter_by(ticket_id=ticket.id, ending=None)).all()


@pytest.mark.parametrize(
    ("successor", "sentence"), [(None, "2 件在办事项，请写明"), ("library", "2 件在办事项要转过去，「图书馆」")]
)
def test_it_does_not_close_while_nobody_can_take_its_matters(db, successor, sentence):
    make_ticket(State.IN_PROGRESS)
    make_ticket(State.DISPATCHED)
    make_ticket(State.CLOSED)  # it works on this one no more
    with pytest.raises(BadInput) as refused:
        close("logistics", successor)
    assert sentence in refused.value.errors["successor"]
    assert unit("logistics").closed_on is None


def test_whom_a_matter_is_about_does_not_inherit_it(db):
    ticket = make_ticket(State.IN_PROGRESS)
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(complained_of_id=unit_id("it-centre")))
    db.session.expire_all()
    with pytest.raises(BadInput) as refused:
        close("logistics", "it-centre")
    assert "1 件在办事项涉及「信息化中心」" in refused.value.errors["successor"]


def test_what_was_finished_goes_to_the_successor_when_it_is_reopened(db):
    ticket = make_ticket(State.CLOSED)
    close("logistics", "academic-affairs")
    assert ticket.lead_unit_id == unit_id("logistics")  # history keeps who solved it
    go(ticket, "reopen")
    assert (ticket.lead_unit_id, ticket.handler_id) == (unit_id("academic-affairs"), None)
    assert ticket.ball is Ball.UNIT


def test_its_lines_of_the_catalogue_pass_on_under_a_new_version(db):
    ticket = make_ticket(State.RETURN_REQUESTED)
    move(ticket, "uphold_return", "wang", reason="职责不在后勤")
    line = db.session.scalars(db.select(CatalogueLine)).one()
    catalogue.decide(line, True, actor=actor("director"))
    close("it-centre", "academic-affairs")
    old, new = db.session.scalars(db.select(CatalogueLine).order_by(CatalogueLine.id)).all()
    assert (old.standing, old.unit_id) == (LineStanding.REPLACED, unit_id("it-centre"))
    assert (new.standing, new.unit_id) == (LineStanding.IN_FORCE, unit_id("academic-affairs"))
    assert (new.version, new.replaces_id) == (old.version + 1, old.id)
