"""特殊时期: the director declares days on which online counts as face to face (domain.md §3.6)."""

from datetime import date

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow
from liaison.oversight.queries.record_sources import special_days
from liaison.programmes.in_force import known
from liaison.programmes.models import SpecialPeriod

PAGE = "/special-periods"
WEEK = {"from_on": "2026-11-16", "until_on": "2026-11-20", "reason": "流感期间减少聚集"}


@pytest.fixture
def director(sign_in_as, frozen):
    frozen("2026-11-18 09:00")
    return sign_in_as("director")


@pytest.fixture
def declared(db):
    def read():
        db.session.expire_all()
        return list(db.session.scalars(select(SpecialPeriod).order_by(SpecialPeriod.id)))

    return read


def test_declared_days_count_until_they_are_taken_back(db, director, declared):
    assert director.post_form(PAGE, WEEK).status_code == 303
    (period,) = declared()
    inside, after = date(2026, 11, 18), date(2026, 11, 21)
    assert [known().school.is_special(day) for day in (inside, after)] == [True, False]
    assert director.submit(PAGE, to=f"{PAGE}/{period.id}/withdraw").status_code == 303
    assert not known().school.is_special(inside)
    assert director.send(f"{PAGE}/{period.id}/withdraw").status_code == 409
    deeds = db.session.scalars(select(AuditRow.deed).where(AuditRow.deed.like("special.%")).order_by(AuditRow.seq))
    assert list(deeds) == ["special.declared", "special.withdrawn"]


def test_it_stands_on_the_forms_of_every_month_it_touches(director):
    director.post_form(PAGE, WEEK | {"until_on": "2026-12-02"})
    words = "11月16日至12月2日为特殊时期（流感期间减少聚集），网上联系按面对面计算。"
    assert [special_days(date(2026, month, 1)) for month in (10, 11, 12)] == [(), (words,), (words,)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until_on": "2026-11-15"}, "until_on"),
        ({"until_on": "2027-11-15"}, "until_on"),
        ({"reason": ""}, "reason"),
        ({"reason": "长" * 61}, "reason"),
        ({"from_on": ""}, "from_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_stores_nothing(director, declared, typed, field):
    answer = director.post_form(PAGE, WEEK | typed)
    assert answer.status_code == 422
    assert f'class="error" id="{field}-note"' in answer.text
    assert declared() == []


def test_days_are_declared_once(director, declared):
    director.post_form(PAGE, WEEK)
    again = director.post_form(PAGE, WEEK | {"from_on": "2026-11-20", "until_on": "2026-11-25"})
    assert again.status_code == 422
    assert "2026-11-16 至 2026-11-20" in again.text
    assert len(declared()) == 1


@pytest.mark.parametrize("who", ["wang", "li", "zhang", "admin", "auditor"])
def test_nobody_else_finds_it(sign_in_as, who):
    browser = sign_in_as(who)
    assert (browser.get(PAGE).status_code, browser.send(PAGE, WEEK).status_code) == (404, 404)


def test_a_visitor_is_sent_to_the_sign_in(client):
    assert "/sign-in" in client.get(PAGE).location
