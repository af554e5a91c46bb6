"""What the tests of the figures stand on: a history that was done by the public actions."""

from datetime import date

import pytest

from liaison.calendars import in_force
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.scope import Scope
from liaison.oversight.history.playing import play

MARCH = Scope(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31))


@pytest.fixture
def played(app):
    """played(lines, scope): do a history and look at it; ask the answer for a figure by its key."""

    def look(lines, scope=MARCH, **more):
        if lines:
            play(lines)
        return Looked(computing.world(scope, **more))

    yield look
    in_force.forget()


class Looked:
    def __init__(self, world):
        self.world = world

    def of(self, key, view=View.COHORT):
        return figure(key, view).count(self.world)

    def ratio(self, key, view=View.COHORT):
        found = self.of(key, view)
        return [found.numerator, found.denominator]
