"""拆分: each problem a ticket of its own; what was waited is not forgotten (T9, T9a, A14)."""

import pytest

from liaison.core.errors import Conflict
from liaison.tickets.models import Interval, Ticket, TicketEvent, Voice
from tests.factories import at, make_ticket, move, voice_of
from workflows.ticket_states import State

TEXTS = ["图书馆座位少", "奖学金还没有发"]


@pytest.fixture
def family(db, frozen):
    time = frozen("2026-11-18 20:40")
    parent = make_ticket(State.TRIAGE, text="图书馆座位少，另外奖学金还没发")
    time.to("2026-11-19 10:00")
    move(parent, "split", "wang", children=TEXTS)
    return parent, db.session.scalars(db.select(Ticket).filter_by(parent_id=parent.id).order_by(Ticket.id)).all()


def test_the_children_start_in_triage_with_the_age_of_the_parent(db, family):
    parent, children = family
    assert parent.state is State.SPLIT
    assert [child.title for child in children] == TEXTS
    for child in children:
        assert (child.state, child.raised_at, child.waits_since) == (State.TRIAGE, parent.raised_at, parent.raised_at)
        assert (child.place_id, child.filed_by_id, child.category_id) == (parent.place_id, parent.filed_by_id, None)


def test_each_has_its_own_number_and_clock(db, family):
    parent, children = family
    assert len({parent.number, *[child.number for child in children]}) == 3
    assert {child.next_due_at for child in children} == {at("2026-11-21 00:00")}


def test_the_extracts_have_no_code_the_parents_shows_them_all(db, family):
    parent, _children = family
    original = db.session.get_one(Voice, voice_of(parent))
    extracts = db.session.scalars(db.select(Voice).filter_by(extract_of_id=original.id)).all()
    assert [voice.text for voice in extracts] == TEXTS
    assert {voice.code_hash for voice in extracts} == {None}
    assert original.code_hash
    assert original.text == "图书馆座位少，另外奖学金还没发"


def test_they_inherit_the_ledger_and_go_on_with_it(db, family):
    parent, children = family
    assert _intervals(db, parent)[-1][2] == at("2026-11-19 10:00")
    for child in children:
        mine = _intervals(db, child)
        assert (mine[0][1], mine[-1][2]) == (parent.raised_at, None)


def test_parent_and_children_name_each_other(db, family):
    parent, children = family
    rows = {
        row.ticket_id: row.data
        for row in db.session.scalars(db.select(TicketEvent).where(TicketEvent.move.in_(["split", "born_of_split"])))
    }
    assert rows[parent.id]["children"] == [child.number for child in children]
    assert all(rows[child.id] == {"parent": parent.number} for child in children)


@pytest.mark.parametrize("texts", [["只有一个问题"], ["同一个问题", " 同一个问题 "], ["一个", "  ", ""]])
def test_one_problem_is_nothing_to_split(db, texts):
    ticket = make_ticket(State.TRIAGE)
    with pytest.raises(Conflict, match="两个不同"):
        move(ticket, "split", "wang", children=texts)
    assert db.session.scalar(db.select(db.func.count()).select_from(Ticket)) == 1


def test_with_others_merged_into_it_it_is_not_split(db):
    ticket, other = make_ticket(State.TRIAGE), make_ticket()
    move(other, "merge", "wang", lead_ticket=ticket.number, reason="同一件事")
    db.session.refresh(ticket)
    with pytest.raises(Conflict, match="撤销并案"):
        move(ticket, "split", "wang", children=TEXTS)


def _intervals(db, ticket):
    rows = db.session.scalars(
        db.select(Interval).filter_by(ticket_id=ticket.id).order_by(Interval.from_at, Interval.id)
    )
    return [(row.ledger.value, row.from_at, row.until_at) for row in rows]
