"""流转记录: every move leaves its row, its line in the audit log and its notices – and nobody can change it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy.exc import DatabaseError

from liaison.audit.models import AuditRow
from liaison.notifications.models import Notice
from liaison.people.models import Person
from liaison.tickets.models import Ticket, TicketEvent, Voice
from tests.factories import ANSWER, TEXT, actor, make_ticket, move, voice_of
from tests.tickets.deeds import DEEDS
from workflows.ticket_states import State

EVERYDAY_ROAD = "submit accept dispatch sign submit_answer head_approve office_approve tell rate close".split()
TOLD = {  # who of the cast learns of which everyday move (domain.md §4.13)
    "accept": set(),
    "ask_info": {"li"},
    "supplement": {"wang", "zhao-clerk"},
    "dispatch": {"zhang", "sun", "sun-colleague", "li"},
    "sign": set(),
    "progress": set(),
    "submit_answer": {"zhang"},
    "head_approve": set(),
    "head_approve_direct": {"li"},
    "head_return": {"sun"},
    "office_return": {"sun"},
    "office_approve": {"li"},
    "tell": set(),
    "reopen": {"sun"},
    "confirm_onspot": {"li"},
}


def test_the_everyday_road_is_told_by_ten_rows_without_a_gap(db):
    ticket = make_ticket(State.CLOSED)
    events = db.session.scalars(db.select(TicketEvent).order_by(TicketEvent.seq)).all()
    assert [event.move for event in events] == EVERYDAY_ROAD
    assert [event.seq for event in events] == list(range(1, 11))
    assert all(one.to_state is following.from_state for one, following in pairwise(events))
    assert (events[-1].to_state, ticket.event_count) == (State.CLOSED, 10)


def test_every_row_names_the_actor_as_he_was_called_on_that_day(db):
    make_ticket(State.DISPATCHED)
    db.session.scalars(db.select(Person).filter_by(login="wang")).one().name = "王主任"
    labels = db.session.scalars(db.select(TicketEvent.actor_label).order_by(TicketEvent.seq)).all()
    assert labels == ["李书记", "党政办公室 王老师", "党政办公室 王老师"]


def test_a_liaison_acts_for_his_leader_and_the_row_says_so(db):
    ticket = make_ticket(filer="liaison", filed_for_id=actor("li").id)
    move(ticket, "withdraw", "liaison", reason="已经好了")
    last = db.session.scalars(db.select(TicketEvent).filter_by(seq=2)).one()
    assert (last.actor_id, last.acting_for_id) == (actor("liaison").id, actor("li").id)


@pytest.mark.parametrize("deed", ["UPDATE ticket_event SET reason = 'x'", "DELETE FROM ticket_event"])
def test_the_database_refuses_to_change_or_remove_a_row(db, deed):
    make_ticket(State.TRIAGE)
    db.session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.text(deed))
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count()).select_from(TicketEvent)) == 2


def test_the_texts_of_voice_and_answer_stay_out_of_the_rows(db):
    ticket = make_ticket(State.CLOSED)
    written = str(db.session.execute(db.select(TicketEvent.__table__)).all())
    written += str(db.session.execute(db.select(AuditRow.__table__)).all())
    written += str(db.session.execute(db.select(Notice.__table__)).all())
    assert TEXT not in written
    assert ANSWER not in written
    assert db.session.get_one(Voice, voice_of(ticket)).text == TEXT


def test_every_move_has_its_line_in_the_audit_log(db):
    ticket = make_ticket(State.CLOSED)
    lines = db.session.execute(db.select(AuditRow.deed, AuditRow.actor_id).order_by(AuditRow.seq)).all()
    assert [deed for deed, _actor in lines] == [f"ticket.{name}" for name in EVERYDAY_ROAD]
    assert set(db.session.scalars(db.select(AuditRow.object))) == {ticket.number}


@pytest.mark.parametrize("name", TOLD)
def test_each_move_tells_whom_it_concerns(db, name):
    deed = DEEDS[name]
    ticket = deed.ticket()
    voice = voice_of(ticket) if name == "tell" else None
    before = db.session.scalar(db.select(db.func.max(Notice.id))) or 0
    typed = {key: str(value) for key, value in deed.typed(ticket).items() if key != "voice"}
    move(ticket, name, deed.right, voice, **typed)
    wanted = db.select(Person.login).join(Notice, Notice.recipient_id == Person.id).where(Notice.id > before)
    assert set(db.session.scalars(wanted)) == TOLD[name] - {deed.right}
    new = db.session.scalars(db.select(Notice).where(Notice.id > before)).all()
    assert all((notice.about, notice.stage) == (ticket.number, ticket.stage) for notice in new)


def test_a_move_that_is_refused_leaves_nothing(db):
    ticket = make_ticket(State.TRIAGE)
    count = [db.session.scalar(db.select(db.func.count()).select_from(m)) for m in (TicketEvent, Notice, AuditRow)]
    with pytest.raises(Exception, match="研判中"):
        move(ticket, "sign", "wang", handler="1")
    with pytest.raises(Exception, match="负责人"):
        move(ticket, "dispatch", "wang", lead="999999", limit_class="general")
    after = [db.session.scalar(db.select(db.func.count()).select_from(m)) for m in (TicketEvent, Notice, AuditRow)]
    assert after == count


@pytest.mark.parametrize("who", ["wang", "sun", "li", "auditor"])
def test_looking_changes_nothing(db, sign_in_as, who):
    ticket = make_ticket(State.IN_PROGRESS)
    browser, before = sign_in_as(who), _all_rows(db)
    for address in (f"/tickets/{ticket.number}", "/tickets/", f"/tickets/{ticket.number}?history=1"):
        assert browser.get(address).status_code == 200
    if who != "auditor":  # who works no ticket has no queue, and asking for it is noted
        browser.get("/queue")
    assert _all_rows(db) == before


def _all_rows(db):
    tables = ("ticket", "ticket_event", "ticket_interval", "assignment", "voice", "notice", "audit_row")
    return {name: db.session.execute(db.text(f"SELECT * FROM {name}")).all() for name in tables}


def test_the_timeline_reads_every_move_aloud(db, sign_in_as):
    ticket = make_ticket(State.CLOSED)
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    for sentence in (
        "李书记 提交了这件事项。",
        "党政办公室 王老师 受理，归入“水电气暖网络”。",
        "党政办公室 王老师 交办给后勤保障处，",
        "后勤保障处 孙师傅 签收，由孙师傅办理。",
        "后勤保障处 张处长 部门审定通过。",
        "反映人 作了评价：解决了吗——是；满意程度 5/5。",
    ):
        assert sentence in page


def test_a_long_history_is_shown_in_part_and_whole_on_demand(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    for day in range(70):
        move(ticket, "progress", "sun", note=f"第 {day} 天的进展")
    browser = sign_in_as("wang")
    page = browser.get(f"/tickets/{ticket.number}").text
    assert "第 69 天的进展" in page
    assert "第 0 天的进展" not in page
    assert "第 0 天的进展" in browser.get(f"/tickets/{ticket.number}?history=1").text


@pytest.mark.parametrize("state", list(State))
def test_the_page_of_every_state_can_be_read(db, sign_in_as, state):
    ticket = make_ticket(state)
    who = "officer" if state is State.HANDED_OFF else "director"
    page = sign_in_as(who).get(f"/tickets/{ticket.number}")
    assert page.status_code == 200
    assert f'data-state="{state.value}"' in page.text
    assert f'data-version="{ticket.version}"' in page.text
    assert state.label in page.text
    assert page.text.count('class="event') >= min(ticket.event_count, 60)
    assert db.session.get_one(Ticket, ticket.id).version == ticket.version
