"""metrics.md §6.1: November of 示例大学, done by the public actions, gives every figure as the page prints it."""

from datetime import date

import pytest

from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.printing import printed
from liaison.oversight.figures.scope import Scope
from liaison.people.models import Unit
from tests.oversight.figures.november import history

NOVEMBER = Scope(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30))
A_MONTH_LATER = Scope(date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 31))
C, D, F = View.COHORT, View.DUE, View.FLOW
PAGE = {  # key and set: numerator, denominator, as printed
    ("closed_rate", C): (74, 108, "68.5%"),
    ("claimed_over_closed", C): (61, 74, "82.4%"),
    ("explained_over_closed", C): (13, 74, "17.6%"),
    ("on_time_final", D): (74, 80, "92.5%"),
    ("on_time_original", D): (70, 80, "87.5%"),
    ("satisfied_wide", F): (37, 41, "90.2%"),
    ("satisfied_strict", F): (32, 41, "78.0%"),
    ("rating_response", F): (41, 80, "51.3%"),
    ("excluded_share", C): (6, 114, "5.3%"),
    ("told_over_outcome", C): (90, 96, "93.8%"),
    ("told_over_voices", C): (90, 126, "71.4%"),
}
TABLE = {  # lead unit: tickets, closed, on time of Due, A and D of the closed, satisfied – as printed
    "后勤保障处": ("34", "79.4%", "92.6%", 24, 3, "92.9%"),
    "教务处": ("9", "6/9", "5/6", 3, 3, "样本不足"),
    "信息化中心": ("15", "66.7%", "91.7%", 9, 1, "5/6"),
}


@pytest.fixture
def november(played):
    return played(history(), NOVEMBER)


def said(found, key, view):
    one = figure(key, view)
    return printed(one, one.count(found.world))


def test_every_figure_of_the_page_comes_out_exactly(db, played, november):
    found = {key: (*november.ratio(*key), said(november, *key)) for key in PAGE}
    assert found == PAGE
    assert [november.of(key).numerator for key in ("voices", "tickets_all", "tickets", "hot_tickets")] == [
        128,
        114,
        108,
        1,
    ]
    assert november.ratio("overdue_stock", View.STOCK)[0] == 3
    assert november.of("plan_stock", View.STOCK).denominator == 5

    later = played([], A_MONTH_LATER)
    assert (*later.ratio("closed_rate"), said(later, "closed_rate", C)) == (101, 108, "93.5%")

    lead_units = db.select(Unit.name, Unit.id).where(Unit.code.startswith("history"))
    ids = {row.name: row.id for row in db.session.execute(lead_units)}
    for name, row in TABLE.items():
        own = played([], NOVEMBER, units={ids[name]})
        kinds = [own.of(key).numerator for key in ("claimed_over_closed", "explained_over_closed")]
        shown = [said(own, *key) for key in (("closed_rate", C), ("on_time_final", D), ("satisfied_wide", F))]
        assert (said(own, "tickets", C), *shown[:2], *kinds, shown[2]) == row
