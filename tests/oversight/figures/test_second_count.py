"""A second implementation, straight from the rows, agrees for histories of chance, on every day of them.

Two histories by default; LIAISON_ROUNDS=500 plays a thousand.
"""

from datetime import date, timedelta
from random import Random

import pytest

from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.catalogue import figure as figure_of
from liaison.oversight.figures.scope import Scope
from liaison.tickets.models import Ticket
from tests.oversight.figures.second import Second
from tests.oversight.figures.walks import BEGIN, Walk
from tests.safety.rounds import rounds

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("seed", rounds(2))
def test_both_counts_agree_now_and_on_days_gone_by(seed):
    chance = Random(seed)
    walk = Walk(chance, tickets=6)
    walk.go(steps=130)
    last = clock.local(walk.now).date()
    some_day = BEGIN + timedelta(days=chance.randrange((last - BEGIN).days + 1))
    for as_of in (last, some_day):
        for scope in (Scope(BEGIN, last, as_of), Scope(date(2026, 3, 4), date(2026, 3, 9), as_of)):
            agree(scope)
    limits_are_those_of_the_columns(walk)


def agree(scope):
    """Every figure of the catalogue but the share of places visited, which has a brute-force count of its own."""
    world, second = computing.world(scope), Second(scope)
    found, days = {}, {}
    for figure in CATALOGUE:
        result, name = figure.count(world), figure.name_in_address
        if result.is_quantile:
            days[figure.key] = result.days
        elif figure.key != "coverage":
            found[name if name.startswith("on_time_") else figure.key] = [result.numerator, result.denominator]
    expected = second.ratios()
    assert found == {key: expected[key] for key in found}, scope
    assert days == second.days() | {"wait_median": second.median_wait()}, scope
    parts = figure_of("wait_split").count(world).parts
    assert sum(parts.values()) == found["wait_split"][0], scope


def limits_are_those_of_the_columns(walk):
    """The limits told again from the events are the ones the moves have stored."""
    today = clock.local(walk.now).date()
    world = computing.world(Scope(BEGIN, today, today))
    for ticket in db.session.scalars(db.select(Ticket).where(Ticket.id.in_(walk.deeds.tickets.values()))):
        record = world.records[ticket.id]
        assert (record.present.due if record.present else None) == ticket.due_at, ticket.number
        if record.first and record.first.original:
            assert record.first.original == ticket.original_due_at, ticket.number
        assert (record.handled.at if record.handled else None) == ticket.handled_at
        assert record.state is ticket.state
