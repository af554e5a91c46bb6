"""A second implementation, straight from the rows, agrees for histories of chance, on every day of them.

Each test plays five and takes each back; LIAISON_ROUNDS=100 plays a thousand.
"""

from datetime import timedelta
from random import Random

import pytest

from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.catalogue import figure as figure_of
from liaison.oversight.figures.scope import Scope
from liaison.oversight.queries import dashboard
from liaison.tickets.models import Ticket
from tests.oversight.figures.second import Second
from tests.oversight.figures.walks import BEGIN, Walk, house
from tests.safety.rounds import rounds

pytestmark = pytest.mark.usefixtures("app")
HISTORIES = 5  # of a batch


@pytest.mark.parametrize("batch", rounds(2))
def test_both_counts_agree_now_and_on_days_gone_by(batch):
    home = house()
    for seed in range(HISTORIES * batch, HISTORIES * (batch + 1)):
        with db.session.begin_nested() as point:
            play_and_compare(seed, home)
            point.rollback()
        db.session.expunge_all()


def play_and_compare(seed, home):
    """Small ones and long ones: how many matters, and how many deeds, is chance as well."""
    chance = Random(seed)
    walk = Walk(home, chance)
    walk.go(tickets=chance.randint(2, 6), steps=chance.choice([25, 40, 40, 90]))
    last = clock.local(walk.now).date()
    days = [BEGIN + timedelta(days=chance.randrange((last - BEGIN).days + 1)) for _day in range(3)]
    limits_are_those_of_the_columns(walk, agree(Scope(BEGIN, last, last), seed))
    agree(Scope(*sorted(days[:2]), days[2]), seed)


def agree(scope, seed):
    """Every figure of the catalogue but the share of places visited, which has a brute-force count of its own; and the
    counts that the dashboard has from the database itself."""
    world, second = computing.world(scope), Second(scope)
    found, days = {}, {}
    for figure in CATALOGUE:
        result, name = figure.count(world), figure.name_in_address
        if result.is_quantile:
            days[figure.key] = result.days
        elif figure.key != "coverage":
            found[name if name.startswith("on_time_") else figure.key] = [result.numerator, result.denominator]
    expected = second.ratios()
    assert found == {key: expected[key] for key in found}, (seed, scope)
    assert days == second.days() | {"wait_median": second.median_wait()}, (seed, scope)
    parts = figure_of("wait_split").count(world).parts
    assert sum(parts.values()) == expected["wait_split"][0], (seed, scope)
    beside = dashboard.counted([scope])[0]
    shares = [expected["answered_final"], expected["closed_rate"]]
    assert [[beside.answered, beside.tickets], [beside.closed, beside.tickets]] == shares, (seed, scope)
    return world


def limits_are_those_of_the_columns(walk, world):
    """The limits told again from the events are the ones the moves have stored."""
    for ticket in db.session.scalars(db.select(Ticket).where(Ticket.id.in_(walk.deeds.tickets.values()))):
        record = world.records[ticket.id]
        assert (record.present.due if record.present else None) == ticket.due_at, ticket.number
        if record.first and record.first.original:
            assert record.first.original == ticket.original_due_at, ticket.number
        assert (record.handled.at if record.handled else None) == ticket.handled_at
        assert record.state is ticket.state
