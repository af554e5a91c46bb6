"""A7: a limit beyond the last table is 暂定, counted again once when the table comes, and told to whom it concerns."""

from datetime import date

import pytest
from sqlalchemy import select

from liaison.calendars import actions, in_force
from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow
from liaison.core import clock
from liaison.notifications.models import Notice
from liaison.tickets.actions import provisional
from liaison.tickets.actions.provisional import recounts, settle
from liaison.tickets.models import Assignment, Ticket, TicketEvent
from tests.calendars.moments import end
from tests.calendars.school import calendar, table_2027
from tests.factories import actor, go, make_ticket
from workflows.ticket_states import State

pytestmark = pytest.mark.usefixtures("renewing")

NEW_YEAR = DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027, "元旦")
SUNDAY = DayRow(date(2027, 1, 10), ExceptionKind.WORK, 2027)


def complex_ticket(frozen, on="2026-12-21 10:00", **more):
    """Dispatched on Monday 21 Dec. 2026, the table of 2027 not yet published."""
    frozen(on)
    return make_ticket(State.DISPATCHED, office="director", limit_class="complex", **more)


def publish(db, *days):
    """A new table, as it is imported: the version, then the limits."""
    old = in_force.calendar()
    actions.put_days(days)
    new = actions.make_calendar(made_by_id=None)
    found = recounts(old, new)
    settle(found, new, actor("director"))
    db.session.commit()
    in_force.renew()
    return found


def lead(ticket):
    return select(Assignment).where(Assignment.ticket_id == ticket.id)


def test_a_limit_beyond_the_table_is_marked_where_it_is_kept(db, frozen):
    ticket = complex_ticket(frozen)
    assert ticket.due_at == end("2027-01-11")
    assert ticket.is_due_provisional
    assert ticket.calendar_version == "2026-1"
    assert db.session.scalars(lead(ticket)).one().is_due_provisional


def test_one_inside_the_table_is_final_although_its_red_day_is_not(db, frozen):
    frozen("2026-12-24 10:00")
    ticket = make_ticket(State.DISPATCHED)
    assert ticket.due_at == end("12-31")
    assert not ticket.is_due_provisional
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(promised_at=None))
    db.session.refresh(ticket)
    (one,) = recounts(in_force.calendar(), calendar("new", table_2027()))
    assert one.is_red_day_only
    assert (one.old, one.new) == (date(2027, 1, 1), date(2027, 1, 4))


def test_the_date_given_to_the_student_is_counted_again_though_the_departments_is_final(db, frozen):
    frozen("2026-12-24 10:00")
    ticket = make_ticket(State.DISPATCHED)
    assert clock.day_ending_at(ticket.promised_at) == date(2027, 1, 7)
    publish(db, NEW_YEAR)
    db.session.refresh(ticket)
    assert (clock.day_ending_at(ticket.promised_at), ticket.due_at) == (date(2027, 1, 8), end("12-31"))
    assert "recount" in moves(db, ticket)
    assert db.session.scalars(select(Notice).where(Notice.text_key == "ticket.recount")).all() == []


def test_the_table_moves_it_once(db, frozen):
    """Fri 1 Jan. off: Mon 11 Jan. becomes Tue 12 Jan."""
    ticket = complex_ticket(frozen)
    publish(db, NEW_YEAR)
    db.session.refresh(ticket)
    assert ticket.due_at == ticket.original_due_at == end("2027-01-12")
    assert not ticket.is_due_provisional
    assert ticket.calendar_version == "2027-1"
    assignment = db.session.scalars(lead(ticket)).one()
    assert (assignment.due_at, assignment.is_due_provisional) == (end("2027-01-12"), False)


def test_a_shifted_workday_besides_leaves_the_day_and_only_the_mark_goes(db, frozen):
    ticket = complex_ticket(frozen)
    publish(db, NEW_YEAR, SUNDAY)
    db.session.refresh(ticket)
    assert ticket.due_at == end("2027-01-11")
    assert not ticket.is_due_provisional
    assert "recount" not in moves(db, ticket)


def test_once_is_once(db, frozen):
    """A second edition of the table, with another day off, moves what is final no more."""
    ticket = complex_ticket(frozen)
    publish(db, NEW_YEAR)
    assert publish(db, DayRow(date(2027, 1, 4), ExceptionKind.OFF, 2027)) == []
    db.session.refresh(ticket)
    assert ticket.due_at == end("2027-01-12")


def test_the_department_hears_of_it_and_the_history_tells_it(db, frozen):
    ticket = complex_ticket(frozen)
    go(ticket, "sign")
    publish(db, NEW_YEAR)
    event = db.session.scalars(select(TicketEvent).where(TicketEvent.move == "recount")).one()
    assert event.data == {"what": "due_at", "from": "2027-01-11", "due": "2027-01-12", "calendar": "2027-1"}
    assert event.from_state is event.to_state is State.IN_PROGRESS
    told = select(Notice.recipient_id).where(Notice.text_key == "ticket.recount", Notice.about == ticket.number)
    assert db.session.scalars(told).all() == [actor("sun").id]


def test_what_the_handler_must_keep_moves_with_it_and_so_does_the_promise(db, frozen):
    ticket = complex_ticket(frozen)
    go(ticket, "sign")
    assert ticket.next_due_at == ticket.due_at
    promised = ticket.promised_at
    publish(db, NEW_YEAR)
    db.session.refresh(ticket)
    assert ticket.next_due_at == ticket.due_at == end("2027-01-12")
    assert clock.day_ending_at(ticket.promised_at) == in_force.calendar().add(clock.day_ending_at(promised), 1)


def test_a_day_for_signing_beyond_the_table_is_counted_again_too(db, frozen):
    ticket = complex_ticket(frozen, "2026-12-31 10:00")
    assert ticket.next_due_at == end("2027-01-01")
    publish(db, NEW_YEAR)
    db.session.refresh(ticket)
    assert ticket.next_due_at == end("2027-01-04")


def test_urgent_matters_closed_ones_and_final_limits_are_not_touched(db, frozen):
    frozen("2026-12-31 20:00")
    urgent = make_ticket(State.DISPATCHED, limit_class="urgent")
    assert not urgent.is_due_provisional
    frozen("2026-12-08 10:00")
    withdrawn, final = make_ticket(State.WITHDRAWN), make_ticket(State.DISPATCHED)
    before = [row(db, ticket) for ticket in (urgent, withdrawn, final)]
    publish(db, NEW_YEAR)
    assert [row(db, ticket) for ticket in (urgent, withdrawn, final)] == before


def test_a_merged_ticket_is_counted_again_too_so_that_it_may_come_back(db, frozen):
    ticket = go(complex_ticket(frozen), "merge")
    publish(db, NEW_YEAR)
    db.session.refresh(ticket)
    assert ticket.due_at == end("2027-01-12")
    assert not ticket.is_due_provisional


def test_one_that_still_lies_beyond_stays_provisional(db, frozen):
    """A pause until December 2027 leads beyond the new table as well."""
    ticket = complex_ticket(frozen)
    later = {"due_at": end("2028-01-05"), "original_due_at": end("2028-01-05")}
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(later))
    db.session.refresh(ticket)
    publish(db, NEW_YEAR)
    db.session.refresh(ticket)
    assert ticket.is_due_provisional
    assert clock.day_ending_at(ticket.due_at) == date(2028, 1, 6)


def test_a_day_somebody_set_on_a_day_off_stays_where_it_is():
    old, new = calendar("old"), calendar("new", table_2027())
    saturday = end("2027-01-16")
    assert provisional.relaid(saturday, old, new, provisional.CalendarKind.SERVICE) == saturday


def test_without_a_further_year_nothing_is_counted_again(db, frozen):
    complex_ticket(frozen)
    assert recounts(in_force.calendar(), calendar("2026-2", vacations=[(date(2027, 1, 4), date(2027, 1, 10))])) == []


def moves(db, ticket):
    return db.session.scalars(select(TicketEvent.move).where(TicketEvent.ticket_id == ticket.id)).all()


def row(db, ticket):
    db.session.expire_all()
    return db.session.execute(select(*Ticket.__table__.columns).where(Ticket.id == ticket.id)).one()
