"""The numbers of the process are those of the settings; what began under a setting keeps it (domain.md §9)."""

import pytest

from liaison.contacts.models import locks_at
from liaison.core.errors import Conflict
from liaison.settings.in_force import number
from liaison.tickets.actions import sampling
from liaison.tickets.clocks import rating_ends
from liaison.tickets.models import Ticket
from tests.calendars.moments import end
from tests.factories import make_ticket, move, raised, voice_of
from workflows.ticket_states import State


def test_fewer_questions_may_be_asked(db, setting):
    setting(info_rounds=1)
    ticket = make_ticket(State.IN_PROGRESS)
    move(ticket, "ask_info", "sun", question="是几楼的热水器？")
    move(ticket, "supplement", "li", text="是三楼东头的")
    with pytest.raises(Conflict, match="补充过1次"):
        move(ticket, "ask_info", "sun", question="哪一台？")


def test_a_question_waits_as_long_as_it_was_asked_for(db, frozen, setting):
    time = frozen("2026-11-09 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    move(ticket, "ask_info", "sun", question="是几楼的热水器？")
    assert ticket.next_due_at == end("11-16")
    time.on(hours=1)
    setting(info_days=2)
    db.session.refresh(ticket)
    assert ticket.next_due_at == end("11-16")
    other = make_ticket(State.IN_PROGRESS)
    move(other, "ask_info", "sun", question="是几楼的热水器？")
    assert other.next_due_at == end("11-11")


def test_where_no_notice_may_hang_none_tells(db, setting):
    setting(notice_allowed=False)
    ticket = make_ticket(State.FEEDBACK_PENDING, category="15")
    with pytest.raises(Conflict, match="张贴"):
        move(ticket, "tell", "wang", voice_of(ticket), channel="notice", note="三号楼大厅")


def test_unreachable_comes_as_late_as_it_is_set(db, frozen, setting):
    time = frozen("2026-11-02 09:00")
    setting(unreachable_days=20)
    ticket = make_ticket(State.FEEDBACK_PENDING)
    time.on(days=19)
    with pytest.raises(Conflict, match="满20天"):
        move(ticket, "mark_unreachable", "wang", voice_of(ticket), reason_code="unopened")


def test_two_voices_may_be_many(db, setting):
    lead, ticket = make_ticket(State.TRIAGE), make_ticket(State.TRIAGE)
    setting(hot_voices=2)
    third = make_ticket(State.TRIAGE)
    move(third, "merge", "wang", lead_ticket=lead.number, reason="同一件事")
    db.session.refresh(lead)
    assert lead.is_hot
    move(third, "unmerge", "wang", reason="不是同一件事")
    db.session.refresh(lead)
    assert not lead.is_hot
    assert ticket.voice_count == 1


@pytest.mark.parametrize(("rate", "is_drawn"), [(60, True), (40, False)])
def test_the_sample_is_as_large_as_it_is_set(db, setting, monkeypatch, rate, is_drawn):
    setting(sample_rate=rate)
    monkeypatch.setattr(sampling, "key_of", lambda *_asked: 0.5)
    assert sampling.draw(make_ticket(State.FEEDBACK_GIVEN)) is is_drawn


def test_a_month_is_locked_by_the_setting_at_its_end(db, frozen, setting):
    frozen("2026-11-20 09:00")
    november, october = end("11-18"), end("10-18")
    setting(month_lock_day=10)
    assert locks_at(november) == end("12-10")
    assert locks_at(october) == end("11-05")


def test_a_code_lives_as_long_as_when_its_matter_ended(db, frozen, setting, client):
    time = frozen("2026-11-02 09:00")
    first = raised()
    move(ticket_of(db, first), "withdraw", "li", reason="已经解决")
    time.on(days=1)
    setting(code_days=15)
    second = raised()
    move(ticket_of(db, second), "withdraw", "li", reason="已经解决")
    time.on(days=20)
    opened = [client.send("/code", {"code": one.code}).status_code for one in (first, second)]
    assert opened == [200, 404]


def ticket_of(db, one):
    return db.session.scalars(db.select(Ticket).filter_by(number=one.ticket_number)).one()


def test_a_window_has_the_days_of_its_telling(db, frozen, setting):
    time = frozen("2026-11-02 09:00")
    told = time.moment
    time.on(days=1)
    setting(rating_days=3)
    assert rating_ends(told) == end("11-08")
    assert rating_ends(time.moment) == end("11-05")
    assert number("rating_days", told) == 7
