"""评价集中 (I11): ratings that come together leave a mark on the unit, and nothing of those who gave them."""

import pytest

from liaison.feedback import watching
from liaison.people.models import FailedTry
from liaison.tickets.models.tellings import RatingMark
from tests.factories import make_ticket, unit_id
from tests.feedback.conftest import TO_ANSWER, Holder
from workflows.ticket_states import State


def marks(db):
    db.session.commit()
    rows = db.session.execute(db.select(RatingMark.unit_id, RatingMark.count, RatingMark.at).order_by(RatingMark.id))
    return [tuple(row) for row in rows]


@pytest.fixture
def ticket(db, frozen):
    frozen("2026-11-19 20:10")
    return make_ticket(State.FEEDBACK_GIVEN)


def test_a_rating_is_counted_and_one_leaves_no_mark(db, voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    holder.rate(held)
    assert marks(db) == []
    assert db.session.scalars(db.select(FailedTry.count).filter_by(kind="rating")).all() == [1]


def test_the_fifth_within_ten_minutes_from_one_block_leaves_the_hour(db, ticket, frozen):
    for n in range(4):
        watching.rated(ticket.id, f"203.0.113.{n}")
    assert marks(db) == []
    frozen("2026-11-19 20:19")
    watching.rated(ticket.id, "203.0.113.77")
    (unit, count, at), *others = marks(db)
    assert (unit, count, at.isoformat(), others) == (unit_id("logistics"), 5, "2026-11-19T12:00:00+00:00", [])


def test_other_blocks_other_units_and_later_ones_are_counted_apart(db, ticket, frozen):
    other = make_ticket(State.FEEDBACK_GIVEN, lead="it-centre")
    for n in range(4):
        watching.rated(ticket.id, f"203.0.113.{n}")
    watching.rated(ticket.id, "203.0.112.1")
    watching.rated(other.id, "203.0.113.9")
    frozen("2026-11-19 20:21")
    watching.rated(ticket.id, "203.0.113.9")
    assert marks(db) == []


def test_restricted_matters_are_not_watched(db, frozen):
    frozen("2026-11-19 20:10")
    ticket = make_ticket(State.FEEDBACK_GIVEN, confidentiality="restricted", office="officer")
    for _one in range(5):
        watching.rated(ticket.id, "203.0.113.1")
    assert marks(db) == []


def test_a_rating_pressed_while_signed_in_is_not_taken_and_leaves_a_mark_without_a_name(db, voice, sign_in_as):
    held = voice(TO_ANSWER)
    clerk = Holder(sign_in_as("wang"))
    clerk.send("rate", held, solved="yes", satisfied="5")
    clerk.send("remark", held, text="四楼也没有")
    assert [row[:2] for row in marks(db)] == [(unit_id("logistics"), 1)]
    assert set(RatingMark.__table__.c.keys()) == {"id", "unit_id", "count", "at"}


@pytest.mark.parametrize(
    ("address", "block"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", ""), ("unix", "unix")],
)
def test_a_block_is_what_one_house_shares(address, block):
    assert watching.block(address) == block
