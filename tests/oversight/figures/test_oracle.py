"""metrics.md §6.2: thirteen voices of March 2026, done by the public actions, give every figure of the fixture."""

import json
from pathlib import Path

from liaison.oversight.figures.figure import View
from tests.oversight.figures.oracle import ORACLE, history

EXPECTED = ORACLE["expected"]
RATIOS = {  # key of the fixture → key of the catalogue
    "response_on_time_matured": "response_on_time",
    "on_time_first_paused": "on_time_first",
    "on_time_final_paused": "on_time_final",
    "on_time_final_unpaused": "on_time_unpaused",
    "answered_over_countable": "answered_final",
    "claimed_fixed_over_countable": "claimed_over_countable",
    "claimed_fixed_over_handled": "claimed_over_handled",
    "satisfied_over_ratings": "satisfied_wide",
} | {
    name: name
    for name in (
        "verified_over_claimed verified_over_countable checks_passed durable_over_countable reopened_episodes"
        " reopened_tickets recurrence_over_claimed rating_coverage satisfaction_lower satisfaction_upper"
        " told_over_outcome told_over_voices"
    ).split()
}


def test_every_figure_of_the_fixture_comes_out_exactly(played):
    march = played(history())
    found = {key: march.ratio(ours) for key, ours in RATIOS.items()}
    assert found == {key: EXPECTED[key] for key in RATIOS}

    counted = [march.of(key).numerator for key in ("voices", "tickets_all", "tickets", "hops")]
    assert counted == [EXPECTED["voices"], EXPECTED["tickets_all"], EXPECTED["countable"], EXPECTED["hops"]]
    assert march.of("hops").parts == {"tickets": 1}

    # the product-limit median, not that of the finished ones only
    assert (march.of("wait_median").days, EXPECTED["naive_median_handled"]) == (EXPECTED["km_median_workdays"], 10)

    ages = march.of("open_stock", View.STOCK).parts["oldest"]
    assert sorted(ages.values()) == sorted(EXPECTED["open"].values())
    assert march.ratio("overdue_stock", View.STOCK) == [len(EXPECTED["overdue"]), len(EXPECTED["open"])]

    low, high = march.of("satisfied_wide").interval
    assert [round(100 * low, 1), round(100 * high, 1)] == EXPECTED["wilson95_pct"]

    # all that was due was raised in the period: both sets agree
    for key in ("on_time_final", "on_time_first", "on_time_unpaused"):
        assert march.ratio(key, View.DUE) == march.ratio(key, View.COHORT)


def test_the_fixture_is_the_one_of_the_specification():
    page = Path(__file__).parents[4] / "shared" / "spec" / "metrics_oracle.json"
    if page.exists():
        assert json.loads(page.read_text()) == ORACLE
