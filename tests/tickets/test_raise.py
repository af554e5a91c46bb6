"""提交: one voice comes in and opens a ticket, whole or not at all (T1)."""

import pytest

from liaison.notifications.models import Notice
from liaison.people.models import Person
from liaison.tickets.models import Interval, Ticket, TicketEvent, Voice
from liaison.tickets.models.voices import Source
from liaison.tickets.models.work import Ledger
from tests.factories import TEXT, actor, at, category_id, raised, unit_id
from workflows.engine import MoveRefused
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, LimitClass


def the(db, made):
    return db.session.get_one(Ticket, made.ticket_id)


def told(db):
    return set(db.session.scalars(db.select(Person.login).join(Notice, Notice.recipient_id == Person.id)))


def test_it_gets_a_number_a_title_and_a_place_among_what_waits(db, frozen):
    frozen("2026-11-18 20:40")
    ticket = the(db, raised())
    assert ticket.number == "LX2026-000001-7"
    assert ticket.title == "晚上十点以后没有热水，三楼的同学都洗不了澡"
    assert (ticket.state, ticket.place_id, ticket.filed_by_id) == (State.SUBMITTED, unit_id("dorm-3"), actor("li").id)
    assert ticket.next_due_at == at("2026-11-20 00:00")  # accepted within one working day


def test_the_voice_keeps_the_very_words(db):
    made = raised(text="　晚上十点\n以后没有热水  ")
    assert db.session.get_one(Voice, made.voice_id).text == "　晚上十点\n以后没有热水  "


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("没有热水。洗不了澡。", "没有热水"),
        ("没有热水！", "没有热水"),
        ("食" * 50, "食" * 37 + "…"),
        ("，，没有热水，", "没有热水"),
    ],
)
def test_the_title_is_the_first_clause_short_enough_for_a_list(db, text, title):
    assert the(db, raised(text=text)).title == title


def test_it_waits_since_it_was_said_not_since_it_was_typed(db, frozen):
    frozen("2026-11-18 20:40")
    said = at("2026-11-17 12:30")
    made = raised(raised_at=said)
    (interval,) = db.session.scalars(db.select(Interval)).all()
    assert (the(db, made).waits_since, interval.ledger, interval.from_at) == (said, Ledger.OFFICE, said)


def test_an_urgent_one_is_accepted_within_two_hours_and_promised_within_a_day(db, frozen):
    frozen("2026-11-21 20:40")  # a Saturday
    ticket = the(db, raised(is_urgent=True))
    assert (ticket.next_due_at, ticket.promised_at) == (at("2026-11-21 22:40"), at("2026-11-22 20:40"))


def test_the_class_of_the_suggested_category_gives_the_first_promise(db, frozen):
    frozen("2026-11-02 10:00")
    ticket = the(db, raised(category_id=category_id("17")))
    assert ticket.limit_class is LimitClass.SIMPLE
    assert the(db, raised()).promised_at == at("2026-11-17 00:00")  # 一般10个工作日内答复


def test_the_first_event_is_written_with_it(db):
    made = raised()
    (event,) = db.session.scalars(db.select(TicketEvent)).all()
    assert (event.seq, event.move, event.from_state, event.to_state) == (1, "submit", None, State.SUBMITTED)
    counted_by = {"rules": "1", "calendar": "2026-1", "urgent": False}
    assert (event.actor_label, event.data) == ("李书记", counted_by)
    assert the(db, made).event_count == 1


def test_the_clerks_are_told_by_number_and_never_the_text(db):
    made = raised()
    notices = db.session.scalars(db.select(Notice)).all()
    assert told(db) == {"wang", "zhao-clerk"}
    assert all(made.ticket_number in str(vars(notice)) and TEXT not in str(vars(notice)) for notice in notices)


def test_the_desk_of_a_college_is_told_of_its_own_matters(db):
    raised(college_id=unit_id("mechanical"))
    assert told(db) == {"wang", "zhao-clerk", "desk"}


def test_a_restricted_one_has_a_random_number_and_a_neutral_title(db):
    ticket = the(db, raised(confidentiality=Confidentiality.RESTRICTED))
    assert ticket.number.startswith("R-")
    assert ticket.title == f"受限事项 {ticket.number}"
    assert ticket.limit_class is LimitClass.RESTRICTED
    assert told(db) == {"officer"}


@pytest.mark.parametrize("text", ["", "    ", "太短了", "长" * 1001])
def test_too_little_or_too_much_is_refused_and_nothing_is_stored(db, text):
    with pytest.raises(MoveRefused):
        raised(text=text)
    for model in (Ticket, Voice, TicketEvent, Notice, Interval):
        assert db.session.scalar(db.select(db.func.count()).select_from(model)) == 0


def test_a_voice_from_a_contact_needs_one(db):
    with pytest.raises(Exception, match="heard_somewhere"):
        raised(source=Source.CONTACT)


def test_an_answer_on_the_spot_is_kept_until_the_office_confirms_it(db):
    ticket = the(db, raised(on_spot_answer="今天起开放到二十三点", answered_by_id=actor("li").id))
    assert (ticket.is_on_spot, ticket.answer_id) == (True, None)
    event = db.session.scalars(db.select(TicketEvent)).one()
    assert event.data["on_spot"] == "今天起开放到二十三点"
