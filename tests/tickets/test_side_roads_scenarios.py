"""The scenarios of returns, co-units, merges and splits under their own names; their edges are tested beside them."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.feedback import queries as held
from liaison.tickets.actions import assists, codes
from liaison.tickets.models import Assignment, Telling, Ticket
from liaison.tickets.models.work import Duty, Ending
from liaison.tickets.presenting import hops
from liaison.tickets.queries.facts import voice_facts
from liaison.tickets.queries.page import load_page
from tests.factories import ANSWER, actor, at, go, make_ticket, move, raised, unit_id, voice_of
from tests.tickets.deeds import RETURN
from tests.tickets.test_merge import fields, merge, unmerge
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

S = State


def ask_return(ticket, who, suggested="it-centre"):
    return move(ticket, "request_return", who, **RETURN, suggested_unit=str(unit_id(suggested)))


def uphold(ticket, who):
    return move(ticket, "uphold_return", who, reason="职责不在该单位")


def asked_beside(ticket, *units):
    """The director gives it to 后勤保障处 as COMPLEX, each of these units asked beside it."""
    asked = {
        "co": [unit_id(code) for code in units],
        "co_questions": {str(unit_id(code)): "能否增容" for code in units},
    }
    move(ticket, "dispatch", "director", lead=str(unit_id("logistics")), limit_class="complex", **asked)
    return go(ticket, "sign")


def co_rows(db, ticket):
    db.session.expire_all()
    wanted = db.select(Assignment).filter_by(ticket_id=ticket.id, duty=Duty.CO)
    return {row.unit_id: row for row in db.session.scalars(wanted)}


def waive(ticket, row, who, reason):
    assists.move(ticket, row, "waive", actor=actor(who), reason=reason)


def test_a9_a_network_matter_is_not_passed_round(db, frozen):
    time = frozen("2026-11-09 09:00")
    ticket = make_ticket(S.DISPATCHED, text="宿舍的网络晚上断线")
    time.on(days=1)
    ask_return(ticket, "zhang")
    time.on(days=1)
    uphold(ticket, "wang")
    go(ticket, "dispatch", lead="it-centre")
    time.on(days=1)
    ask_return(ticket, "it-head", suggested="academic-affairs")
    uphold(ticket, "director")
    ruling = {"lead": str(unit_id("it-centre")), "limit_class": "general", "basis": "学生宿舍网络归信息化中心"}
    with pytest.raises(NotAllowed):
        move(ticket, "designate", "wang", **ruling)
    move(ticket, "designate", "director", **ruling)
    assert (ticket.return_count, ticket.is_designated, ticket.waits_since) == (2, True, at("2026-11-09 09:00"))
    with pytest.raises(Conflict):
        ask_return(ticket, "it-head")
    units = [unit for unit, _days in hops(load_page(ticket).assignments)]
    assert units == ["后勤保障处", "信息化中心", "信息化中心"]


def test_a10_a_refused_return_stops_no_clock(db, frozen):
    time = frozen("2026-11-09 09:00")
    ticket = make_ticket(S.DISPATCHED)
    time.on(days=1)
    ask_return(ticket, "zhang")
    time.on(days=1)
    move(ticket, "reject_return", "wang", reason="职责清单第3条")
    assert (ticket.due_at, ticket.is_designated) == (at("2026-11-17 00:00"), True)  # Monday the 16th, 24:00


def test_a11_a_unit_returns_a_ticket_once(db, sign_in_as):
    ticket = make_ticket(S.DISPATCHED)
    ask_return(ticket, "zhang")
    uphold(ticket, "wang")
    go(ticket, "dispatch")
    typed = {**RETURN, "suggested_unit": unit_id("it-centre")}
    answer = sign_in_as("zhang").send(f"/tickets/{ticket.number}/request_return", typed)
    assert answer.status_code == 409
    assert "申请退回过一次" in answer.text


def test_a12_the_lead_waits_for_the_unit_beside_it(db, frozen, sign_in_as):
    frozen("2026-11-05 09:00")
    ticket = asked_beside(make_ticket(S.TRIAGE, text="食堂的电梯停了两个星期"), "it-centre")
    [row] = co_rows(db, ticket).values()
    assert (ticket.due_at, row.due_at) == (at("2026-11-27 00:00"), at("2026-11-25 00:00"))
    with pytest.raises(Conflict, match="1 个协办答复未到"):
        go(ticket, "submit_answer")
    waive(ticket, row, "zhang", "资产已经报废，不用再答")
    assert go(ticket, "submit_answer").state is S.DEPT_REVIEW
    assert "资产已经报废，不用再答" in sign_in_as("wang").get(f"/tickets/{ticket.number}").text


def test_a13_nine_voices_are_one_matter_and_nine_debts(db, frozen):
    time = frozen("2026-11-02 09:00")
    voices = []
    for _ in range(9):
        voices.append(raised())
        time.on(days=1)
    lead, *others = [db.session.get_one(Ticket, one.ticket_id) for one in voices]
    for ticket in others:
        merge(ticket, lead)
        db.session.refresh(lead)
    assert (lead.waits_since, lead.voice_count, lead.is_hot) == (at("2026-11-02 09:00"), 9, True)
    restricted = make_ticket(confidentiality=Confidentiality.RESTRICTED, filer="officer")
    with pytest.raises(Conflict, match="密级不同"):
        merge(restricted, lead, "officer")
    go(lead, "accept dispatch sign submit_answer head_approve office_approve")
    db.session.commit()
    pages = [held.find(codes.hashed(one.code)) for one in voices]
    assert [page.matters[0].final_answer.text for page in pages] == [ANSWER] * 9
    assert [row.told_at for row in voice_facts(lead)] == [None] * 9


def test_a14_two_matters_in_one_text_are_two_tickets_under_one_code(db, frozen):
    time = frozen("2026-11-18 20:40")
    text = "图书馆座位少，另外奖学金还没发"
    one = raised(text=text)
    parent = db.session.get_one(Ticket, one.ticket_id)
    time.on(hours=14)
    go(parent, "accept split")
    children = db.session.scalars(db.select(Ticket).filter_by(parent_id=parent.id).order_by(Ticket.id)).all()
    assert (parent.state, parent.is_open) == (S.SPLIT, False)
    assert {child.raised_at for child in children} == {at("2026-11-18 20:40")}
    db.session.commit()
    shown = held.find(codes.hashed(one.code))
    assert [matter.number for matter in shown.matters] == [child.number for child in children]


def test_a36_every_unit_answers_its_own_question(db, frozen):
    time = frozen("2026-11-05 09:00")
    ticket = asked_beside(make_ticket(S.TRIAGE), "academic-affairs", "it-centre")
    time.to("2026-11-23 10:00")
    move(ticket, "co_answer", "liu", answer=ANSWER)
    time.to("2026-11-24 10:00")
    rows = co_rows(db, ticket)
    silent = rows[unit_id("it-centre")]
    assert silent.due_at == at("2026-11-25 00:00")  # red from the 25th
    with pytest.raises(Conflict, match="1 个协办答复未到"):
        go(ticket, "submit_answer")
    waive(ticket, silent, "zhang", "无需改造线路")
    assert go(ticket, "submit_answer").state is S.DEPT_REVIEW
    rows = co_rows(db, ticket)
    assert rows[unit_id("it-centre")].ending is Ending.WAIVED
    answered = rows[unit_id("academic-affairs")]
    assert answered.answered_at < answered.due_at
    count = db.select(db.func.count()).select_from(Assignment).filter_by(ticket_id=ticket.id)
    assert (db.session.scalar(count.filter_by(duty=Duty.LEAD)), len(rows)) == (1, 2)


def test_a37_a_merge_is_undone_completely(db, frozen):
    time = frozen("2026-11-02 09:00")
    p = make_ticket(S.TRIAGE, text="三号楼夜里断网")
    time.to("2026-11-04 10:00")
    go(p, "dispatch sign", lead="it-centre")
    time.to("2026-11-05 09:00")
    q, before = make_ticket(S.IN_PROGRESS), fields(p)
    alone = fields(q)
    time.to("2026-11-06 10:00")
    merge(p, q)
    db.session.refresh(q)
    assert (p.state, q.voice_count, q.waits_since) == (S.MERGED, 2, at("2026-11-02 09:00"))
    unmerge(p)
    db.session.expire_all()
    assert (fields(p), fields(q)) == (before, alone)
    merge(p, q)
    time.to("2026-11-11 09:00")
    db.session.refresh(q)
    go(q, "submit_answer head_approve office_approve tell")
    move(q, "tell", "li", voice_of(p), channel="face_to_face")
    time.to("2026-11-12 09:00")
    unmerge(p)
    db.session.expire_all()
    assert (p.state, p.due_at, p.waits_since) == (S.IN_PROGRESS, at("2026-11-18 00:00"), at("2026-11-02 09:00"))
    assert ([row.told_at for row in voice_facts(p)], q.waits_since) == ([None], at("2026-11-05 09:00"))
    assert db.session.scalars(db.select(Telling).filter_by(voice_id=voice_of(p))).one().ticket_id == q.id
    r, q2 = make_ticket(), make_ticket(S.IN_PROGRESS)
    merge(p, q2)
    db.session.refresh(q2)
    merge(q2, r)
    with pytest.raises(Conflict, match="请先撤销"):
        unmerge(p)
