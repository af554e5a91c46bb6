"""Two terms pass at 示例大学, then the newest weeks are told so that everybody finds something on his desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from random import Random

from liaison.core import clock
from liaison.exchange.demo import content, draws, present, programmes
from liaison.exchange.demo.agenda import Agenda, Course
from liaison.exchange.demo.calendar_of_visits import Calendar
from liaison.exchange.demo.company import Company
from liaison.exchange.demo.deeds import Deeds
from liaison.exchange.demo.roads import Roads
from liaison.exchange.demo.school_year import Hours, Season, lived
from liaison.exchange.demo.visits import Visits
from liaison.tickets.actions import following

SEED = 2026


@dataclass(frozen=True)
class Lived:
    """Query codes that a visitor may try, each with what it shows; and what the process refused, which is nothing."""

    codes: list[tuple[str, str]]
    refused: list[str]


def live(seed: int = SEED, share: float = 1.0) -> Lived:
    """Let everything happen up to the midnight before today, in a database that holds the university.

    `share` thins the two terms out; the newest weeks stay whole. Commits nothing.
    """
    chance, today = Random(seed), clock.today()
    agenda, hours, company = Agenda(clock.moment(today)), Hours(chance), Company(chance)
    roads = Roads(agenda, Deeds(company, chance), hours, chance)
    visits, terms = Visits(agenda, company, roads, hours, chance), lived(today)
    calendar = Calendar(chance, today, share)
    for visit in calendar.of(terms, present.told_here()):
        visits.plan(visit)
    for visit, leader in programmes.rounds(terms[-1], today, seed):
        agenda.start(visits.gone(visit, leader), visit.held_at + timedelta(minutes=visit.line["minutes"]))
    _confide(visits, agenda, terms[0])
    newest = present.Present(today, agenda, visits, calendar)
    newest.plan()
    agenda.start(_nights(company), clock.moment(terms[0].first_monday, time(2, 0)))
    agenda.run()
    return Lived(newest.codes, agenda.refused)


def _confide(visits: Visits, agenda: Agenda, term: Season) -> None:
    """One restricted matter of the older term; the other is told in the present."""
    problem = content.problems()["restricted-class-fee"]
    agenda.start(visits.confided(problem), clock.moment(term.first_monday + timedelta(days=23), time(15, 10)))


def _nights(company: Company) -> Course:
    """What `flask tick` does while everybody sleeps."""
    while True:
        draws.month(company)
        following.close_settled()
        following.end_info_waits()
        yield clock.now() + timedelta(days=1)
