"""抽查: the lots of domain.md §4.8, the urn of a month, and what a hit does (T35, promise B4)."""

import pytest

from liaison import tick
from liaison.settings.table import SETTINGS
from liaison.tickets.actions import sampling
from liaison.tickets.actions.sampling import draw, key_of, open_month, top_up
from liaison.tickets.models.draws import Draw, Lot, Why
from tests.factories import actor, at, make_ticket, move, voice_of
from workflows.ticket_states import State

SEED = "4f1c9a27d05be683"
KEYS = {  # the worked draw of the specification
    "LX2026-000101-0": 0.6703, "LX2026-000102-8": 0.4378, "LX2026-000103-6": 0.0698, "LX2026-000104-4": 0.9706,
    "LX2026-000105-2": 0.1580, "LX2026-000106-9": 0.6572, "LX2026-000107-7": 0.7801, "LX2026-000108-5": 0.2293,
    "LX2026-000109-3": 0.4946, "LX2026-000110-8": 0.1799, "LX2026-000111-6": 0.8687, "LX2026-000112-4": 0.0369,
}  # fmt: skip


@pytest.mark.parametrize(("number", "key"), KEYS.items())
def test_anyone_can_draw_again(number, key):
    assert key_of(SEED, number, 1) == pytest.approx(key, abs=0.00005)


@pytest.fixture
def lot(monkeypatch):
    """lot(0.1): every answer draws this key."""
    return lambda key: monkeypatch.setattr(sampling, "key_of", lambda *_asked: key)


def lots(db, **where):
    return list(db.session.scalars(db.select(Lot.why).filter_by(**where).order_by(Lot.id)))


def test_a_hit_goes_to_the_call_backs(db, lot):
    lot(0.1999)
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    assert draw(ticket)
    assert (ticket.state, ticket.is_drawn) == (State.CALLBACK, True)
    assert lots(db, ticket_id=ticket.id) == [Why.BASE]


def test_the_other_four_fifths_stay(db, lot):
    lot(0.2)
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    assert not draw(ticket)
    lot(0.0)
    assert not draw(ticket)  # one answer, one lot
    assert (ticket.state, ticket.is_drawn) == (State.FEEDBACK_GIVEN, False)
    assert lots(db) == [None]


def test_what_nobody_was_told_of_yet_waits_for_its_telling(db, lot):
    lot(0.0)
    ticket = make_ticket(State.FEEDBACK_PENDING)
    assert draw(ticket)
    assert (ticket.state, ticket.is_drawn) == (State.FEEDBACK_PENDING, False)
    move(ticket, "tell", "wang", voice_of(ticket), channel="phone")
    assert tick.draw_told() == 1
    db.session.refresh(ticket)
    assert ticket.state is State.CALLBACK


@pytest.mark.parametrize(
    ("made", "why"),
    [({"outcome": "D"}, Why.EXPLAINED), ({"confidentiality": "restricted", "office": "officer"}, Why.RESTRICTED)],
)
def test_by_rule_somebody_always_looks(db, lot, made, why):
    lot(0.99)
    ticket = make_ticket(State.FEEDBACK_GIVEN, **made)
    assert draw(ticket)
    assert lots(db) == [why]


def test_a_reopened_matter_is_always_looked_at(db, lot):
    lot(0.99)
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    ticket.reopen_count = 1
    assert draw(ticket)
    assert lots(db) == [Why.REOPENED]


def test_the_rate_of_the_month_is_the_one_it_began_with(db, lot, setting):
    lot(0.4)
    setting(sample_rate=50)
    began = open_month(sampling.today().replace(day=1))
    setting(sample_rate=SETTINGS["sample_rate"][1].default)
    assert began.rate == 50
    assert draw(make_ticket(State.FEEDBACK_GIVEN))


# --- the month ---------------------------------------------------------------------------------


def test_the_month_opens_once_with_a_hash_and_without_its_seed(db, frozen):
    frozen("2026-11-01 00:10")
    assert [tick.open_month(), tick.open_month()] == [1, 0]
    made = db.session.scalars(db.select(Draw)).one()
    assert made.seed_hash == sampling.hash_of(made.seed)
    assert (made.rate, made.frozen_at) == (20, None)


def test_a_draw_missed_for_a_week_is_made_once_never_twice(db, frozen, lot):
    """The clock stood still from the 20th of November to the 7th of December."""
    lot(0.3)
    time = frozen("2026-11-20 15:00")
    tick.open_month()
    made = [make_ticket(State.FEEDBACK_GIVEN) for _n in range(2)]
    time.to("2026-12-07 09:00")
    failures = [done.failure for _n in range(2) for done in tick.run() if done.failure]
    assert not failures
    november, december = db.session.scalars(db.select(Draw).order_by(Draw.month))
    assert november.frozen_at == at("2026-12-07 09:00")
    assert december.frozen_at is None
    assert lots(db, draw_id=november.id) == [Why.TOP_UP, Why.TOP_UP]  # fewer than five: all are looked at
    before = november.list_hash
    time.on(hours=2)
    tick.run()
    db.session.refresh(november)
    assert (november.list_hash, november.frozen_at) == (before, at("2026-12-07 09:00"))
    assert {one.ticket_id for one in db.session.scalars(db.select(Lot))} == {one.id for one in made}


def test_a_late_answer_does_not_change_a_frozen_list(db, frozen, lot):
    """The head approved it in November, the office in December."""
    lot(0.9)
    time = frozen("2026-11-30 17:00")
    tick.open_month()
    ticket = make_ticket(State.OFFICE_REVIEW)
    time.to("2026-12-01 09:00")
    tick.run()
    move(ticket, "office_approve", "wang")
    move(ticket, "tell", "wang", voice_of(ticket), channel="phone")
    tick.run()
    months = dict(db.session.execute(db.select(Draw.id, Draw.month)).all())
    assert [months[one.draw_id].month for one in db.session.scalars(db.select(Lot))] == [12]


class Drawn:
    def __init__(self, number, unit, why=None):
        self.number, self.unit, self.why, self.episode = number, unit, why, 1


def test_each_unit_is_topped_up_to_five():
    urn = [Drawn(number, "logistics" if n < 9 else "it-centre") for n, number in enumerate(KEYS)]
    added = [lot.number for lot in top_up(urn, SEED)]
    of_logistics = sorted(list(KEYS)[:9], key=KEYS.get)[:5]
    assert added == of_logistics + sorted(list(KEYS)[9:], key=KEYS.get)
    urn[2].why = Why.BASE
    assert "LX2026-000103-6" not in [lot.number for lot in top_up(urn, SEED)]


# --- on the spot (A16) ---------------------------------------------------------------------------


def spot(filer="chen"):
    answer = "图书馆自习区从今天起开放到二十三点"
    return make_ticket(State.SUBMITTED, filer=filer, on_spot_answer=answer, answered_by_id=actor(filer).id)


def confirm(ticket, filer="chen"):
    return move(ticket, "confirm_onspot", "wang", answer="自习区开放到二十三点", answered_by=str(actor(filer).id))


def test_a16_spot_check_of_what_was_settled_on_the_spot(db, frozen, lot):
    """副校长's first month: drawn whatever the key; not true, so the ticket goes back to triage and to a unit."""
    lot(0.99)
    frozen("2026-11-19 10:00")
    ticket = spot()
    assert tick.draw_told() == 1
    db.session.refresh(ticket)
    assert confirm(ticket) is State.CALLBACK
    tick.draw_told()
    assert lots(db) == [Why.ON_SPOT]
    move(ticket, "check_mismatch_onspot", "zhao-clerk", check_result="false", note="没有延长")
    assert (ticket.state, ticket.reopen_count, ticket.checked) == (State.TRIAGE, 1, None)


def test_later_the_lot_decides_on_the_spot_too(db, frozen, lot):
    lot(0.99)
    time = frozen("2026-09-10 10:00")
    spot()
    time.to("2026-11-19 10:00")
    ticket = spot()
    tick.draw_told()
    db.session.refresh(ticket)
    assert confirm(ticket) is State.CLOSED
