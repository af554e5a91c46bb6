"""What the digest says of papers: a form to confirm until the lock, a plan to declare in early September."""

from datetime import date

import pytest

from liaison.notifications.digest import all_lines, seen_lines
from liaison.notifications.matters import Line
from liaison.programmes.models import CarrierPlan
from tests import cast
from tests.factories import actor

FORM, PLAN = Line("paper.form", "2026-11"), Line("paper.plan", "2026-2027")


@pytest.fixture(autouse=True)
def _in_force(fujian):
    pass


def lines(login):
    return [line for line in all_lines().get(cast.person(login).id, []) if line.text_key.startswith("paper.")]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-11-06 08:30", []),
        ("2026-11-30 08:30", []),
        ("2026-12-01 08:30", [FORM]),
        ("2026-12-05 08:30", [FORM]),
        ("2026-12-06 08:30", []),
    ],
)
def test_a_form_waits_from_the_first_until_the_month_is_locked(frozen, when, told):
    frozen(when)
    assert lines("li") == lines("zhang") == told


def test_who_has_confirmed_and_who_has_no_form_hears_nothing(frozen, sign_in_as):
    frozen("2026-12-01 08:30")
    sign_in_as("li").submit(f"/forms/2026-11/a1/{cast.person('li').id}", move="confirm")
    assert lines("li") == lines("sun") == lines("wang") == []
    assert lines("chen") == [FORM]


def test_what_he_did_since_is_said_no_more(frozen, sign_in_as):
    frozen("2026-12-01 08:30")
    told = lines("li")
    assert seen_lines(actor("li"), told) == told
    sign_in_as("li").submit(f"/forms/2026-11/a1/{cast.person('li').id}", move="confirm")
    assert seen_lines(actor("li"), told) == []


@pytest.mark.parametrize(
    ("when", "is_told"), [("2026-09-01 08:30", True), ("2026-09-10 08:30", True), ("2026-09-11 08:30", False)]
)
def test_a_plan_waits_in_early_september(db, frozen, when, is_told):
    frozen(when)
    assert (PLAN in lines("zhang")) is is_told
    assert PLAN not in lines("li")
    plan = {"academic_year": "2026-2027", "declared_on": date(2026, 9, 1), "duty": "后勤服务"}
    db.session.add(CarrierPlan(person_id=cast.person("zhang").id, **plan))
    db.session.flush()
    assert PLAN not in lines("zhang")
