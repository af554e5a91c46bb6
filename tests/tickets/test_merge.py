"""并案 and its undoing: a pointer and nothing else, so that everything comes back field by field (A13, A37)."""

import pytest

from liaison.core.errors import BadInput, Conflict
from liaison.tickets.models import Assignment, Telling, Ticket, Voice
from liaison.tickets.queries.facts import voice_facts
from tests.factories import at, go, make_ticket, move, unit_id, voice_of
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

COUNTED = {"version", "event_count"}  # what every move raises


def merge(ticket, lead, who="wang"):
    return move(ticket, "merge", who, lead_ticket=lead.number, reason="同一栋楼的同一件事")


def unmerge(ticket, who="wang"):
    return move(ticket, "unmerge", who, reason="不是同一件事")


def fields(ticket):
    columns = ticket.__table__.columns.keys()
    return {name: getattr(ticket, name) for name in columns if name not in COUNTED}


@pytest.fixture
def two(db, frozen):
    """P, raised on Monday, with 信息化中心; Q, raised on Thursday, with 后勤保障处 (A37)."""
    time = frozen("2026-11-02 09:00")
    p = make_ticket(State.TRIAGE, text="三号楼夜里断网")
    time.to("2026-11-04 10:00")
    go(p, "dispatch sign", lead="it-centre")
    time.to("2026-11-05 09:00")
    q = make_ticket(State.IN_PROGRESS)
    time.to("2026-11-06 10:00")
    return time, p, q


def test_undone_at_once_both_are_as_before_field_by_field(db, two):
    _time, p, q = two
    before = fields(p), fields(q)
    merge(p, q)
    unmerge(p)
    db.session.expire_all()
    assert (fields(p), fields(q)) == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.TRIAGE, State.DISPATCHED, State.IN_PROGRESS])
def test_from_every_state_it_comes_back_days_later_as_it_was(db, frozen, state):
    time = frozen("2026-11-02 09:00")
    ticket = make_ticket(state, limit_class="urgent" if state is State.DISPATCHED else "general")
    time.on(hours=3)
    lead, before = make_ticket(State.TRIAGE), fields(ticket)
    time.on(hours=3)
    merge(ticket, lead)
    unmerge(ticket)
    db.session.expire_all()
    assert fields(ticket) == before


def test_while_merged_nothing_has_moved_but_the_pointer(db, two):
    _time, p, q = two
    own = voice_of(p)
    merge(p, q)
    db.session.expire_all()
    assert (p.state, p.merged_into_id, p.raised_at) == (State.MERGED, q.id, at("2026-11-02 09:00"))
    assert db.session.get_one(Voice, own).ticket_id == p.id
    assert db.session.scalars(db.select(Assignment.unit_id).filter_by(ticket_id=p.id)).one() == unit_id("it-centre")
    assert (q.voice_count, q.waits_since) == (2, at("2026-11-02 09:00"))
    assert {row.voice_id for row in voice_facts(q)} == {own, voice_of(q)}


def test_undone_after_the_lead_was_answered_its_voice_owes_again_and_the_days_are_added(db, two):
    time, p, q = two
    own = voice_of(p)
    merge(p, q)
    time.to("2026-11-11 09:00")
    db.session.refresh(q)
    go(q, "submit_answer head_approve office_approve tell")
    move(q, "tell", "li", own, channel="face_to_face")
    time.to("2026-11-12 09:00")
    unmerge(p)
    db.session.expire_all()
    assert (p.state, p.due_at) == (State.IN_PROGRESS, at("2026-11-18 00:00"))  # Tuesday 17 November, 24:00
    assert (p.waits_since, q.waits_since) == (at("2026-11-02 09:00"), at("2026-11-05 09:00"))
    assert [row.told_at for row in voice_facts(p)] == [None]
    assert db.session.scalars(db.select(Telling).filter_by(voice_id=own)).one().ticket_id == q.id


def test_it_is_refused_only_where_a_later_merge_depends_on_it(db, two):
    _time, p, q = two
    r = make_ticket(State.TRIAGE)
    merge(p, q)
    db.session.refresh(q)
    merge(q, r)
    with pytest.raises(Conflict, match=r.number):
        unmerge(p)
    unmerge(q)
    assert unmerge(p) is State.IN_PROGRESS
    db.session.refresh(r)
    assert (r.voice_count, r.waits_since) == (1, r.raised_at)


def test_a_chain_keeps_count_of_all_its_voices(db, two):
    _time, p, q = two
    r = make_ticket(State.TRIAGE)
    merge(p, q)
    db.session.refresh(q)
    merge(q, r)
    db.session.refresh(r)
    assert (r.voice_count, r.waits_since) == (3, p.raised_at)
    assert len(voice_facts(r)) == 3


def test_of_several_the_oldest_that_stays_says_since_when_the_lead_waits(db, frozen):
    time = frozen("2026-11-02 09:00")
    tickets = []
    for day in (2, 3, 4):
        time.to(f"2026-11-0{day} 09:00")
        tickets.append(make_ticket(State.SUBMITTED))
    oldest, middle, lead = tickets
    for ticket in (oldest, middle):
        merge(ticket, lead)
    unmerge(oldest)
    db.session.refresh(lead)
    assert (lead.waits_since, lead.voice_count) == (middle.raised_at, 2)


def test_nine_voices_in_ten_days_are_marked_and_unmarked_when_they_part(db, frozen):
    time = frozen("2026-11-02 09:00")
    lead = make_ticket()
    others = []
    for _ in range(8):
        time.on(days=1)
        others.append(make_ticket())
        merge(others[-1], lead)
        db.session.refresh(lead)
        assert lead.is_hot == (lead.voice_count >= 5)
    for ticket in others[4:]:
        unmerge(ticket)
        db.session.refresh(lead)
    assert (lead.voice_count, lead.is_hot) == (5, True)
    unmerge(others[0])
    db.session.refresh(lead)
    assert (lead.voice_count, lead.is_hot) == (4, False)


def test_every_voice_has_its_own_debt(db, two):
    _time, p, q = two
    own = voice_of(p)
    merge(p, q)
    db.session.refresh(q)
    go(q, "submit_answer head_approve office_approve tell")
    assert {row.voice_id for row in voice_facts(q) if row.told_at} == {voice_of(q)}
    move(q, "tell", "wang", own, channel="phone")
    assert (q.told_count, q.voice_count) == (2, 2)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.MERGED, "另选主件"),
        (State.WITHDRAWN, "另选主件"),
        (State.SPLIT, "另选主件"),
        (State.CLOSED, "把答复告知"),
    ],
)
def test_some_tickets_take_nothing_in(db, state, words):
    lead, ticket = make_ticket(state), make_ticket()
    with pytest.raises(Conflict, match=words):
        merge(ticket, lead)


def test_it_cannot_follow_itself(db):
    ticket = make_ticket()
    with pytest.raises(Conflict, match="自己"):
        merge(ticket, ticket)


def test_a_restricted_ticket_does_not_follow_an_ordinary_one(db):
    secret = make_ticket(confidentiality=Confidentiality.RESTRICTED, office="officer")
    with pytest.raises(Conflict, match="密级"):
        merge(secret, make_ticket(), "officer")


def test_a_number_that_nobody_has_is_said_to_be_unknown(db):
    ticket = make_ticket()
    with pytest.raises(BadInput, match="没有找到"):
        move(ticket, "merge", "wang", lead_ticket="LX2026-999999-0", reason="同一件事")


def test_the_lead_is_drawn_anew_for_whoever_has_its_page_open(db):
    lead, ticket = make_ticket(State.TRIAGE), make_ticket()
    seen = lead.version
    merge(ticket, lead)
    with pytest.raises(Conflict):
        move(lead, "dispatch", "wang", version=seen, lead=str(unit_id("logistics")), limit_class="general")


def test_its_page_says_which_one_it_follows(db, sign_in_as):
    ticket = make_ticket(State.MERGED)
    lead = db.session.get_one(Ticket, ticket.merged_into_id)
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    assert f"已并入 {lead.number}，随它一起办理和答复" in page
