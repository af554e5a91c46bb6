"""公开、不公开、撤下: the director releases what the office wrote; nothing of a voice leaves (T39, promise B18)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.audit.models import AuditRow
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.tickets.actions import publishing, requesting
from liaison.tickets.models import Publication, Ticket, TicketEvent
from liaison.tickets.queries import publications
from tests import cast
from tests.factories import TEXT, actor, go, make_ticket, move, raised, unit_id
from tests.tickets.deeds import RELEASED
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

PERSONS, THINGS = "04", "03"  # 教学, 水电: one is about people, the other about pipes


@pytest.fixture
def closed(db, frozen):
    """A file that was shut sixteen days ago."""

    def make(**more: Any) -> Ticket:
        time = frozen("2026-11-02 09:00")
        ticket = make_ticket(State.CLOSED, **{"category": THINGS, **more})
        time.on(days=16)
        return ticket

    return make


def in_force(db) -> list[Publication]:
    return list(db.session.scalars(db.select(Publication).where(Publication.ended_at.is_(None))))


def test_the_office_s_words_are_public_and_who_released_them_is_known(db, closed):
    ticket = closed(place="dorm-3-301", outcome="D")
    move(ticket, "publish", "director", **RELEASED)
    (row,) = in_force(db)
    assert (row.said, row.done) == (RELEASED["public_said"], RELEASED["public_text"])
    assert (row.place_id, row.by_id) == (unit_id("dorm-3"), cast.person("director").id)  # the room is coarsened
    assert (row.outcome.value, row.reason_class.value) == ("D", "facts")
    event = db.session.scalars(db.select(TicketEvent).filter_by(ticket_id=ticket.id, move="publish")).one()
    assert event.data == {"place": "3号楼", "checked": RELEASED["checklist"]}
    assert db.session.scalar(db.select(AuditRow.object).filter_by(deed="ticket.publish")) == ticket.number


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("public_said", TEXT),
        ("public_text", f"同学说：“{TEXT[:14]}”，已经修好。"),
        ("public_text", "请联系住在三楼的同学，电话 13912345678，已经修好。"),
        ("public_said", "  "),
    ],
)
def test_a_student_s_words_and_what_looks_like_somebody_stay_inside(db, closed, field, text):
    with pytest.raises(BadInput) as refused:
        move(closed(), "publish", "director", **RELEASED | {field: text})
    assert list(refused.value.errors) == [field]
    assert in_force(db) == []


def test_the_page_asks_for_each_point_of_the_list(closed, sign_in_as, db):
    ticket, browser = closed(), sign_in_as("director")
    page = f"/tickets/{ticket.number}"
    answer = browser.submit(page, RELEASED | {"checklist": RELEASED["checklist"][:3]}, move="publish")
    assert answer.status_code == 422
    assert "请逐项看过" in answer.text
    assert RELEASED["public_text"] in answer.text
    with pytest.raises(Conflict):
        move(ticket, "publish", "director", **RELEASED | {"checklist": RELEASED["checklist"][:3]})
    assert in_force(db) == []


@pytest.mark.parametrize(("category", "voices", "goes"), [(PERSONS, 4, False), (PERSONS, 5, True), (THINGS, 1, True)])
def test_few_raisers_are_shielded_unless_it_is_about_a_thing(db, closed, category, voices, goes):
    ticket = closed(category=category)
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(voice_count=voices))
    db.session.refresh(ticket)
    if goes:
        move(ticket, "publish", "director", **RELEASED)
    else:
        with pytest.raises(Conflict, match="不满 5 个"):
            move(ticket, "publish", "director", **RELEASED)
    assert len(in_force(db)) == goes


def test_head_and_clerk_propose_and_the_director_decides(db, closed):
    ticket = closed()
    for who in ("zhang", "wang"):
        with pytest.raises(NotAllowed):
            move(ticket, "publish", who, **RELEASED)
    key = requesting.ask(ticket, "publish", actor=actor("zhang"), **RELEASED)
    assert in_force(db) == []
    requesting.settle(ticket, requesting.load(ticket, key), True, actor=actor("director"))
    assert [row.said for row in in_force(db)] == [RELEASED["public_said"]]


def test_reopening_takes_it_down_at_once(db, closed):
    ticket = closed()
    move(ticket, "publish", "director", **RELEASED)
    go(ticket, "reopen")
    assert in_force(db) == []
    assert db.session.scalars(db.select(Publication.end_reason)).one() == "重办"


def test_a_matter_that_becomes_restricted_is_public_no_more_and_a_sealed_one_keeps_no_word(db, closed):
    ticket = closed()
    move(ticket, "publish", "director", **RELEASED)
    publishing.take_back(ticket, actor=actor("director"), reason="写到了是哪一间")
    move(ticket, "publish", "director", **RELEASED)
    move(ticket, "raise_level", "director", reason="说到了具体的人")
    assert in_force(db) == []
    move(ticket, "raise_level", "officer", reason="仍有人认得出")
    assert ticket.confidentiality is Confidentiality.SEALED
    kept = db.session.execute(db.select(Publication.said, Publication.done, Publication.end_reason)).all()
    assert kept == [("", "", "已清除")] * 2


def test_what_is_kept_back_says_why_and_may_be_public_later(db, closed, sign_in_as):
    ticket, browser = closed(), sign_in_as("director")
    page = f"/tickets/{ticket.number}"
    assert browser.submit(page, {"why": "same"}, move="withhold").status_code == 303
    assert browser.send(f"{page}/withhold", {"why": "same", "version": ticket.version}).status_code == 409
    assert [row.why.value for row in in_force(db)] == ["same"]
    assert "与已公开的是同一件事" in browser.get(page).text
    move(ticket, "publish", "director", **RELEASED)
    assert [row.decision.value for row in in_force(db)] == ["published"]


def test_the_director_takes_it_back_with_a_reason(db, closed, sign_in_as):
    ticket, browser = closed(), sign_in_as("director")
    move(ticket, "publish", "director", **RELEASED)
    page = f"/tickets/{ticket.number}"
    assert browser.submit(page, {"reason": " "}, move="take_back").status_code == 422
    assert browser.submit(page, {"reason": "写得不准"}, move="take_back").status_code == 303
    assert in_force(db) == []
    row = db.session.scalars(db.select(Publication)).one()
    assert (row.end_reason, row.ended_by_id) == ("写得不准", cast.person("director").id)
    assert browser.send(f"{page}/take_back", {"reason": "写得不准", "version": ticket.version}).status_code == 409


@pytest.mark.parametrize("deed", ["withhold", "take_back"])
def test_nobody_else_decides(closed, sign_in_as, deed):
    ticket = closed()
    typed = {"version": ticket.version, "why": "same", "reason": "写得不准"}
    for who in ("wang", "zhang", "auditor", "li"):
        assert sign_in_as(who).send(f"/tickets/{ticket.number}/{deed}", typed).status_code == 403
    assert sign_in_as("noise-head").send(f"/tickets/{ticket.number}/{deed}", typed).status_code == 404


def test_before_the_reopening_window_is_over_nothing_is_decided(db, frozen):
    frozen("2026-11-02 09:00")
    ticket = make_ticket(State.CLOSED)
    with pytest.raises(Conflict):
        publishing.withhold(ticket, actor=actor("director"), why="same")
    with pytest.raises(Conflict, match="重办期"):
        move(ticket, "publish", "director", **RELEASED)


def test_the_words_of_a_merged_matter_are_a_student_s_too(db, closed, frozen):
    lead = make_ticket(State.IN_PROGRESS, category=THINGS)
    said = "洗衣机也一直是坏的，已经两个星期没有人来修"
    other = raised(text=said)
    go(db.session.get_one(Ticket, other.ticket_id), "accept")
    move(db.session.get_one(Ticket, other.ticket_id), "merge", "wang", lead_ticket=lead.number, reason="同一件事")

    assert set(publications.voices(lead.id)) == {TEXT, said}
